import AzureCore
import AzureTesting
import BatchModels
import Testing

@testable import BatchService

@Suite("Tasks that wait for others")
struct DependencyCheckTests {
    private static func waiting(_ id: String, for ids: [String] = [], ranges: [ClosedRange<Int>] = []) -> BatchTask {
        var task = BatchTask(id: id)
        task.state = .active
        task.dependsOn = BatchTaskDependencies(
            taskIDs: ids, taskIDRanges: ranges.map { BatchTaskIdRange(start: $0.lowerBound, end: $0.upperBound) })
        return task
    }

    private static func done(_ id: String, exitCode: Int? = 0, conditions: ExitConditions? = nil) -> BatchTask {
        var task = BatchTask(id: id)
        task.state = .completed
        task.exitConditions = conditions
        var info = BatchTaskExecutionInfo()
        info.exitCode = exitCode
        info.result = exitCode == 0 ? .success : .failure
        if exitCode != 0 { info.failureInfo = BatchTaskFailureInfo(category: .userError) }
        task.executionInfo = info
        return task
    }

    private static func reason(waiting: [BatchTask], done: [BatchTask]) -> String? {
        var check = DependencyCheck()
        for task in waiting { guard check.add(waiting: task) else { return nil } }
        for task in done { guard check.add(completed: task) else { return nil } }
        return check.reason()
    }

    @Test("wait in vain for one that failed, that does not exist, or that waits in vain itself")
    func inVain() {
        #expect(
            Self.reason(waiting: [Self.waiting("b", for: ["a"])], done: [Self.done("a", exitCode: 1)])
                == "1 task waits in vain: 'b' depends on task 'a', which failed.")
        #expect(
            Self.reason(waiting: [Self.waiting("b", for: ["A", "x"])], done: [Self.done("a")])
                == "1 task waits in vain: 'b' depends on task 'x', which does not exist.")
        #expect(
            Self.reason(
                waiting: [Self.waiting("c", for: ["b"]), Self.waiting("b", for: ["a"])],
                done: [Self.done("a", exitCode: 1)])
                == "2 tasks wait in vain: 'b' depends on task 'a', which failed.")
        #expect(
            Self.reason(waiting: [Self.waiting("a", for: ["b"]), Self.waiting("b", for: ["a"])], done: [])
                == "2 tasks wait for each other, among them 'a'.")
    }

    @Test("go on when one of them can run, or nothing is known")
    func canGoOn() {
        #expect(Self.reason(waiting: [], done: []) == nil)
        #expect(Self.reason(waiting: [Self.waiting("b")], done: []) == nil)
        #expect(Self.reason(waiting: [Self.waiting("b", for: ["A"])], done: [Self.done("a")]) == nil)
        let mixed = [Self.waiting("b", for: ["x"]), Self.waiting("c", for: ["a"])]
        #expect(Self.reason(waiting: mixed, done: [Self.done("a")]) == nil)
        var running = Self.waiting("b", for: ["x"])
        running.state = .running
        #expect(Self.reason(waiting: [running], done: []) == nil)
        running.state = .preparing
        #expect(Self.reason(waiting: [running], done: []) == nil)
    }

    @Test("that wait for ranges need every number of them, whatever its leading zeros")
    func ranges() {
        let task = Self.waiting("b", ranges: [4...6])
        #expect(Self.reason(waiting: [task], done: [Self.done("4"), Self.done("05"), Self.done("6")]) == nil)
        #expect(
            Self.reason(waiting: [task], done: [Self.done("4"), Self.done("6")])
                == "1 task waits in vain: 'b' depends on task '5', which does not exist.")
        #expect(
            Self.reason(waiting: [task], done: [Self.done("4"), Self.done("005", exitCode: 2), Self.done("6")])
                == "1 task waits in vain: 'b' depends on task '5', which failed.")
        let endless = Self.waiting("b", ranges: [0...Int.max])
        #expect(Self.reason(waiting: [endless], done: [Self.done("0")])?.contains("'1'") == true)
        let below = Self.waiting("b", ranges: [Int.min...0])
        #expect(Self.reason(waiting: [below], done: [Self.done("0")]) != nil)
    }

    @Test(
        "do as the exit conditions say",
        arguments: [
            (ExitConditions(default: .init(dependencyAction: .satisfy)), 1, true),
            (ExitConditions(default: .init(dependencyAction: .block)), 0, true),
            (ExitConditions(exitCodes: [.init(code: 0, exitOptions: .init(dependencyAction: .block))]), 0, false),
            (ExitConditions(exitCodes: [.init(code: 3, exitOptions: .init(dependencyAction: .satisfy))]), 3, true),
            (ExitConditions(exitCodes: [.init(code: 3, exitOptions: .init(dependencyAction: .satisfy))]), 4, false),
            (
                ExitConditions(exitCodeRanges: [.init(start: 2, end: 5, exitOptions: .init(dependencyAction: .satisfy))]
                ),
                5, true
            ),
            (ExitConditions(preProcessingError: .init(dependencyAction: .satisfy)), nil, true),
            (ExitConditions(preProcessingError: .init(dependencyAction: .satisfy)), 1, false),
            (ExitConditions(fileUploadError: .init(dependencyAction: .satisfy)), 1, false),
        ] as [(ExitConditions, Int?, Bool)])
    func conditions(conditions: ExitConditions, exitCode: Int?, isSatisfied: Bool) {
        let task = Self.done("a", exitCode: exitCode, conditions: conditions)
        #expect(DependencyCheck.satisfies(task) == isSatisfied)
    }

    @Test("are not looked at beyond a limit, and many of them take no long time")
    func many() {
        var check = DependencyCheck(limit: 3)
        let taken = [
            check.add(waiting: Self.waiting("a", for: ["x"])), check.add(waiting: Self.waiting("b", for: ["x"])),
            check.add(completed: Self.done("c")), check.add(completed: Self.done("d")),
        ]
        #expect(taken == [true, true, true, false])
        let size = 20_000
        let waiting = (0..<size).map { Self.waiting("w\($0)", for: ["w\(($0 + 1) % size)"], ranges: [0...size]) }
        #expect(
            Self.reason(waiting: waiting, done: (0..<size).map { Self.done("\($0)") })?.contains("each other") == true)
    }

    @Test("find the first gap of any range")
    func gaps() {
        var random = SeededGenerator(seed: 9)
        for _ in 0..<2000 {
            let numbers = Set((0..<12).map { _ in Int64.random(in: 0...20, using: &random) })
            let start = Int64.random(in: -2...22, using: &random)
            let end = start + Int64.random(in: -2...10, using: &random)
            let expected = start <= end ? (start...end).first { !numbers.contains($0) } : nil
            #expect(DependencyCheck.gap(from: start, to: end, in: DependencyCheck.runs(of: numbers)) == expected)
        }
    }
}
