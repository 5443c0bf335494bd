import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import Testing

@Suite("Helpers")
struct HelperTests {
    private func image(
        _ sku: String, version: String = "latest", verified: String = "verified", end: String? = nil,
        publisher: String = "Canonical", offer: String = "ubuntuserver", capability: String = "DockerCompatible"
    ) -> String {
        let end = end.map { #","batchSupportEndOfLife":"\#($0)""# } ?? ""
        return #"""
            {"nodeAgentSKUId":"agent \#(sku)","osType":"linux","verificationType":"\#(verified)","capabilities":
            ["\#(capability)"],"imageReference":{"publisher":"\#(publisher)","offer":"\#(offer)","sku":"\#(sku)",
            "version":"\#(version)"}\#(end)}
            """#
    }

    private func client(_ images: [String]) throws -> BatchClient {
        try makeClient(
            ScriptedService(["/supportedimages": [#"{"value":[\#(images.joined(separator: ","))]}"#]]).transport)
    }

    @Test("the newest verified image that is still supported")
    func newestImage() async throws {
        let batch = try client([
            image("20_04-lts"), image("24_04-lts", verified: "unverified"), image("22_04-lts", version: "1.2.9"),
            image("22_04-lts", version: "1.2.10", verified: "Verified"), image("9_10"),
            image("26_04-lts", end: "2026-01-01T00:00:00Z"), image("99", offer: "other"),
            image("98", publisher: "other"), image("22_04-lts-hpc", version: "9"),
        ])
        let image = try await batch.account.newestVerifiedImage(publisher: "canonical", offer: "UbuntuServer")
        #expect(image.imageReference.sku == "22_04-lts")
        #expect(image.imageReference.version == "1.2.10")
        #expect(image.nodeAgentSKUID == "agent 22_04-lts")
        #expect(image.osType == .linux)
        #expect(image.virtualMachineConfiguration.nodeAgentSKUID == "agent 22_04-lts")
        let older = try await batch.account.newestVerifiedImage(
            publisher: "canonical", offer: "ubuntuserver", skuPrefix: "20_")
        #expect(older.imageReference.sku == "20_04-lts")
        let supported = try await batch.account.newestVerifiedImage(
            publisher: "canonical", offer: "ubuntuserver", supportedUntil: Date(timeIntervalSince1970: 1_700_000_000))
        #expect(supported.imageReference.sku == "26_04-lts")
    }

    @Test("no image is an error that names the offers that there are")
    func noImage() async throws {
        let batch = try client([image("1"), image("1", offer: "other")])
        let error = await #expect(throws: AzureError.self) {
            try await batch.account.newestVerifiedImage(publisher: "canonical", offer: "debian")
        }
        #expect(error?.code == .resourceNotFound)
        #expect(error?.message.contains("The publisher has other, ubuntuserver.") == true)
        await #expect(throws: AzureError.self) {
            try await batch.account.newestVerifiedImage(
                publisher: "canonical", offer: "other", capability: "NvidiaTeslaDriverInstalled")
        }
    }

    private let failedTask = #"""
        {"id":"t","state":"completed","executionInfo":{"exitCode":2,"retryCount":1,"result":"Failure","failureInfo":
        {"category":"UserError","code":"FailureExitCode","message":"It failed",
        "details":[{"name":"Message","value":"see https://h/?sig=s3cret"}]}}}
        """#

    @Test("why a task failed, with the end of what it printed")
    func failure() async throws {
        let file = "/jobs/j/tasks/t/files/stderr.txt"
        let transport = ScriptedService([
            "/jobs/j/tasks/t": [MockResponse(200, body: failedTask)],
            file: [
                MockResponse(200, headers: ["Content-Length": "5000"]), MockResponse(200, body: "line 1\nline 2\n"),
            ],
        ]).transport
        let batch = try makeClient(transport)
        let failure = try #require(try await batch.tasks.failure(ofTask: "t", inJob: "j", stderrTail: 100))
        #expect(failure.exitCode == 2)
        #expect(failure.failureInfo?.category == .userError)
        #expect(failure.standardError == "line 1\nline 2\n")
        #expect(transport.requests.last?.header("ocp-range") == "bytes=4900-4999")
        #expect(
            failure.description == """
                Task 't' failed with exit code 2 after 1 retry: FailureExitCode: It failed
                  Message: see https://h/?sig=REDACTED
                  | line 1
                  | line 2
                """)
    }

    @Test("a task without files, one without output and one that has not failed")
    func otherTasks() async throws {
        let gone = try makeClient(ScriptedService(["/jobs/j/tasks/t": [failedTask]]).transport)
        #expect(try await gone.tasks.failure(ofTask: "t", inJob: "j")?.standardError == nil)
        let silent = ScriptedService([
            "/jobs/j/tasks/t": [failedTask], "/jobs/j/tasks/t/files/stderr.txt": [""],
        ])
        #expect(try await makeClient(silent.transport).tasks.failure(ofTask: "t", inJob: "j")?.standardError == "")
        for other in [
            #"{"id":"t","state":"running"}"#,
            #"{"id":"t","state":"completed","executionInfo":{"exitCode":0,"result":"success"}}"#,
        ] {
            let batch = try makeClient(ScriptedService(["/jobs/j/tasks/t": [other]]).transport)
            #expect(try await batch.tasks.failure(ofTask: "t", inJob: "j") == nil)
        }
    }

    @Test("all failed tasks of a job")
    func failures() async throws {
        let good = #"{"id":"g","state":"completed","executionInfo":{"exitCode":0,"result":"success"}}"#
        let batch = try makeClient(ScriptedService(["/jobs/j/tasks": [page(failedTask, good)]]).transport)
        let failures = try await batch.tasks.failures(inJob: "j", stderrTail: 0)
        #expect(failures.map(\.taskID) == ["t"])
        #expect(failures[0].standardError == nil)
    }
}
