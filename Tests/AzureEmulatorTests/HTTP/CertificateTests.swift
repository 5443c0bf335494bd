#if Emulator
import AzureCore
import Foundation
import TestSupport
import Testing

@testable import AzureEmulator

@Suite("The certificate that the emulator makes")
struct CertificateTests {
    private func openSSL(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        try await BlockingIO.run {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            process.arguments = arguments
            let output = Pipe()
            process.standardOutput = output
            process.standardError = output
            process.standardInput = FileHandle.nullDevice
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return (process.terminationStatus, String(decoding: data, as: UTF8.self))
        }
    }

    /// The witness is the `openssl` command.
    @Test(
        "is valid for this machine by its authority, and for no other",
        arguments: [
            (["-verify_hostname", "localhost"], true), (["-verify_ip", "127.0.0.1"], true),
            (["-verify_ip", "::1"], true), (["-verify_hostname", "example.com"], false),
            (["-verify_ip", "127.0.0.2"], false),
        ])
    func verified(name: [String], isValid: Bool) async throws {
        try await CertificateFiles.with(.generated()) { files in
            let files = try #require(files)
            let authority = try #require(files.authority)
            let result = try await openSSL(
                ["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", authority] + name
                    + [files.certificate])
            #expect((result.status == 0) == isValid, "\(result.output)")
        }
    }

    /// The witness is the `openssl` command.
    @Test("is for the names that requests may have, and made anew for others")
    func names() async throws {
        try await withTemporaryDirectory { directory in
            let tls = EmulatorTLS.generated(in: directory.path)
            let names: Set = ["storage", "192.0.2.1", "localhost"]
            let first = try await CertificateFiles.with(tls, names: names) { files in
                let files = try #require(files)
                for name in [["-verify_hostname", "storage"], ["-verify_ip", "192.0.2.1"]] {
                    let result = try await openSSL(
                        ["verify", "-x509_strict", "-CAfile", try #require(files.authority)] + name
                            + [files.certificate])
                    #expect(result.status == 0, "\(result.output)")
                }
                return try String(contentsOfFile: files.certificate, encoding: .utf8)
            }
            for (others, isSame) in [(names, true), (["localhost"], false)] {
                let next = try await CertificateFiles.with(tls, names: others) { files in
                    try String(contentsOfFile: try #require(files).certificate, encoding: .utf8)
                }
                #expect((next == first) == isSame)
            }
        }
    }

    @Test("lies where only its owner can read it, and is gone at the end")
    func modes() async throws {
        let path = try await CertificateFiles.with(.generated()) { files in
            let key = try #require(files).key
            func mode(_ path: String) throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            }
            let directory = (key as NSString).deletingLastPathComponent
            #expect(try mode(key) == 0o600 && mode(directory) == 0o700)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 3)
            return directory
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("is made anew when it expires, or when its files do not fit together")
    func renewal() async throws {
        try await withTemporaryDirectory { directory in
            let start = Date(timeIntervalSince1970: 1_800_000_000)
            func certificate(at now: Date) async throws -> String {
                try await CertificateFiles.with(.generated(in: directory.path), now: now) { files in
                    try String(contentsOfFile: try #require(files).certificate, encoding: .utf8)
                }
            }
            let first = try await certificate(at: start)
            #expect(try await certificate(at: start.addingTimeInterval(363 * 86_400)) == first)
            let second = try await certificate(at: start.addingTimeInterval(365 * 86_400))
            #expect(second != first)
            let other = try ServerCertificate(now: start.addingTimeInterval(365 * 86_400))
            try Data(other.key.utf8).write(to: directory.appendingPathComponent("key.pem"))
            let third = try await certificate(at: start.addingTimeInterval(365 * 86_400))
            #expect(third != second)
            try Data(other.authority.utf8).write(to: directory.appendingPathComponent("authority.pem"))
            #expect(try await certificate(at: start.addingTimeInterval(365 * 86_400)) != third)
            try FileManager.default.removeItem(at: directory.appendingPathComponent("authority.pem"))
            #expect(try await certificate(at: start.addingTimeInterval(365 * 86_400)) != third)
        }
    }

    @Test("fails with the directory in which it cannot be kept")
    func noDirectory() async throws {
        let error = await #expect(throws: AzureError.self) {
            try await CertificateFiles.with(.generated(in: "/dev/null/tls")) { _ in }
        }
        #expect(error?.code == .invalidArgument && error?.message.contains("/dev/null/tls") == true)
    }
}
#endif
