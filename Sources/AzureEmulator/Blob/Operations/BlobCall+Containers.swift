import AzureCore
import Foundation

extension BlobCall {
    /// The most bytes of an access policy document.
    private static let maxPolicyDocument = 64 * 1024

    func createContainer() async throws -> HTTPTransportResponse {
        let created = try await store.createContainer(
            try address.container, metadata: try metadata(), publicAccess: try publicAccess(),
            encryptionScope: try encryptionScope())
        return .emulated(201, headers: Self.fields(of: created))
    }

    func deleteContainer() async throws -> HTTPTransportResponse {
        try await store.deleteContainer(
            try address.container, leaseID: try leaseID(), conditions: try BlobConditions(request))
        return .emulated(202)
    }

    func containerProperties() async throws -> HTTPTransportResponse {
        let container = try await store.container(try address.container, leaseID: try leaseID())
        var fields = Self.fields(of: container.version) + Self.fields(of: container.metadata)
        if request.query["comp"] == nil {
            fields += BlobEmulator.fields(of: container.lease, at: store.leaseTime())
            fields += [
                ("x-ms-has-immutability-policy", "false"), ("x-ms-has-legal-hold", "false"),
                ("x-ms-immutable-storage-with-versioning-enabled", "false"),
                ("x-ms-default-encryption-scope", container.encryptionScope.name),
                ("x-ms-deny-encryption-scope-override", String(container.encryptionScope.deniesOverride)),
            ]
            if let access = container.publicAccess { fields.append(("x-ms-blob-public-access", access.rawValue)) }
        }
        return .emulated(200, headers: fields)
    }

    func setContainerMetadata() async throws -> HTTPTransportResponse {
        let changed = try await store.setMetadata(
            ofContainer: try address.container, try metadata(), leaseID: try leaseID(),
            conditions: try BlobConditions(request))
        return .emulated(200, headers: Self.fields(of: changed))
    }

    func containerAccessPolicy() async throws -> HTTPTransportResponse {
        let container = try await store.container(try address.container, leaseID: try leaseID())
        var xml = XMLText()
        xml.open("SignedIdentifiers")
        for policy in container.policies {
            xml.open("SignedIdentifier")
            xml.element("Id", policy.id)
            if !policy.isEmpty {
                xml.open("AccessPolicy")
                xml.optionalElement("Start", policy.start)
                xml.optionalElement("Expiry", policy.expiry)
                xml.optionalElement("Permission", policy.permission)
                xml.close("AccessPolicy")
            }
            xml.close("SignedIdentifier")
        }
        xml.close("SignedIdentifiers")
        var fields = Self.fields(of: container.version) + [("Content-Type", "application/xml")]
        if let access = container.publicAccess { fields.append(("x-ms-blob-public-access", access.rawValue)) }
        return .emulated(200, headers: fields, body: xml.data)
    }

    func setContainerAccessPolicy() async throws -> HTTPTransportResponse {
        guard let body = try await request.collectBody(upTo: Self.maxPolicyDocument) else {
            throw BlobServiceError.requestBodyTooLarge
        }
        let changed = try await store.setPolicies(
            ofContainer: try address.container, body.isEmpty ? [] : try Self.policies(in: body),
            publicAccess: try publicAccess(), leaseID: try leaseID(), conditions: try BlobConditions(request))
        return .emulated(200, headers: Self.fields(of: changed))
    }

    private func publicAccess() throws -> PublicAccess? {
        try request.header("x-ms-blob-public-access").map { text in
            guard let access = PublicAccess(rawValue: text) else {
                throw BlobServiceError.invalidHeader("x-ms-blob-public-access", text)
            }
            return access
        }
    }

    private static func policies(in body: Data) throws -> [StoredAccessPolicy] {
        guard let root = XMLTree(parsing: body), root.name == "SignedIdentifiers", root.children.count <= 5 else {
            throw BlobServiceError.invalidXml
        }
        let policies = try root.children.map { element in
            let policy = element.child("AccessPolicy")
            guard element.name == "SignedIdentifier", let id = element.child("Id")?.text,
                (1...64).contains(id.count)
            else { throw BlobServiceError.invalidXml }
            for time in [policy?.child("Start"), policy?.child("Expiry")].compactMap({ $0?.text })
            where !time.isEmpty {
                guard ServiceTime.parse(time) != nil else { throw BlobServiceError.invalidXml }
            }
            guard SASVerifier.areInOrder(policy?.child("Permission")?.text ?? "") else {
                throw BlobServiceError.invalidXml
            }
            return StoredAccessPolicy(
                id: id, start: policy?.child("Start")?.text, expiry: policy?.child("Expiry")?.text,
                permission: policy?.child("Permission")?.text)
        }
        guard Set(policies.map(\.id)).count == policies.count else { throw BlobServiceError.invalidXml }
        return policies
    }
}
