import CEmulatorSupport

/// The identity of one running emulator, by which its processes are told from those of all others.
struct EmulatorInstance: Sendable, Hashable {
    /// A random number of nine digits.
    let number: UInt64
    /// The process that the emulator runs in.
    let process: Int32
    /// When that process started, since process numbers are used again.
    let processStart: UInt64

    /// The environment variable that names the run a process belongs to.
    static let variable = "AZURE_EMULATOR_RUN"
    /// How many runs an instance can mark.
    static let runLimit: UInt64 = 1_000_000_000
    /// What ``number`` is drawn from.
    static let numbers: ClosedRange<UInt64> = 100_000_000...999_999_999

    /// The identity of an emulator that starts now in this process.
    init() {
        number = UInt64.random(in: Self.numbers)
        process = SystemProcess.current
        processStart = SystemProcess(id: SystemProcess.current)?.startTime ?? 0
    }

    /// Reads what ``description`` wrote; nil when it is anything else.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let number = UInt64(parts[0]), Self.numbers.contains(number),
            let process = Int32(parts[1]), let processStart = UInt64(parts[2])
        else { return nil }
        self.number = number
        self.process = process
        self.processStart = processStart
    }

    /// Whether the process of this emulator is still there.
    var isAlive: Bool {
        SystemProcess(id: process).map { $0.startTime == processStart && !$0.isZombie } ?? false
    }

    /// The limit on file locks that tells its watchdog from other processes when the emulator is gone: its nine digits
    /// alone, which no run has.
    var watchdogLockLimit: UInt64 { number }

    /// Whether a limit on file locks is that of some watchdog.
    static func isWatchdogLockLimit(_ limit: UInt64) -> Bool { numbers.contains(limit) }

    /// The mark of a run.
    func mark(run: UInt64) -> RunMark {
        RunMark(instance: self, run: run % Self.runLimit)
    }
}

extension EmulatorInstance: CustomStringConvertible {
    var description: String { "\(number):\(process):\(processStart)" }
}

/// What every process of a run carries: a variable in its environment, and a limit on file locks, which no kernel
/// enforces but every descendant inherits even when it sheds environment, session and parent.
struct RunMark: Sendable, Hashable {
    /// The emulator that started the run.
    let instance: EmulatorInstance
    /// Which of the emulator's runs it is.
    let run: UInt64

    /// The value of ``EmulatorInstance/variable``.
    var value: String { "\(instance):\(run)" }

    /// The limit on file locks: the instance's nine digits, then nine of the run.
    var lockLimit: UInt64 { instance.number * EmulatorInstance.runLimit + run }

    /// Whether a limit on file locks is the mark of some run.
    static func isLockLimit(_ limit: UInt64) -> Bool {
        EmulatorInstance.numbers.contains(limit / EmulatorInstance.runLimit)
    }

    /// Reads the mark out of an environment.
    init?(environment: [UInt8]) {
        let prefix = Array("\(EmulatorInstance.variable)=".utf8)
        guard let entry = environment.split(separator: 0).first(where: { $0.starts(with: prefix) }) else {
            return nil
        }
        let value = String(decoding: entry.dropFirst(prefix.count), as: UTF8.self)
        guard let colon = value.lastIndex(of: ":"), let instance = EmulatorInstance(value[..<colon]),
            let run = UInt64(value[colon...].dropFirst()), run < EmulatorInstance.runLimit
        else { return nil }
        self.init(instance: instance, run: run)
    }

    init(instance: EmulatorInstance, run: UInt64) {
        self.instance = instance
        self.run = run
    }

    /// Gives a process the limit that its descendants inherit. Where the system refuses, the mark in the
    /// environment has to do.
    func apply(to process: Int32) {
        _ = azure_set_lock_limit(process, lockLimit)
    }
}
