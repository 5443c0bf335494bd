import AzureCore
import AzureTesting
import Foundation
import Testing

@testable import AzureAuth

/// The tools are small shell scripts here, which are really run. Witness for arguments and output: azure-identity 1.25.
@Suite("Tools of developers", .timeLimit(.minutes(5)))
struct DeveloperToolTests {
    private func withTool<Result>(
        _ name: String, _ script: String, _ body: (CredentialOptions, URL) async throws -> Result
    ) async throws -> Result {
        try await withDirectory { directory in
            let text = directory.appendingPathComponent("script")
            let tool = directory.appendingPathComponent(name)
            try Data("#!/bin/sh\n\(script)\n".utf8).write(to: text)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: text.path)
            // Another process writes the tool: a file that this one has written is busy while any test starts a program.
            try Certificates.run("cp", [text.path, tool.path])
            let variables = ["PATH": "relative:\(directory.path):/usr/bin:/bin", "OUT": directory.path]
            return try await body(fakeOptions(MockTransport(), variables), directory)
        }
    }

    @Test("The Azure CLI is run with the resource and gives its token")
    func cli() async throws {
        let script = #"printf '%s\n' "$@" > "$OUT/arguments"; echo '{"accessToken":"cli","expires_on":1767330000}'"#
        try await withTool("az", script) { options, directory in
            let credential = try AzureCLICredential(
                tenantID: "contoso", subscription: "My subscription", options: options)
            let token = try await credential.token(for: storageRequest)
            #expect(token.token == "cli" && token.expiresOn == Date(timeIntervalSince1970: 1_767_330_000))
            let arguments = try String(contentsOf: directory.appendingPathComponent("arguments"), encoding: .utf8)
            #expect(
                arguments.split(separator: "\n") == [
                    "account", "get-access-token", "--output", "json", "--resource", "https://storage.azure.com",
                    "--tenant", "contoso", "--subscription", "My subscription",
                ])
        }
    }

    @Test("What the CLI complains about is passed on, without tokens")
    func complaints() async throws {
        let login = "echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1"
        try await withTool("az", login) { options, _ in
            do {
                let failure = try await caught(from: AzureCLICredential(options: options))
                #expect(failure?.code == .credentialUnavailable)
            }
        }
        let refusal =
            #"echo 'AADSTS50076: second factor. "accessToken": "secret-token" eyJhbGciOiJSUzI1NiIs.x' >&2; exit 1"#
        try await withTool("az", refusal) { options, _ in
            let failure = try #require(try await caught(from: AzureCLICredential(options: options)))
            #expect(failure.code == .signInFailed && failure.message.contains("second factor"))
            #expect(failure.details.contains(.init(key: "EntraCode", value: "AADSTS50076")))
            #expect(!failure.message.contains("secret-token") && !failure.message.contains("eyJhbG"))
        }
        try await withTool("az", "echo 'no json secret-token'") { options, _ in
            let failure = try #require(try await caught(from: AzureCLICredential(options: options)))
            #expect(failure.code == .signInFailed && !failure.message.contains("secret-token"))
        }
    }

    @Test("A tool that hangs is ended with the processes that it has started, within its time")
    func timeout() async throws {
        try await withTool("az", #"sleep 1000 & echo $! > "$OUT/child"; wait"#) { options, directory in
            let start = ContinuousClock.now
            let credential = try AzureCLICredential(timeout: .milliseconds(700), options: options)
            #expect(await caught(from: credential)?.message.contains("took longer") == true)
            // Far below what the tool would take.
            #expect(ContinuousClock.now - start < .seconds(500))
            let child = try String(contentsOf: directory.appendingPathComponent("child"), encoding: .utf8)
            let process = try #require(pid_t(child.trimmingCharacters(in: .whitespacesAndNewlines)))
            // The signal is on its way; on a busy machine it takes a moment until a processor acts on it.
            let limit = ContinuousClock.now + .seconds(30)
            while isAlive(process: process), ContinuousClock.now < limit { await Task.yield() }
            #expect(!isAlive(process: process))
        }
    }

    @Test("Cancelling ends the tool")
    func cancellation() async throws {
        try await withTool("az", #"echo > "$OUT/started"; exec sleep 1000"#) { options, directory in
            let credential = try AzureCLICredential(timeout: .seconds(50), options: options)
            let task = Task { try await credential.token(for: storageRequest) }
            let started = directory.appendingPathComponent("started").path
            while !FileManager.default.fileExists(atPath: started) { await Task.yield() }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test("A tool that floods is ended")
    func flood() async throws {
        try await withTool("az", "exec cat /dev/zero") { options, _ in
            let failure = try await caught(from: AzureCLICredential(timeout: .seconds(50), options: options))
            #expect(failure?.message.contains("more than any token needs") == true, "\(String(describing: failure))")
        }
    }

    @Test("Names that could be options or script are refused before anything runs")
    func injection() async throws {
        let options = fakeOptions(MockTransport(), ["PATH": "/usr/bin:/bin"])
        for scope in ["https://x'; rm -rf /; '/.default", "--help", "$(id)/.default", "a\nb/.default"] {
            let request = TokenRequest(scopes: [scope])
            #expect(
                try await caught(from: AzurePowerShellCredential(options: options), request)?.code == .invalidArgument)
            do {
                let failure = try await caught(from: AzureCLICredential(options: options), request)
                #expect(failure?.code == .invalidArgument)
            }
        }
        #expect(throws: AzureError.self) { try AzureCLICredential(tenantID: "a;b", options: options) }
        #expect(throws: AzureError.self) { try AzureCLICredential(subscription: "a`b", options: options) }
    }

    @Test("PowerShell's line and the Developer CLI's object are read; a missing tool is said so")
    func others() async throws {
        try await withTool("pwsh", "echo 'azureswift%powershell%1767330000'") { options, _ in
            let token = try await AzurePowerShellCredential(options: options).token(for: storageRequest)
            #expect(token.token == "powershell")
        }
        try await withTool("azd", #"echo '{"token":"azd","expiresOn":"2026-01-02T05:00:00Z"}'"#) { options, _ in
            let token = try await AzureDeveloperCLICredential(options: options).token(for: storageRequest)
            #expect(token.token == "azd" && token.expiresOn == Date(timeIntervalSince1970: 1_767_330_000))
        }
        let nowhere = fakeOptions(MockTransport(), ["PATH": "/nowhere"])
        do {
            let failure = try await caught(from: AzureDeveloperCLICredential(options: nowhere))
            #expect(failure?.code == .credentialUnavailable)
        }
    }
}
