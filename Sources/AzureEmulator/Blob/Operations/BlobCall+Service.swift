import AzureCore
import Foundation

extension BlobCall {
    /// The most bytes of a document that is read whole.
    static let maxDocument = 256 * 1024

    /// The document in the body.
    func document() async throws -> XMLTree {
        guard let body = try await request.collectBody(upTo: Self.maxDocument) else {
            throw BlobServiceError.requestBodyTooLarge
        }
        guard let tree = XMLTree(parsing: body) else { throw BlobServiceError.invalidXml }
        return tree
    }

    static func answer(_ xml: XMLText, _ fields: [(String, String)] = []) -> HTTPTransportResponse {
        .emulated(200, headers: fields + [("Content-Type", "application/xml")], body: xml.data)
    }

    func serviceProperties() async throws -> HTTPTransportResponse {
        var xml = XMLText()
        try await store.settings().write(to: &xml)
        return Self.answer(xml)
    }

    func setServiceProperties() async throws -> HTTPTransportResponse {
        try await store.changeSettings(try await document())
        return .emulated(202)
    }

    /// The state of the copies in the second region, which only that region tells.
    func serviceStatistics() throws -> HTTPTransportResponse {
        guard address.isSecondary else {
            throw BlobServiceError.invalidQuery("comp", "stats", reason: "Only the secondary endpoint answers this.")
        }
        var xml = XMLText()
        xml.open("StorageServiceStats")
        xml.open("GeoReplication")
        xml.element("Status", "live")
        // What the secondary endpoint reads is what was written: the copy is as new as it can be.
        xml.element("LastSyncTime", RFC1123Date.format(service.time.now()))
        xml.close("GeoReplication")
        xml.close("StorageServiceStats")
        return Self.answer(xml)
    }

    func accountInformation() -> HTTPTransportResponse {
        .emulated(
            200,
            headers: [
                ("x-ms-sku-name", "Standard_RAGRS"), ("x-ms-account-kind", "StorageV2"),
                ("x-ms-is-hns-enabled", "false"),
            ])
    }

    func userDelegationKey() async throws -> HTTPTransportResponse {
        guard case .token = caller else {
            throw BlobServiceError.authenticationFailed("Only authentication scheme Bearer is supported")
        }
        let info = try await document()
        guard info.name == "KeyInfo" else { throw BlobServiceError.invalidXml }
        guard let end = info.child("Expiry")?.text else { throw BlobServiceError.missingXmlNode("Expiry") }
        let now = service.time.now()
        let start = info.child("Start")?.text ?? UserDelegationKey.text(now)
        let key = try service.delegation.key(
            start: start, expiry: end, delegatedTenant: info.child("DelegatedUserTid")?.text, version: version, now: now
        )
        var xml = XMLText()
        xml.open("UserDelegationKey")
        xml.element("SignedOid", key.objectID)
        xml.element("SignedTid", key.tenantID)
        xml.element("SignedStart", key.start)
        xml.element("SignedExpiry", key.expiry)
        xml.element("SignedService", key.service)
        xml.element("SignedVersion", key.version)
        if !key.delegatedTenant.isEmpty { xml.element("SignedDelegatedUserTid", key.delegatedTenant) }
        xml.element("Value", service.delegation.value(of: key))
        xml.close("UserDelegationKey")
        return Self.answer(xml)
    }
}
