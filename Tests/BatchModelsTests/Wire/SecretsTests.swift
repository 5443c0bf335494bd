import BatchModels
import Foundation
import Testing

@Suite("Secrets in models")
struct SecretsTests {
    static let key = String(repeating: "Ab3/", count: 21) + "Zz=="
    static let secrets = ["s1gn4ture", "p4ssw0rd", key, "pr1v4te"]

    static let task = BatchTaskCreateOptions(
        id: "task-1",
        commandLine: "/bin/app --key \(key) --from 'https://a.blob.core.windows.net/c?sv=1&sig=s1gn4ture'",
        containerSettings: .init(imageName: "i", registry: .init(username: "u", password: "p4ssw0rd")),
        resourceFiles: [.url("https://a.blob.core.windows.net/c/b?sig=s1gn4ture&se=2030", to: "b")],
        environmentSettings: .variables(["URL": "https://h/?sig=s1gn4ture", "A": "AccountKey=\(key);B=1"]))

    static let pool = BatchPoolCreateOptions(
        id: "pool-1", vmSize: "Standard_D2s_v3",
        virtualMachineConfiguration: .init(
            imageReference: .init(publisher: "p"), nodeAgentSKUID: "a",
            extensions: [
                .init(
                    name: "e", publisher: "p", type: "t", settings: ["a": "shown"], protectedSettings: ["b": "pr1v4te"])
            ]),
        userAccounts: [
            .init(name: "u", password: "p4ssw0rd", linuxUserConfiguration: .init(sshPrivateKey: "pr1v4te"))
        ],
        mountConfiguration: [
            .init(
                azureBlobFileSystemConfiguration: .init(
                    accountName: "a", containerName: "c", relativeMountPath: "m", accountKey: key, sasKey: "s1gn4ture"))
        ])

    @Test("do not show in a description, a debug description, a mirror or a dump")
    func hidden() {
        for model in [Self.task, Self.pool] as [any BatchModel] {
            var dumped = ""
            dump(model, to: &dumped)
            for text in ["\(model)", String(reflecting: model), dumped, "\([model])"] {
                for secret in Self.secrets { #expect(!text.contains(secret), "\(secret) in \(text)") }
            }
        }
    }

    @Test("leave the rest to be read")
    func shown() {
        #expect("\(Self.task)".hasPrefix("BatchTaskCreateOptions {"))
        #expect("\(Self.task)".contains("/bin/app --key REDACTED --from"))
        #expect("\(Self.task)".contains("sv=1&sig=REDACTED"))
        #expect("\(Self.pool)".contains("Standard_D2s_v3"))
        #expect("\(Self.pool)".contains("shown"))
        #expect(Mirror(reflecting: Self.task).children.map(\.label).contains("commandLine"))
    }

    @Test("are kept by Codable")
    func kept() throws {
        for (model, secrets) in [
            (Self.task as any BatchModel, ["s1gn4ture", "p4ssw0rd", Self.key]),
            (Self.pool as any BatchModel, ["s1gn4ture", "p4ssw0rd", "pr1v4te", Self.key]),
        ] {
            let kept = try requestText(model)
            for secret in secrets { #expect(kept.contains(secret)) }
        }
    }
}
