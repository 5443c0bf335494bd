#if Emulator && os(Linux)
import AzureCore
import AzureTesting
import Foundation
import Glibc
import Testing

@testable import AzureEmulator

@Suite(
    "After kill -9 of the command azure-emulator its watchdog ends what its tasks have started",
    .timeLimit(.minutes(5)), .enabled(if: RunningCommand.program != nil))
struct EmulatorCommandKillTests {
    // Each process says its number through a pipe, in whose place `%` stands.
    private static let sleeping = "echo $$ > %; exec sleep 1000"
    private static let commands = [
        sleeping,
        "setsid -f sh -c 'trap : TERM; echo $$ > %; exec sleep 1000'; \(sleeping)",
        "setsid sh -c '\(sleeping)' & wait; exec sleep 1000",
        "trap '' TERM; ( setsid setsid -f sh -c '\(sleeping)' & ); \(sleeping)",
        "cd / && env -i setsid -f sh -c '\(sleeping)' </dev/null >/dev/null 2>&1; \(sleeping)",
    ]
    /// How many processes say their number in each round of the commands.
    private static let announced = 8
    private static let tasks = 50

    @Test("50 tasks, of which some have left their session, their group and their environment")
    func kill50() async throws {
        try await ProcessFixture.with { fixture in
            fixture.makePipe()
            let running = try await RunningCommand.withNodes(
                in: "\(fixture.directory)/nodes", "--max-processes", "\(Self.tasks)")
            let pipe = "\(fixture.directory)/ready"
            try await running.start(
                (0..<Self.tasks).map { index in
                    let script = Self.commands[index % Self.commands.count].replacingOccurrences(of: "%", with: pipe)
                    return "/bin/sh -c \"\(script)\""
                }, nodes: 10, slots: 5)
            let processes = try await numbers(
                Self.tasks / Self.commands.count * Self.announced, from: pipe)
            #expect(processes.allSatisfy(isAlive(process:)))
            _ = await running.end(with: SIGKILL)
            let limit = ContinuousClock.now + .seconds(60)
            while processes.contains(where: isAlive(process:)), ContinuousClock.now < limit { await Task.yield() }
            #expect(processes.filter(isAlive(process:)).isEmpty)
        }
    }

    /// Waits for processes to say their numbers, a line each.
    private func numbers(_ count: Int, from pipe: String) async throws -> [Int32] {
        try await BlockingIO.run {
            // Open for writing, too, so that the pipe does not end between two of them.
            let descriptor = open(pipe, O_RDWR | O_CLOEXEC)
            defer { close(descriptor) }
            var text = Data()
            while text.count(where: { $0 == UInt8(ascii: "\n") }) < count {
                var buffer = [UInt8](repeating: 0, count: 4096)
                let length = read(descriptor, &buffer, buffer.count)
                guard length > 0 else { break }
                text += buffer.prefix(length)
            }
            return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap { Int32($0) }
        }
    }
}
#endif
