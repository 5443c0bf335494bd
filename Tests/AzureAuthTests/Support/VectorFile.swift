import AzureCore
import Foundation
import HTTPTypes
import Testing

/// A file of test vectors that came from the official clients.
struct VectorFile<Vector: Decodable & Sendable>: Decodable, Sendable {
    let accountKey: String
    let userDelegationKeyValue: String?
    let vectors: [Vector]

    static func load(_ name: String) throws -> VectorFile {
        let url = Bundle.module.bundleURL.appendingPathComponent("Vectors/\(name).json")
        return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }
}

/// A request, the text that is signed for it, and the header that comes of it.
struct SharedKeyVector: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let account: String
    let method: String
    let url: String
    let headers: [[String]]
    let stringToSign: String
    let authorization: String

    var testDescription: String { name }

    /// The request. The URL is taken apart by hand, so that nothing in it is put into another form.
    var request: HTTPRequest {
        get throws {
            let scheme = try #require(url.range(of: "://"))
            let rest = url[scheme.upperBound...]
            let authority = rest.prefix { $0 != "/" }
            var request = HTTPRequest(
                method: try #require(HTTPRequest.Method(rawValue: method)), scheme: String(url[..<scheme.lowerBound]),
                authority: String(authority), path: String(rest[authority.endIndex...]))
            for header in headers {
                request.headerFields.append(HTTPField(name: try #require(HTTPField.Name(header[0])), value: header[1]))
            }
            return request
        }
    }
}

/// The vectors of all the files with these names.
func sharedKeyVectors(_ names: String...) throws -> [SharedKeyVector] {
    try names.flatMap { try VectorFile<SharedKeyVector>.load($0).vectors }
}

/// The key that all vectors are signed with: that of the storage emulators, which is no secret.
let wellKnownKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="

/// The moment at which all vectors are signed.
let vectorDate = Date(timeIntervalSince1970: 1_767_323_045)
