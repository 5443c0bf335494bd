/// Carries out the steps of a formula on one stack.
struct AutoscaleEvaluator {
    /// The most numbers of a vector.
    static let maxVector = 32_768
    /// The most numbers that an evaluation may look at, so that it takes no longer than some milliseconds.
    static let maxWork = 1_000_000

    let environment: AutoscaleEnvironment
    let random: () -> Double
    /// What the formula has assigned, and where.
    private(set) var variables: [String: (value: AutoscaleValue, position: AutoscalePosition)] = [:]
    private var stack: [AutoscaleValue] = []
    private var work = 0

    init(environment: AutoscaleEnvironment, random: @escaping () -> Double) {
        self.environment = environment
        self.random = random
    }

    /// Carries out all steps, or those up to a call of `stop()`.
    mutating func run(_ steps: [AutoscaleFormula.Step]) throws(AutoscaleError) {
        var index = 0
        // Jumps only lead forward, so every step is done once at most.
        while index < steps.count {
            let (instruction, place) = (steps[index].instruction, steps[index].position)
            index += 1
            switch instruction {
            case .jump(let target): index = target
            case .jumpUnless(let target): if try popCondition(at: place) == false { index = target }
            case .jumpIfFalse(let target): if try shortcut(on: false, at: place) { index = target }
            case .jumpIfTrue(let target): if try shortcut(on: true, at: place) { index = target }
            case .call(.stop, let count):
                guard count == 0 else { throw AutoscaleFunction.stop.wrongArguments(pop(count), at: place) }
                return
            default: try perform(instruction, at: place)
            }
        }
    }

    private mutating func perform(
        _ instruction: AutoscaleInstruction, at place: AutoscalePosition
    ) throws(AutoscaleError) {
        switch instruction {
        case .push(let value): try push(value, at: place)
        case .load(let name): try push(try load(name, at: place), at: place)
        case .store(let name): try store(pop(), in: name, at: place)
        case .discard: _ = pop()
        case .makeVector(let count): try call(.vec, pop(count), at: place)
        case .operate(let symbol):
            let (right, left) = (pop(), pop())
            guard let result = try AutoscaleValue.operate(symbol, left, right, at: place) else {
                throw .evaluation(place, "Incorrect operands: \(left.type) \(symbol.rawValue) \(right.type)")
            }
            try push(result, at: place)
        case .negate, .not, .normalize: try push(try changed(pop(), by: instruction, at: place), at: place)
        case .call(let function, let count): try call(function, pop(count), at: place)
        case .callMethod(let variable, let method, let count):
            try push(try call(method, of: variable, pop(count), at: place), at: place)
        case .undefined(let name): throw .evaluation(place, "Undefined symbol: \(name)")
        case .member(let name):
            let value = pop()
            guard case .time(let time) = value, let member = time.member(name) else {
                throw .evaluation(place, "No such member: \(value.type).\(name)")
            }
            try push(.number(Double(member)), at: place)
        case .jump, .jumpUnless, .jumpIfFalse, .jumpIfTrue: break
        }
    }

    private func changed(
        _ value: AutoscaleValue, by instruction: AutoscaleInstruction, at place: AutoscalePosition
    ) throws(AutoscaleError) -> AutoscaleValue {
        if instruction == .negate {
            guard let negated = value.negated else { throw .evaluation(place, "Incorrect operand: - \(value.type)") }
            return negated
        }
        guard case .number(let number) = value else {
            throw .evaluation(place, "Incorrect operand: \(value.type) is no double")
        }
        return .number((number == 0) == (instruction == .not) ? 1 : 0)
    }

    private mutating func call(
        _ function: AutoscaleFunction, _ arguments: [AutoscaleValue], at place: AutoscalePosition
    ) throws(AutoscaleError) {
        if let result = try function.apply(to: arguments, at: place) {
            return try push(result, at: place)
        }
        switch (function, arguments.first, arguments.count) {
        case (.rand, nil, 0): try push(.number(random()), at: place)
        case (.time, nil, 0), (.time, .text(""), 1): try push(.time(environment.now), at: place)
        case (.time, .text(let text), 1):
            guard let time = AutoscaleTime(parsing: text) else {
                throw .evaluation(place, "The string is neither a W3C-DTF nor an RFC 1123 date")
            }
            try push(.time(time), at: place)
        default: throw function.wrongArguments(arguments, at: place)
        }
    }
}

extension AutoscaleEvaluator {
    private mutating func push(_ value: AutoscaleValue, at place: AutoscalePosition) throws(AutoscaleError) {
        work += value.size
        guard value.size <= Self.maxVector, work <= Self.maxWork else {
            throw .evaluation(place, "The formula uses too many numbers")
        }
        stack.append(value)
    }

    /// The value on top. The parser writes no step that finds the stack empty.
    private mutating func pop() -> AutoscaleValue {
        stack.popLast() ?? .number(.nan)
    }

    private mutating func pop(_ count: Int) -> [AutoscaleValue] {
        defer { stack.removeLast(min(count, stack.count)) }
        return Array(stack.suffix(count))
    }

    private mutating func popCondition(at place: AutoscalePosition) throws(AutoscaleError) -> Bool {
        let value = pop()
        guard case .number(let number) = value else {
            throw .evaluation(place, "Incorrect operand: \(value.type) is no double")
        }
        return number != 0
    }

    /// Whether the left operand of `&&` or `||` decides; then its truth is the result.
    private mutating func shortcut(on decisive: Bool, at place: AutoscalePosition) throws(AutoscaleError) -> Bool {
        guard try popCondition(at: place) == decisive else { return false }
        try push(.number(decisive ? 1 : 0), at: place)
        return true
    }

    private mutating func store(
        _ value: AutoscaleValue, in name: String, at place: AutoscalePosition
    ) throws(AutoscaleError) {
        guard AutoscaleMetric(rawValue: name) == nil, AutoscaleValue.constants[name] == nil,
            !Self.readOnly.contains(name)
        else { throw .evaluation(place, "The variable is read-only: \(name)") }
        switch (AutoscaleTarget(rawValue: name), value) {
        case (nil, _), (.deallocationOption, .removal): break
        case (.deallocationOption, _), (_, .text), (_, .vector), (_, .time), (_, .interval), (_, .removal):
            throw .evaluation(place, "Incorrect value: \(name) = \(value.type)")
        case (_, .number): break
        }
        variables[name] = (value, place)
    }
}
