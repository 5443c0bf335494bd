import AzureCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A process in a group of its own, with its output and errors in pipes. All calls block.
struct ChildProcess {
    private let process: pid_t
    private var streams: [(descriptor: Int32, data: Data)] = []
    private var open: Set<Int32> = []
    private var status: Int32?

    var output: Data { streams[0].data }
    var errors: Data { streams[1].data }
    var received: Int { streams.reduce(0) { $0 + $1.data.count } }

    /// Starts a program.
    init(_ path: String, _ arguments: [String], environment: [String: String]) throws {
        var pipes: [[Int32]] = []
        defer { for pipe in pipes { close(pipe[1]) } }
        for _ in 0..<2 {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else {
                for pipe in pipes { close(pipe[0]) }
                throw CredentialProgram.Failure.notStarted(String(cString: strerror(errno)))
            }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            pipes.append(ends)
        }
        do {
            process = try Self.spawn(path, arguments, environment, output: pipes[0][1], errors: pipes[1][1])
        } catch {
            for pipe in pipes { close(pipe[0]) }
            throw error
        }
        streams = pipes.map { ($0[0], Data()) }
        open = Set(pipes.map { $0[0] })
    }

    /// Reads what has come, waiting a twentieth of a second at most.
    ///
    /// - Returns: Whether more may come.
    mutating func readSome() throws -> Bool {
        guard !open.isEmpty else { return false }
        var polls = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&polls, nfds_t(polls.count), 50) > 0 else { return true }
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        for item in polls where item.revents != 0 {
            let count = read(item.fd, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                open.remove(item.fd)
                continue
            }
            for index in streams.indices where streams[index].descriptor == item.fd {
                streams[index].data.append(contentsOf: buffer[..<count])
            }
        }
        return !open.isEmpty
    }

    /// Waits for the end while a condition holds; nil when it did not come.
    mutating func wait(while holds: () -> Bool) -> Int32? {
        while status == nil, holds() {
            if !collect(WNOHANG) { usleep(5000) }
        }
        return status
    }

    /// Ends what still runs, with all of its group, and closes the pipes.
    mutating func end() {
        if status == nil {
            kill(-process, SIGKILL)
            _ = collect(0)
        }
        for stream in streams { close(stream.descriptor) }
    }

    private mutating func collect(_ flags: Int32) -> Bool {
        var raw: Int32 = 0
        var found: pid_t
        // A signal that comes meanwhile must leave no process behind that nobody asks for.
        repeat { found = waitpid(process, &raw, flags) } while found < 0 && errno == EINTR
        if found == process { status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F) }
        // Somebody else has collected it, as a program that ignores SIGCHLD does.
        if found < 0, errno == ECHILD { status = 0 }
        return status != nil
    }

    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String: String], output: Int32, errors: Int32
    ) throws -> pid_t {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        // The shell goes where nobody puts files for the program to trip over, and becomes the program. Its script is this
        // constant; what comes from callers are arguments, which a shell does not read.
        let script = "cd / && exec \"$0\" \"$@\""
        let values = (["/bin/sh", "-c", script, path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in values + variables { free(text) } }
        var process: pid_t = 0
        let result = posix_spawn(&process, "/bin/sh", &actions, &attributes, values, variables)
        guard result == 0 else { throw CredentialProgram.Failure.notStarted(String(cString: strerror(result))) }
        return process
    }
}
