import AzureCore
import AzureCrypto
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Checksums of transfers in the emulated Blob service")
struct TransferCheckTests {
    static let content = Data("123456789".utf8)
    static let crc64 = "iJh5CoYUi64="
    static let format = "XSM/1.0; properties=crc64"
    /// The content in one segment, written by hand.
    static let message =
        Data([1, 48, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0]) + content
        + Data([0x88, 0x98, 0x79, 0x0A, 0x86, 0x14, 0x8B, 0xAE, 0x88, 0x98, 0x79, 0x0A, 0x86, 0x14, 0x8B, 0xAE])
    static let structured = [
        ("x-ms-blob-type", "BlockBlob"), ("x-ms-structured-body", format), ("x-ms-structured-content-length", "9"),
    ]

    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        return account
    }

    @Test("A CRC-64 is compared, and comes back")
    func crc64() async throws {
        let account = try await account()
        let put = try await account.send(
            .put, "/box/a", "", [("x-ms-blob-type", "BlockBlob"), ("x-ms-content-crc64", Self.crc64)],
            body: Self.content)
        #expect(put.status == 201)
        #expect(put["x-ms-content-crc64"] == Self.crc64)
        let block = try await account.send(
            .put, "/box/a", "comp=block&blockid=YQ%3D%3D", [("x-ms-content-crc64", Self.crc64)], body: Data("x".utf8))
        #expect(block.status == 400)
        #expect(block["x-ms-error-code"] == "Crc64Mismatch")
        let range = try await account.send(
            .get, "/box/a", "", [("x-ms-range", "bytes=0-8"), ("x-ms-range-get-content-crc64", "true")])
        #expect(range.status == 206)
        #expect(range["x-ms-content-crc64"] == Self.crc64)
    }

    @Test("A structured body is taken apart, in chunks of any size, and one is made on request")
    func structuredBody() async throws {
        let account = try await account()
        for size in [1, 7, 48] {
            let stream = HTTPByteStream(
                AsyncStream { continuation in
                    for start in stride(from: 0, to: 48, by: size) {
                        continuation.yield(Data(Self.message[start..<min(start + size, 48)]))
                    }
                    continuation.finish()
                })
            let put = try await account.send(.put, "/box/a", "", Self.structured, stream: stream, length: 48)
            #expect(put.status == 201)
            #expect(put["x-ms-structured-body"] == Self.format)
            #expect(put["x-ms-content-crc64"] == Self.crc64)
        }
        #expect(try await account.send(.get, "/box/a").data() == Self.content)
        let got = try await account.send(.get, "/box/a", "", [("x-ms-structured-body", Self.format)])
        #expect(got["Content-Length"] == "48")
        #expect(got["x-ms-structured-content-length"] == "9")
        #expect(try await got.data() == Self.message)
        let part = try await account.send(
            .get, "/box/a", "", [("x-ms-structured-body", Self.format), ("x-ms-range", "bytes=1-2")])
        #expect(part["Content-Range"] == "bytes 1-2/9")
        #expect(part["x-ms-structured-content-length"] == "2")
    }

    @Test("A structured body that contradicts itself is refused, and nothing is written")
    func wrongBodies() async throws {
        let account = try await account()
        for index in 0..<Self.message.count {
            var message = Self.message
            message[index] ^= 1
            let put = try await account.send(.put, "/box/a", "", Self.structured, body: message)
            #expect(put.status == 400, "byte \(index)")
        }
        let short = try await account.send(.put, "/box/a", "", Self.structured, body: Self.message.dropLast())
        #expect(short.status == 400)
        let long = try await account.send(.put, "/box/a", "", Self.structured, body: Self.message + [0])
        #expect(long.status == 400)
        #expect(try await account.send(.get, "/box/a").status == 404)
    }

    @Test("What cannot be asked for together is refused")
    func combinations() async throws {
        let account = try await account()
        try await account.makeBlob("/box/a", Self.content)
        let refused: [[(String, String)]] = [
            [("x-ms-range-get-content-crc64", "true")], [("x-ms-structured-body", "XSM/2.0")],
            [
                ("x-ms-range", "bytes=0-1"), ("x-ms-range-get-content-crc64", "true"),
                ("x-ms-range-get-content-md5", "true"),
            ],
            [
                ("x-ms-range", "bytes=0-1"), ("x-ms-range-get-content-crc64", "true"),
                ("x-ms-structured-body", Self.format),
            ],
        ]
        for headers in refused {
            #expect(try await account.send(.get, "/box/a", "", headers).status == 400)
        }
        let missing = try await account.send(
            .put, "/box/b", "", Array(Self.structured.dropLast()), body: Self.message)
        #expect(missing["x-ms-error-code"] == "MissingRequiredHeader")
    }
}
