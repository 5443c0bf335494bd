extension BlobCall {
    /// Which state of the blob the request is about.
    var selection: BlobSelection {
        BlobSelection(request.query)
    }

    /// The state of the blob that the request is about.
    func selectedBlob() async throws -> BlobRecord {
        try await store.blob(try address.blob, selection, in: try address.container)
    }

    /// Checks that the operation can be about the state that the request names.
    static func checkSelection(_ operation: BlobOperation, _ query: EmulatorQuery) throws {
        let allowed = operation.selectable
        let (snapshot, version) = (query["snapshot"], query["versionid"])
        for (name, value, isAllowed) in [
            ("snapshot", snapshot, allowed.snapshot), ("versionid", version, allowed.version && snapshot == nil),
        ] {
            guard let value else { continue }
            guard isAllowed else {
                throw BlobServiceError.invalidQuery(name, value, reason: "The operation does not take it here.")
            }
            guard ServiceTime.parse(value) != nil else {
                throw BlobServiceError.invalidQuery(name, value, reason: "It is not a time.")
            }
        }
    }
}

extension BlobSelection {
    /// Reads the query of a request.
    init(_ query: EmulatorQuery) {
        self =
            if let snapshot = query["snapshot"] {
                .snapshot(snapshot)
            } else if let version = query["versionid"] {
                .version(version)
            } else {
                .current
            }
    }

    /// What it adds to the URL of the blob.
    var query: String {
        switch self {
        case .current: ""
        case .snapshot(let id): "?snapshot=\(id)"
        case .version(let id): "?versionid=\(id)"
        }
    }
}
