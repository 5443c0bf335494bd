import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Testing

@Suite("Whole trees kept alike", .timeLimit(.minutes(2)))
struct TreeSyncTests {
    private static func data(_ names: String...) -> [String: Data] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, Data($0.utf8)) })
    }

    private func put(_ names: [String], _ fixture: TreeFixture) async throws {
        for name in names { try await fixture.container.blob(name).upload(Data("old".utf8)) }
    }

    @Test("an upload deletes what has no file, and a dry run before it only says so")
    func upload() async throws {
        try await TreeFixture.run { fixture in
            try fixture.write(Self.data("source/a", "source/b/c", "source/.git/x"))
            let names = ["p/a", "p/gone", "p/b/gone", "p/keep.log", "p/.git/y", "p/dir/", "pa", "q/other", "other"]
            for name in names {
                try await fixture.container.blob(name).upload(name.hasSuffix("/") ? Data() : Data("old".utf8))
            }
            var options = TreeTransferOptions(
                exclude: ["*.log", ".git/"], overwrite: .always, isDryRun: true, deletesExtra: true)
            let planned = try await fixture.container.uploadDirectory(
                fixture.path("source"), prefix: "p/", options: options)
            #expect(planned.deleted.map(\.name).sorted() == ["p/b/gone", "p/gone"])
            #expect(planned.deleted.allSatisfy { $0.outcome == .deletionPlanned && $0.size == 3 })
            #expect("\(planned)" == "2 done (18 bytes), 0 skipped, 0 failed, 2 deleted")
            #expect(try await fixture.blobs() == names.sorted())

            options.isDryRun = false
            let report = try await fixture.container.uploadDirectory(
                fixture.path("source"), prefix: "p/", options: options)
            #expect(report.isSuccess && report.deletedCount == 2)
            #expect(report.deleted.allSatisfy { $0.outcome == .deleted })
            // Outside of the prefix, and what patterns leave out, nothing is touched.
            let left = ["p/a", "p/b/c", "p/keep.log", "p/.git/y", "p/dir/", "pa", "q/other", "other"]
            #expect(try await fixture.blobs() == left.sorted())
        }
    }

    @Test("a download deletes files that have no blob, nothing else, and a dry run before it only says so")
    func download() async throws {
        try await TreeFixture.run { fixture in
            try await put(["p/a", "p/b/c", "q"], fixture)
            try fixture.write(Self.data("target/gone", "target/b/gone", "target/keep.log", "outside/x"))
            let manager = FileManager.default
            try manager.createSymbolicLink(
                atPath: fixture.path("target/link"), withDestinationPath: fixture.path("outside"))
            var options = TreeTransferOptions(exclude: ["*.log"], isDryRun: true, deletesExtra: true)
            let planned = try await fixture.container.downloadContainer(
                to: fixture.path("target"), prefix: "p/", options: options)
            #expect(planned.deleted.map(\.name).sorted() == ["p/b/gone", "p/gone"])
            #expect(try fixture.files("target").keys.sorted() == ["b/gone", "gone", "keep.log"])

            options.isDryRun = false
            let report = try await fixture.container.downloadContainer(
                to: fixture.path("target"), prefix: "p/", options: options)
            #expect(report.isSuccess)
            #expect(
                report.deleted.map(\.path).sorted() == [fixture.path("target/b/gone"), fixture.path("target/gone")])
            #expect(try fixture.files("target").keys.sorted() == ["a", "b/c", "keep.log"])
            #expect(try fixture.files("outside").keys.sorted() == ["x"])
            #expect(try manager.destinationOfSymbolicLink(atPath: fixture.path("target/link")).hasSuffix("outside"))
        }
    }

    @Test("a prefix that ends within a name covers only files that begin with it")
    func withinName() async throws {
        try await TreeFixture.run { fixture in
            try await put(["x/y1", "x/y/2", "x/z"], fixture)
            try fixture.write(Self.data("target/y3", "target/z", "target/y/4"))
            let report = try await fixture.container.downloadContainer(
                to: fixture.path("target"), prefix: "x/y", options: .init(deletesExtra: true))
            #expect(report.deleted.map(\.name).sorted() == ["x/y/4", "x/y3"])
            #expect(try fixture.files("target").keys.sorted() == ["y/2", "y1", "z"])
        }
    }

    @Test("nothing is deleted after a failure, be it one file, the first of all, or the list")
    func failures() async throws {
        try await TreeFixture.run { fixture in
            try fixture.write(Self.data("source/a", "source/b", "target/gone"))
            try await put(["gone", "x", "y"], fixture)
            for stops in [false, true] {
                let options = TreeTransferOptions(
                    overwrite: .always, stopsAtFirstFailure: stops, deletesExtra: true)
                fixture.traffic.begin { $0.method == "PUT" && $0.path.hasSuffix("/a") ? .status(400) : .none }
                let up = try await fixture.container.uploadDirectory(fixture.path("source"), options: options)
                #expect(!up.isSuccess && up.deletedCount == 0)
                fixture.traffic.begin { $0.method == "GET" && $0.path.hasSuffix("/x") ? .status(400) : .none }
                let down = try await fixture.container.downloadContainer(to: fixture.path("target"), options: options)
                #expect(!down.isSuccess && down.deletedCount == 0)
            }
            fixture.traffic.begin { $0.path.contains("comp=list") ? .status(400) : .none }
            await #expect(throws: AzureError.self) {
                try await fixture.container.downloadContainer(
                    to: fixture.path("target"), options: .init(deletesExtra: true))
            }
            await #expect(throws: AzureError.self) {
                try await fixture.container.uploadDirectory(
                    fixture.path("source"), options: .init(overwrite: .always, deletesExtra: true))
            }
            fixture.traffic.begin()
            #expect(try await fixture.blobs().contains("gone"))
            #expect(try fixture.files("target").keys.contains("gone"))
        }
    }

    @Test("a blob that is written after it was listed stays, and one that is gone already is no failure")
    func races() async throws {
        try await TreeFixture.run { fixture in
            try fixture.write(Self.data("source/a"))
            try await put(["gone", "written"], fixture)
            let report = try await fixture.container.uploadDirectory(
                fixture.path("source"), options: .init(deletesExtra: true))
            #expect(report.deletedCount == 2)
            try await put(["written"], fixture)
            fixture.traffic.begin { $0.method == "DELETE" ? .status(412) : .none }
            let second = try await fixture.container.uploadDirectory(
                fixture.path("source"), options: .init(deletesExtra: true))
            #expect(second.failed.map(\.name) == ["written"] && second.deletedCount == 0)
            fixture.traffic.begin { $0.method == "DELETE" ? .status(404) : .none }
            let third = try await fixture.container.uploadDirectory(
                fixture.path("source"), options: .init(deletesExtra: true))
            #expect(third.isSuccess && third.deletedCount == 1)
        }
    }

    @Test("times of files are kept through the container, to the nanosecond, and tell what has changed")
    func times() async throws {
        try await TreeFixture.run { fixture in
            try fixture.write(Self.data("source/a", "source/b"))
            try fixture.setModified("source/a", seconds: 1_000_000_000, nanoseconds: 123_456_789)
            let options = TreeTransferOptions(overwrite: .ifDifferent, keepsModificationTimes: true)
            // In blocks, so that the service stores no MD5, which would decide.
            let upload = BlobUploadOptions(transfer: .init(singleShotLimit: 0))
            for run in 0..<2 {
                let up = try await fixture.container.uploadDirectory(
                    fixture.path("source"), upload: upload, options: options)
                #expect(up.doneCount == (run == 0 ? 2 : 0))
                let down = try await fixture.container.downloadContainer(to: fixture.path("target"), options: options)
                #expect(down.doneCount == (run == 0 ? 2 : 0))
            }
            #expect(
                try await fixture.container.blob("a").properties().metadata
                    == ["mtime": "2001-09-09T01:46:40.123456789Z"])
            #expect(try fixture.modified("target/a") == [1_000_000_000, 123_456_789])
            // An older file that takes the place of a newer one is another one.
            try fixture.setModified("source/a", seconds: 999_999_999, nanoseconds: 0)
            let up = try await fixture.container.uploadDirectory(
                fixture.path("source"), upload: upload, options: options)
            #expect(up.done.map(\.name) == ["a"])
            let down = try await fixture.container.downloadContainer(
                to: fixture.path("target"), download: .init(transfer: TreeResumeTests.transfer),
                options: .init(overwrite: .always, keepsModificationTimes: true, journals: fixture.path("journals")))
            #expect(down.doneCount == 2)
            #expect(try fixture.modified("target/a") == [999_999_999, 0])
        }
    }

    @Test("a blob without a stored time gives its file the time of its last change; large blobs, too")
    func timeOfChange() async throws {
        try await TreeFixture.run { fixture in
            try await put(["a"], fixture)
            try await fixture.container.blob("large").upload(TreeResumeTests.large)
            let changed = try #require(try await fixture.container.blob("large").properties().lastModified?.date)
            _ = try await fixture.container.downloadContainer(
                to: fixture.path("target"), download: .init(transfer: TreeResumeTests.transfer),
                options: .init(keepsModificationTimes: true, journals: fixture.path("journals")))
            #expect(try fixture.modified("target/large") == [Int64(changed.timeIntervalSince1970), 0])
        }
    }
}
