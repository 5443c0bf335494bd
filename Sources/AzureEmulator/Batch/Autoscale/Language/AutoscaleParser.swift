/// Reads statements and writes the steps that carry them out.
struct AutoscaleParser {
    private let tokens: [AutoscaleLexer.Located]
    private var index = 0
    private var depth = 0
    private var steps: [AutoscaleFormula.Step] = []

    init(_ tokens: [AutoscaleLexer.Located]) {
        self.tokens = tokens
    }

    /// Reads the whole formula: statements with semicolons between them; after the last it may be left out.
    mutating func parse() throws(AutoscaleError) -> [AutoscaleFormula.Step] {
        var statements = 0
        while token != .end {
            if take(.semicolon) != nil { continue }
            statements += 1
            guard statements <= AutoscaleFormula.maxStatements else {
                throw AutoscaleError.syntax(
                    position, "A formula may have \(AutoscaleFormula.maxStatements) statements")
            }
            try statement()
            if token != .end { try expect(.semicolon) }
        }
        return steps
    }

    private mutating func statement() throws(AutoscaleError) {
        if case .name(let name) = token, peek(1) == .symbol(.assign) {
            let place = position
            index += 2
            try expression()
            emit(.store(name), at: place)
        } else {
            let place = position
            try expression()
            emit(.discard, at: place)
        }
    }

    /// A ternary or what stands in one. A chain of `a ? b : c ? d : e` is no deeper than its first link.
    private mutating func expression() throws(AutoscaleError) {
        depth += 1
        guard depth <= AutoscaleFormula.maxDepth else {
            throw AutoscaleError.syntax(
                position, "Expressions may stand in each other \(AutoscaleFormula.maxDepth) deep")
        }
        defer { depth -= 1 }
        var ends: [Int] = []
        while true {
            try operation()
            guard let question = take(.question) else { break }
            let branch = emit(.jumpUnless(0), at: question)
            try expression()
            let colon = try expect(.colon)
            ends.append(emit(.jump(0), at: colon))
            steps[branch].instruction = .jumpUnless(steps.count)
        }
        for end in ends { steps[end].instruction = .jump(steps.count) }
    }

    /// An operator whose right operand is being read.
    private struct Pending {
        let symbol: AutoscaleOperator
        let position: AutoscalePosition
        /// The jump past the right operand of `&&` and `||`.
        let jump: Int?
    }

    /// Operands with operators between them, of which those that bind more strongly come first.
    private mutating func operation() throws(AutoscaleError) {
        var pending: [Pending] = []
        try operand()
        while case .symbol(let symbol) = token, let next = AutoscaleOperator(rawValue: symbol.rawValue) {
            while let last = pending.last, last.symbol.precedence >= next.precedence {
                finish(last)
                pending.removeLast()
            }
            let place = position
            index += 1
            let jump: Int? =
                switch next {
                case .and: emit(.jumpIfFalse(0), at: place)
                case .or: emit(.jumpIfTrue(0), at: place)
                default: nil
                }
            pending.append(Pending(symbol: next, position: place, jump: jump))
            try operand()
        }
        while let last = pending.popLast() { finish(last) }
    }

    private mutating func finish(_ pending: Pending) {
        guard let jump = pending.jump else {
            emit(.operate(pending.symbol), at: pending.position)
            return
        }
        emit(.normalize, at: pending.position)
        steps[jump].instruction = pending.symbol == .and ? .jumpIfFalse(steps.count) : .jumpIfTrue(steps.count)
    }

    private mutating func operand() throws(AutoscaleError) {
        var prefixes: [(AutoscaleInstruction, AutoscalePosition)] = []
        while true {
            let place = position
            if take(.minus) != nil {
                prefixes.append((.negate, place))
            } else if take(.not) != nil {
                prefixes.append((.not, place))
            } else {
                break
            }
        }
        try primary()
        while take(.dot) != nil {
            let (name, place) = try memberName()
            emit(.member(name), at: place)
        }
        for (instruction, place) in prefixes.reversed() { emit(instruction, at: place) }
    }

    private mutating func primary() throws(AutoscaleError) {
        let place = position
        switch token {
        case .number(let number):
            index += 1
            emit(.push(.number(number)), at: place)
        case .text(let text):
            index += 1
            emit(.push(.text(text)), at: place)
        case .name(let name):
            index += 1
            try named(name, at: place)
        case .symbol(.open):
            index += 1
            try expression()
            try expect(.close)
        case .symbol(.openVector):
            index += 1
            let count = try list(to: .closeVector)
            emit(.makeVector(count), at: place)
        default:
            throw AutoscaleError.syntax(place, "Expected an expression, found \(token.description)")
        }
    }

    /// A call of a function, a call of a method of a variable, or a variable.
    private mutating func named(_ name: String, at place: AutoscalePosition) throws(AutoscaleError) {
        if let open = take(.open) {
            let count = try list(to: .close)
            if let function = AutoscaleFunction(rawValue: name) {
                emit(.call(function, count), at: open)
            } else {
                emit(.undefined(name), at: place)
            }
        } else if token == .symbol(.dot), case .name(let method) = peek(1), peek(2) == .symbol(.open) {
            index += 2
            // The service names the parenthesis as the place of what a method finds wrong.
            let open = try expect(.open)
            let count = try list(to: .close)
            emit(.callMethod(of: name, method, count), at: open)
        } else {
            emit(.load(name), at: place)
        }
    }

    private mutating func memberName() throws(AutoscaleError) -> (String, AutoscalePosition) {
        let place = position
        guard case .name(let name) = token else {
            throw AutoscaleError.syntax(place, "Expected a name, found \(token.description)")
        }
        index += 1
        guard token != .symbol(.open) else {
            throw AutoscaleError.syntax(place, "Only variables of the service have methods")
        }
        return (name, place)
    }

    /// Expressions with commas between them, and the symbol that closes them.
    private mutating func list(to end: AutoscaleToken.Symbol) throws(AutoscaleError) -> Int {
        if take(end) != nil { return 0 }
        var count = 0
        repeat {
            try expression()
            count += 1
        } while take(.comma) != nil
        try expect(end)
        return count
    }
}

extension AutoscaleParser {
    private var token: AutoscaleToken { tokens[index].token }
    private var position: AutoscalePosition { tokens[index].position }

    private func peek(_ offset: Int) -> AutoscaleToken {
        index + offset < tokens.count ? tokens[index + offset].token : .end
    }

    /// Takes a symbol, if it is the next, and returns where it stood.
    private mutating func take(_ symbol: AutoscaleToken.Symbol) -> AutoscalePosition? {
        guard token == .symbol(symbol) else { return nil }
        defer { index += 1 }
        return position
    }

    @discardableResult
    private mutating func expect(_ symbol: AutoscaleToken.Symbol) throws(AutoscaleError) -> AutoscalePosition {
        guard let place = take(symbol) else {
            throw AutoscaleError.syntax(position, "Expected '\(symbol.rawValue)', found \(token.description)")
        }
        return place
    }

    @discardableResult
    private mutating func emit(_ instruction: AutoscaleInstruction, at position: AutoscalePosition) -> Int {
        steps.append(AutoscaleFormula.Step(instruction: instruction, position: position))
        return steps.count - 1
    }
}
