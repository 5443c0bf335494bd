import AzureAuth
import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@Suite("Signatures of any input")
struct SignatureFuzzTests {
    private static let alphabet = Array("sig=&?%25ab/+ #\u{0}\r\nü€;:.-_0=")

    @Test("a shared access signature is taken or refused, and never shown")
    func tokens() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<20_000 {
            let text = (Bool.random(using: &random) ? "sig=s3cr3t" : "") + random.text(Self.alphabet, 0...24)
            do {
                let credential = try StorageCredential.sas(text)
                #expect(!everythingPrinted(of: credential).contains("s3cr3t"))
            } catch {
                #expect((error as? AzureError)?.code == .invalidArgument)
                #expect(!everythingPrinted(of: error).contains("s3cr3t"))
            }
        }
    }

    @Test("a key is taken or refused, and never shown")
    func keys() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<5000 {
            let (name, key) = (random.text(Self.alphabet, 0...8), random.text(Self.alphabet, 0...12))
            #expect((try? StorageSharedKey(accountName: name, key: key)) == nil || !name.isEmpty)
            #expect((try? BatchSharedKey(accountName: name, key: key)) == nil || !name.isEmpty)
        }
    }

    @Test("requests with any path, query and header fields have one text to sign")
    func requests() throws {
        var random = SeededGenerator(seed: 3)
        let names = try ["ocp-a", "OCP-B", "x-ms-a", "x-ms-", "Content-Length", "Range", "Date"].map {
            try #require(HTTPField.Name($0))
        }
        for _ in 0..<20_000 {
            var request = HTTPRequest(
                method: Bool.random(using: &random) ? .get : .put, scheme: "https", authority: "a",
                path: Bool.random(using: &random) ? "/" + random.text(Self.alphabet, 0...30) : nil)
            for _ in 0..<4 {
                let name = names[Int.random(in: 0..<names.count, using: &random)]
                request.headerFields.append(HTTPField(name: name, value: random.text(Self.alphabet, 0...10)))
            }
            for text in [
                BatchSharedKeySigner.stringToSign(request, accountName: "a"),
                StorageSharedKeySigner.stringToSign(request, accountName: "a"),
            ] {
                #expect(text.hasPrefix(request.method.rawValue + "\n"))
            }
        }
    }

    @Test("times of signatures may be far outside of the calendar, and texts that are none are refused")
    func times() throws {
        let key = try StorageSharedKey(accountName: "account", key: wellKnownKey)
        for seconds in [-1e300, -1e12, 0, 1e12, 1e300, .infinity] {
            var sas = BlobSAS(
                container: "c", blob: "b", permissions: .read, expiresOn: Date(timeIntervalSince1970: seconds))
            #expect(throws: Never.self) { try sas.token(signedWith: key) }
            sas.startsOn = .init(Date(timeIntervalSince1970: .nan))
            _ = try? sas.token(signedWith: key)
        }
        var sas = BlobSAS(container: "c", blob: "b", permissions: .read, expiresOn: vectorDate)
        sas.expiresOn = "2026-01-02"
        #expect(try sas.token(signedWith: key).contains("se=2026-01-02&"))
        for text: AzureTimestamp in ["", "soon", "2026-01-02\nrw", "2026-01-02T03:04:05Z\n"] {
            sas.expiresOn = text
            let error = #expect(throws: AzureError.self) { try sas.token(signedWith: key) }
            #expect(error?.code == .invalidArgument)
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func text(_ alphabet: [Character], _ length: ClosedRange<Int>) -> String {
        let count = Int.random(in: length, using: &self)
        return String((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &self)] })
    }
}
