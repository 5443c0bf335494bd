import ArgumentParser
import BatchModels
import ExampleTestSupport
import Foundation
import FramePicture
import SampleSupport
import Testing

@testable import RenderFarm

/// Each frame of the film is compared with what is computed here, without a node. What ranges of ids, dependencies and
/// retries do says the REST documentation of Batch: Tasks - Create Task, TaskDependencies and TaskConstraints.
@Suite("A render farm", .timeLimit(.minutes(3)))
struct RenderFarmTests {
    private func run(
        _ arguments: [String], in accounts: TestAccounts, to directory: TemporaryDirectory
    ) async throws -> (code: Int32, terminal: ScriptedTerminal) {
        try await RenderFarm.run(["--output", directory.path("film")] + arguments, in: accounts)
    }

    /// Compares a film with its frames as they are computed here.
    private func expectFilm(_ film: MandelbrotFilm, frames: Int, in directory: TemporaryDirectory) throws {
        let file = Array(try Data(contentsOf: directory.url.appending(path: "film/film.y4m")))
        let header = Film.header(width: film.width, height: film.height, rate: 25)
        #expect(Array(file.prefix(header.count)) == header)
        let size = 6 + film.width * film.height * 3
        #expect(file.count == header.count + frames * size)
        for number in 0..<frames {
            let start = header.count + number * size
            let frame = Film.frame(try film.frame(number))
            try #require(Array(file[start..<(start + size)]) == frame, "frame \(number)")
        }
        let sheet = Array(try Data(contentsOf: directory.url.appending(path: "film/contact.ppm")))
        #expect(Picture(ppm: sheet) != nil)
    }

    @Test("Frames are rendered by several nodes, and put together when all are there")
    func smallFilm() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let (code, terminal) = try await run(
                    ["--frames", "20", "--width", "32", "--height", "18", "--zoom", "0.8", "--run", "r1"], in: accounts,
                    to: directory)
                #expect(code == 0, "\(terminal.errors)")
                #expect(terminal.output.contains("Adding 21 tasks to job [RenderFarmJob-r1]...\n"))
                #expect(terminal.output.contains("  All 20 frames are rendered in "))
                try expectFilm(MandelbrotFilm(width: 32, height: 18, zoom: 0.8), frames: 20, in: directory)
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("A frame that fails for good is named, with the end of what it wrote as errors, and the film is not made")
    func failingFrame() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let (code, terminal) = try await run(
                    ["--frames", "6", "--width", "32", "--height", "18", "--zoom", "0.001", "--run", "r1"],
                    in: accounts,
                    to: directory)
                #expect(code == 1)
                #expect(
                    terminal.errorLines.first == "Error: Task [5] of job [RenderFarmJob-r1] failed.",
                    "\(terminal.errors)")
                #expect(terminal.errors.contains("exit code 1 after 1 retry"))
                #expect(terminal.errors.contains("| RenderFrame: frame 5: its pixels are "))
                #expect(!FileManager.default.fileExists(atPath: directory.path("film/film.y4m")))
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("A frame that fails once is tried again, and the film is made")
    func retries() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let real = TaskProgram.argument(SiblingProgram.path(of: "RenderFrame"))
                let mark = TaskProgram.argument(directory.path("failed"))
                let program = try directory.writeProgram(
                    """
                    if [ "$AZ_BATCH_TASK_ID" = 2 ] && mkdir \(mark) 2>/dev/null; then
                        echo 'out of luck' >&2; exit 9
                    fi
                    exec \(real) "$@"
                    """, to: "RenderFrame")
                let arguments = ["--frames", "4", "--width", "32", "--height", "18", "--task-program", program]
                let (code, terminal) = try await run(arguments, in: accounts, to: directory)
                #expect(code == 0, "\(terminal.errors)")
                #expect(FileManager.default.fileExists(atPath: directory.path("failed")))
                try expectFilm(MandelbrotFilm(width: 32, height: 18, zoom: 0.97), frames: 4, in: directory)

                try FileManager.default.removeItem(atPath: directory.path("failed"))
                let (second, once) = try await run(arguments + ["--retries", "0"], in: accounts, to: directory)
                #expect(second == 1)
                #expect(
                    once.errors.contains("Task '2' failed with exit code 9") && once.errors.contains("| out of luck"))
            }
        }
    }

    @Test("200 frames")
    func wholeFilm() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let (code, terminal) = try await run([], in: accounts, to: directory)
                #expect(code == 0, "\(terminal.errors)")
                #expect(terminal.output.contains("  All 200 frames are rendered in "), "\(terminal.output)")
                let size = try Data(contentsOf: directory.url.appending(path: "film/film.y4m")).count
                let header = Film.header(width: 160, height: 90, rate: 25)
                #expect(size == header.count + 200 * (6 + 160 * 90 * 3))
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("The film depends on all frames, by the range of their ids; frames have a signature that cannot read")
    func tasks() throws {
        let program = TaskProgram(try LocalFile("/bin/sh", as: "program"))
        let plan = FarmPlan(
            frames: 3, width: 1, height: 1, zoom: 0.5, program: program, nodes: 1, slots: 1, retries: 2,
            timeout: .seconds(1), outputDirectory: "/", names: FarmPlan.names(of: .random()))
        let tasks = FarmTasks(plan: plan, writing: "https://w", reading: "https://r").all
        #expect(tasks.map(\.id) == ["0", "1", "2", "film"])
        #expect(tasks.allSatisfy { $0.constraints?.maxTaskRetryCount == 2 })
        #expect(tasks[0].environmentSettings == [EnvironmentSetting(name: "FRAMES_URL", value: "https://w")])
        #expect(tasks[3].environmentSettings == [EnvironmentSetting(name: "FRAMES_URL", value: "https://r")])
        let range = tasks[3].dependsOn?.taskIDRanges?.first
        #expect(range?.start == 0 && range?.end == 2 && tasks[0].dependsOn == nil)
    }

    @Test("What cannot be rendered is refused, and cleaning up needs the id of a run")
    func arguments() throws {
        for arguments in [
            ["--frames", "0"], ["--zoom", "1"], ["--zoom", "0"], ["--zoom", "nan"], ["--width", "16385"],
            ["--retries", "-1"], ["--slots", "0"],
        ] {
            #expect(throws: (any Error).self, "\(arguments)") { try RenderFarm.parse(arguments) }
        }
        #expect(throws: (any Error).self) { try RenderFarm.parseAsRoot(["cleanup"]) }
        let cleanup = try #require(
            try RenderFarm.parseAsRoot(["cleanup", "--run", "r1"]) as? SampleCleanup<RenderFarm>)
        #expect(cleanup.names.runID?.description == "r1")
    }
}
