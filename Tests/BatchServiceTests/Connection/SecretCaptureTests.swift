import AzureAuth
import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import Logging
import TestSupport
import Testing

@Suite("Secrets that a program uses")
struct SecretCaptureTests {
    /// Each is used in one place of the requests below, or comes back in an answer.
    static let secrets: [String: String] = [
        "password": "pa55+w0rd/=", "environment": "env1r0n+ment/", "signature": "s1gn4+ture/abc=", "account key": key,
        "ssh key": "pr1v4te+ssh/key", "protected settings": "pr0tect3d+/", "mount option": "m0unt+opt/",
    ]
    static let key = String(repeating: "Ab3+", count: 21) + "Zw=="

    private static func secret(_ name: String) -> String { secrets[name] ?? "" }
    private static let url =
        "https://a.blob.core.windows.net/c?sv=1&se=2030&sig=\(PercentEncoding.encode(secret("signature")))"

    /// A secret as it may stand in a text.
    private static func forms(of secret: String) -> [String] {
        let encoded = PercentEncoding.encode(secret)
        return [
            secret, encoded, PercentEncoding.encode(encoded), Data(secret.utf8).base64EncodedString(),
            secret.replacing("/", with: "\\/"),
        ]
    }

    private static let environment = [EnvironmentSetting(name: "TOKEN", value: secret("environment"))]

    private static let task = BatchTaskCreateOptions(
        id: "t", commandLine: "run --key \(key) --from '\(url)'",
        containerSettings: .init(
            imageName: "i", containerRunOptions: "-e A=\(secret("environment"))",
            registry: .init(username: "u", password: secret("password"))),
        resourceFiles: [.url(url, to: "f")], outputFiles: [.upload("*", to: url)], environmentSettings: environment)

    private static let pool = BatchPoolCreateOptions(
        id: "p", vmSize: "v",
        virtualMachineConfiguration: .init(
            imageReference: .init(publisher: "p"), nodeAgentSKUID: "a",
            extensions: [
                .init(
                    name: "e", publisher: "p", type: "t", settings: ["commandToExecute": .string("get '\(url)'")],
                    protectedSettings: ["a": ["b": .string(secret("protected settings"))]])
            ]),
        startTask: .init(commandLine: "x", environmentSettings: environment),
        userAccounts: [
            .init(
                name: "u", password: secret("password"), linuxUserConfiguration: .init(sshPrivateKey: secret("ssh key"))
            )
        ],
        mountConfiguration: [
            .init(
                azureBlobFileSystemConfiguration: .init(
                    accountName: "a", containerName: "c", relativeMountPath: "m", accountKey: key,
                    sasKey: secret("signature"), blobfuseOptions: secret("mount option")))
        ])

    private static let job = BatchJobCreateOptions(
        id: "j", poolInfo: .init(poolID: "p"), jobPreparationTask: .linux(["true"], environment: environment),
        commonEnvironmentSettings: environment)

    /// What the service may say, with a signature in every form.
    private static let refusal = #"""
        {"code":"InvalidPropertyValue","message":{"value":"The value of \#(url) is bad: \#(PercentEncoding.encode(url))"},
        "values":[{"key":"PropertyValue","value":"\#(url)"},{"key":"Encoded","value":"\#(PercentEncoding.encode(url))"}]}
        """#

    /// Every call that carries a secret.
    private static let calls: [@Sendable (BatchClient) async throws -> Void] = [
        { try await $0.pools.create(pool) }, { try await $0.jobs.create(job) },
        { try await $0.tasks.create(task, inJob: "j") },
        { _ = try await $0.tasks.createCollection(.init(values: [task]), inJob: "j") },
        { try await $0.tasks.create([task, task], inJob: "j") },
        { try await $0.nodes.createUser(.init(name: "u", password: secret("password")), onNode: "n", inPool: "p") },
        {
            _ = try await $0.nodes.uploadLogs(
                .init(containerURL: url, startTime: "2026-01-02T03:04:05Z"), ofNode: "n", inPool: "p")
        },
        { for try await _ in $0.jobs.list(options: .init(filter: "id eq 'sig=\(secret("signature"))'")) {} },
        { _ = try await $0.files.readTaskFile("out?sig=\(secret("signature"))", ofTask: "t", inJob: "j") },
    ]

    /// What an answer is: an error of the service, of a proxy, an answer that cannot be read, a broken connection.
    private static let answers: [@Sendable () -> MockTransport] = [
        { MockTransport { _ in MockResponse(400, body: refusal) } },
        { MockTransport { _ in MockResponse(502, headers: ["Content-Type": "text/html"], body: "<p>\(url)</p>") } },
        { MockTransport { _ in MockResponse(200, body: #"{"value":[{"sig=\#(url)":1}],"id":7}"#) } },
        { MockTransport([]) },
    ]

    @Test(
        "are in no log line and in nothing that an error shows, be it plain, percent-encoded or in base64",
        arguments: 0..<9, 0..<4)
    func captured(call: Int, answer: Int) async throws {
        let log = MemoryLog()
        let clock = ManualClock(advancesBySleeping: true)
        var options = PipelineOptions(
            transport: Self.answers[answer](), retry: .none, timeSource: clock.timeSource)
        options.logger = log.logger(.trace)
        let client = try BatchClient(
            endpoint: "https://account.region.batch.azure.com",
            credential: .sharedKey(try BatchSharedKey(accountName: "account", key: Self.key)),
            options: .init(pipeline: options))
        var shown = Self.printed(client)
        do {
            try await Self.calls[call](client)
        } catch {
            shown += Self.printed(error)
        }
        let text = shown + log.text
        for (name, secret) in Self.secrets {
            for form in Self.forms(of: secret) { #expect(!text.contains(form), "\(name) in: \(text)") }
        }
        #expect(!log.entries.isEmpty)
    }

    @Test("are not in the reasons of tasks that failed")
    func taskFailures() {
        let failure = BatchTaskFailure(
            taskID: "t", exitCode: 1,
            failureInfo: .init(
                category: .userError, message: "Cannot get \(Self.url)", details: [.init(name: "u", value: Self.url)]),
            standardError: "curl '\(PercentEncoding.encode(Self.url))' AccountKey=\(Self.key)")
        let text = Self.printed(failure) + Self.printed([failure])
        for (name, secret) in Self.secrets {
            for form in Self.forms(of: secret) { #expect(!text.contains(form), "\(name) in: \(text)") }
        }
    }

    /// Everything that printing a value can show, its mirror to any depth included.
    private static func printed(_ value: Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        var texts = [String(describing: value), String(reflecting: value), dumped]
        func add(_ value: Any, _ depth: Int) {
            texts.append(String(describing: value))
            guard depth < 12 else { return }
            for child in Mirror(reflecting: value).children { add(child.value, depth + 1) }
        }
        add(value, 0)
        return texts.joined(separator: "\n")
    }
}
