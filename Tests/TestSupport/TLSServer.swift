import AzureCore
import Foundation

/// An HTTPS server on a free port of 127.0.0.1, with a certificate that is its own authority.
///
/// It is the `openssl` command, so that neither end of the connection is code of this package.
package struct TLSServer {
    /// The port that it listens on.
    package let port: Int
    /// The file of the certificate, in PEM.
    package let certificate: String

    /// Runs a server for as long as the body takes.
    ///
    /// - Parameters:
    ///   - address: The IP address that the certificate is for.
    ///   - isExpired: Whether the time of the certificate is over.
    ///   - body: What to do with it.
    package static func with(
        certificateFor address: String, isExpired: Bool = false, _ body: (TLSServer) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory in
            let (key, certificate) = (directory.appendingPathComponent("key"), directory.appendingPathComponent("cert"))
            var making = [
                process([
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key.path, "-out", certificate.path,
                    "-days", "2", "-subj", "/CN=azure-swift-test", "-addext", "subjectAltName=IP:\(address)",
                ])
            ]
            if isExpired {
                making.append(
                    process([
                        "x509", "-in", certificate.path, "-signkey", key.path, "-days", "-1", "-out", certificate.path,
                    ]))
            }
            try await BlockingIO.run { [making] in
                for process in making {
                    try process.run()
                    process.waitUntilExit()
                }
            }
            let server = process([
                "s_server", "-accept", "127.0.0.1:0", "-cert", certificate.path, "-key", key.path, "-www",
            ])
            let output = Pipe()
            server.standardOutput = output
            try server.run()
            defer {
                // It inherits a mask in which every other signal is blocked.
                kill(server.processIdentifier, SIGKILL)
                server.waitUntilExit()
            }
            let port = try await BlockingIO.run { try Self.port(in: output.fileHandleForReading) }
            try await body(TLSServer(port: port, certificate: certificate.path))
        }
    }

    private static func process(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = Pipe()
        return process
    }

    /// Reads until the server says where it listens: `ACCEPT 127.0.0.1:43210`.
    private static func port(in output: FileHandle) throws -> Int {
        var text = ""
        while true {
            let data = output.availableData
            guard !data.isEmpty else { throw POSIXError(.EPIPE) }
            text += String(decoding: data, as: UTF8.self)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            for line in lines where line.hasPrefix("ACCEPT ") {
                if let port = line.split(separator: ":").last.flatMap({ Int($0) }) { return port }
            }
        }
    }
}
