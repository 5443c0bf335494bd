import AzureCore
import Foundation

/// What the three developers' tools have in common.
struct DeveloperTool: Sendable {
    let credential: String
    let program: String
    let signIn: String
    let options: CredentialOptions
    let timeout: Duration

    /// Runs the tool and returns what it wrote.
    ///
    /// - Throws: An `AzureError`: `credentialUnavailable` when it is not there or nobody has signed in, `signInFailed` with
    ///   the tool's own words otherwise.
    func run(_ arguments: [String]) async throws -> Data {
        let program = CredentialProgram(
            name: program, arguments: arguments, environment: options.environment, timeout: timeout)
        let output: CredentialProgram.Output
        do {
            output = try await options.runProgram(program)
        } catch let failure as CredentialProgram.Failure {
            throw explain(failure)
        }
        guard output.status != 0 else { return output.output }
        let text = Self.redacted(output.errors)
        if output.status == 127 { throw explain(.notFound) }
        let words = ["az login", "az account set", "azd auth login", "Connect-AzAccount"]
        if words.contains(where: text.contains), !text.contains("AADSTS") {
            throw AzureError.unavailable(credential, "Nobody has signed in. Run '\(signIn)'. \(text)")
        }
        var failure = AzureError.signIn(credential, text.isEmpty ? "\(program.name) failed without a word." : text)
        if let code = EntraFailure.code(in: text) { failure.details.append(.init(key: "EntraCode", value: code)) }
        throw failure
    }

    private func explain(_ failure: CredentialProgram.Failure) -> AzureError {
        switch failure {
        case .notFound: .unavailable(credential, "'\(program)' is not in PATH. Install it, then run '\(signIn)'.")
        case .notStarted(let reason): .unavailable(credential, "'\(program)' cannot be started: \(reason).")
        case .timedOut:
            .unavailable(credential, "'\(program)' took longer than \(timeout.components.seconds) seconds.")
        case .tooMuchOutput: .signIn(credential, "'\(program)' writes more than any token needs.")
        }
    }

    /// An error about output that is no token; the output is not shown, since it may hold one.
    func unreadable() -> AzureError {
        .signIn(credential, "What '\(program)' wrote is no token. Try its command by hand and update it.")
    }

    /// A scope, tenant or subscription with nothing in it that a shell or the tool could take for something else.
    func checked(_ value: String, _ what: String, spaces: Bool = false) throws -> String {
        let isFine = value.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "-._:/".utf8.contains(byte) || (spaces && byte == 0x20)
        }
        guard isFine, !value.isEmpty, !value.hasPrefix("-") else {
            throw AzureError.invalidArgument("\(credential): the \(what) has characters that it cannot have.")
        }
        return value
    }

    private static func redacted(_ text: String) -> String {
        let hidden = text.replacing(#/("(?:accessToken|token|refreshToken)"\s*:\s*")[^"]*/#) {
            "\($0.output.1)\(Redactor.mark)"
        }
        .replacing(#/eyJ[A-Za-z0-9_\-]{10,}[A-Za-z0-9_\-.]*/#) { _ in Redactor.mark }
        return String(Redactor.text(hidden).prefix(2000)).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
