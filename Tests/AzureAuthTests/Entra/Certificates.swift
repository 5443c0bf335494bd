import AzureCrypto
import Foundation

@testable import AzureAuth

/// A key and a certificate that the `openssl` command has made.
struct Certificates {
    let keyPEM: Data
    let certificatePEM: Data
    let encryptedPEM: Data
    let pkcs12: Data
    let der: Data

    var pem: Data { certificatePEM + keyPEM }
    var thumbprint: String { Data(Digest.of(der, .sha256)).base64URL }

    static let isAvailable = (try? run("openssl", ["version"])) != nil
    /// Whether the interpreter of the tests has PyJWT and cryptography.
    static let hasPyJWT: Bool = {
        let python = ProcessInfo.processInfo.environment["AZURE_SWIFT_TEST_PYTHON"] ?? "python3"
        return (try? run(python, ["-c", "import jwt, cryptography"])) != nil
    }()

    /// Whether the interpreter of the tests has azure-identity.
    static let hasIdentity: Bool = {
        let python = ProcessInfo.processInfo.environment["AZURE_SWIFT_TEST_PYTHON"] ?? "python3"
        return (try? run(python, ["-c", "import azure.identity"])) != nil
    }()

    /// Makes files for `rsa`, `p256` or `p384`.
    init(_ kind: String, in directory: URL) throws {
        func path(_ name: String) -> String { directory.appendingPathComponent("\(kind)-\(name)").path }
        func read(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path(name))) }
        let curve = ["p256": "P-256", "p384": "P-384"][kind]
        let algorithm = curve.map { ["EC", "-pkeyopt", "ec_paramgen_curve:\($0)"] } ?? ["RSA"]
        try Self.run("openssl", ["genpkey", "-algorithm"] + algorithm + ["-out", path("key")])
        try Self.run(
            "openssl", ["req", "-x509", "-new", "-key", path("key"), "-subj", "/CN=test", "-out", path("cert")])
        try Self.run("openssl", ["x509", "-in", path("cert"), "-outform", "DER", "-out", path("der")])
        try Self.run(
            "openssl", ["pkcs8", "-topk8", "-in", path("key"), "-passout", "pass:pass", "-out", path("encrypted")])
        try Self.run(
            "openssl",
            [
                "pkcs12", "-export", "-inkey", path("key"), "-in", path("cert"), "-passout", "pass:pass", "-out",
                path("p12"),
            ])
        keyPEM = try read("key")
        certificatePEM = try read("cert")
        encryptedPEM = certificatePEM + (try read("encrypted"))
        pkcs12 = try read("p12")
        der = try read("der")
    }

    struct Failed: Error {}

    static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed() }
    }
}
