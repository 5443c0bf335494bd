/// What the signed resource of a service SAS must have been, for it to be valid for a request.
struct SASResource: Sendable {
    /// The ways in which the path of the resource may have been written for the signature.
    let paths: [String]
    /// The directory that the signature is for.
    let directory: String?

    /// Works out the resource from the request; nil when a resource of that kind cannot be.
    ///
    /// - Parameters:
    ///   - address: What the request addresses.
    ///   - prefix: The prefix of a list.
    init?(_ token: SASToken, _ address: BlobAddress, prefix: String?) {
        guard let container = try? address.container else { return nil }
        let blob = (try? address.blob)?.text
        switch token["sr"] {
        case "c":
            (paths, directory) = ([container], nil)
        case "b", "bs", "bv":
            guard let blob else { return nil }
            (paths, directory) = (["\(container)/\(blob)"], nil)
        case "d":
            guard let depth = Int(token["sdd"]), depth >= 0 else { return nil }
            let segments = (blob ?? prefix ?? "").split(separator: "/")
            guard segments.count >= depth else { return nil }
            let directory = segments.prefix(depth).joined(separator: "/")
            self.directory = directory
            paths =
                depth == 0
                ? [container, "\(container)/"] : ["\(container)/\(directory)", "\(container)/\(directory)/"]
        default: return nil
        }
    }
}
