import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// Names of variables are those of the articles on application packages and on environment variables of Batch; the error
/// of a pool's node is the one that the article on nodes in unusable states shows.
@Suite("Application packages of the emulated Batch service", .timeLimit(.minutes(5)))
struct ApplicationTests {
    private func withPackages(_ body: (BatchFixture, String) async throws -> Void) async throws {
        try await ProcessFixture.with { files in
            let path = "\(files.directory)/tool.zip"
            let zip = TestZip(entries: [
                .init(name: "bin/tool", data: Data("#!/bin/sh\necho tool $1\n".utf8), mode: 0o100755),
                .init(name: "data.txt", data: TestZip.hello, packed: TestZip.packedHello),
            ])
            try zip.data.write(to: URL(fileURLWithPath: path))
            let packages = [
                EmulatedApplicationPackage(applicationID: "My-Tool", version: "1.0.2b", path: path),
                EmulatedApplicationPackage(applicationID: "My-Tool", version: "2", path: path),
                EmulatedApplicationPackage(applicationID: "broken", version: "1", path: "\(files.directory)/none.zip"),
            ]
            try await BatchFixture.with(applicationPackages: packages) { try await body($0, path) }
        }
    }

    @Test("Applications are listed with their versions, and one is found whatever the case of its id")
    func list() async throws {
        try await withPackages { fixture, _ in
            let list = try await fixture.send(.get, "/applications").json["value"]?.array ?? []
            #expect(list.map { $0["id"] } == ["My-Tool", "broken"])
            let one = try await fixture.send(.get, "/applications/my-tool").json
            #expect(one["id"] == "My-Tool" && one["displayName"] == "My-Tool" && one["versions"] == ["1.0.2b", "2"])
            #expect(try await fixture.send(.get, "/applications/other").code == "ApplicationNotFound")
        }
    }

    @Test("Pools and tasks with packages that the account has not are refused")
    func unknown() async throws {
        try await withPackages { fixture, _ in
            try await fixture.makeJob()
            for reference: JSONValue in [
                ["applicationId": "other"], ["applicationId": "my-tool", "version": "3"],
            ] {
                var pool = BatchFixture.pool("other")
                pool["applicationPackageReferences"] = [reference]
                #expect(
                    try await fixture.send(.post, "/pools", body: pool).code == "InvalidApplicationPackageReferences")
                let task: JSONValue = [
                    "id": "t", "commandLine": "true", "applicationPackageReferences": [reference],
                ]
                let answer = try await fixture.send(.post, "/jobs/job/tasks", body: task)
                #expect(answer.status == 409 && answer.code == "InvalidApplicationPackageReferences")
                let change: JSONValue = ["applicationPackageReferences": [reference]]
                #expect(
                    try await fixture.send(.patch, "/pools/pool", body: change).code
                        == "InvalidApplicationPackageReferences")
            }
        }
    }

    @Test("Packages that have no proper name are no configuration")
    func badNames() {
        for (id, version) in [("", "1"), ("a/b", "1"), ("a", ".."), ("a", ""), ("a.b", "1")] {
            let package = EmulatedApplicationPackage(applicationID: id, version: version, path: "p")
            #expect(throws: AzureError.self) { try ApplicationCatalog([package]) }
        }
        let package = EmulatedApplicationPackage(applicationID: "a", version: "1", path: "p")
        #expect(throws: AzureError.self) { try ApplicationCatalog([package, package]) }
        #expect(EmulatedApplicationPackage("a=1=b=c.zip")?.path == "b=c.zip")
        #expect(EmulatedApplicationPackage("a=1") == nil && EmulatedApplicationPackage("=1=p") == nil)
    }

    #if Emulator
    @Test("A task finds its packages, and those of the pool, where the variables say")
    func unpacked() async throws {
        try await withPackages { fixture, _ in
            var pool = BatchFixture.pool(startTask: [
                "commandLine": "/bin/sh -c '$AZ_BATCH_APP_PACKAGE_My_Tool_1_0_2b/bin/tool start'"
            ])
            pool["applicationPackageReferences"] = [["applicationId": "my-tool", "version": "1.0.2B"]]
            #expect(try await fixture.send(.post, "/pools", body: pool).status == 201)
            #expect(
                try await fixture.send(.post, "/jobs", body: ["id": "job", "poolInfo": ["poolId": "pool"]]).status
                    == 201)
            let task = try await fixture.run(
                """
                /bin/sh -c '$AZ_BATCH_APP_PACKAGE_my_tool_1_0_2b/bin/tool a; $AZ_BATCH_APP_PACKAGE_My_Tool/bin/tool b; \
                cat $AZ_BATCH_APP_PACKAGE_my_tool_2/data.txt'
                """, ["applicationPackageReferences": [["applicationId": "My-Tool"]]])
            #expect(task["executionInfo"]?["exitCode"] == 0)
            #expect(try await fixture.taskFile("stdout.txt").text == "tool a\ntool b\nhello hello hello hello\n")
            let node = "/pools/pool/nodes/tvmps_00000001_d"
            #expect(try await fixture.send(.get, "\(node)/files/startup%2Fstdout.txt").text == "tool start\n")
            let files = try await fixture.send(.get, "\(node)/files", "recursive=true").text
            #expect(files.contains("applications/my-tool/2/bin/tool"))
        }
    }

    @Test("A package that cannot be unpacked fails the task before it runs, or makes the node unusable")
    func broken() async throws {
        try await withPackages { fixture, _ in
            try await fixture.makeJob()
            let task = try await fixture.run(
                "true", ["applicationPackageReferences": [["applicationId": "broken", "version": "1"]]])
            #expect(task["executionInfo"]?["failureInfo"]?["code"] == "ApplicationPackageError")
            #expect(task["executionInfo"]?["exitCode"] == nil)
            var pool = BatchFixture.pool("broken")
            pool["applicationPackageReferences"] = [["applicationId": "broken"]]
            #expect(try await fixture.send(.post, "/pools", body: pool).status == 201)
            await fixture.emulator.wait { state in
                state.pools["broken"]?.nodes.records.contains { $0.state == .unusable } == true
            }
            let node = try await fixture.send(.get, "/pools/broken/nodes").json["value"]?.array?.first
            let error = node?["errors"]?.array?.first
            #expect(error?["code"] == "ApplicationPackageError")
            #expect(error?["errorDetails"]?.array?.first?["value"] == "broken:1")
        }
    }
    #endif
}
