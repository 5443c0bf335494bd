/// Takes a formula apart in one pass over its bytes.
struct AutoscaleLexer {
    /// A token and where it begins.
    struct Located: Sendable {
        let token: AutoscaleToken
        let position: AutoscalePosition
    }

    private let bytes: [UInt8]
    private var index = 0
    private var position = AutoscalePosition()

    private init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The tokens of a formula, the last of which is its end.
    ///
    /// - Throws: An ``AutoscaleError`` with the place of what is no token.
    static func tokens(of text: String) throws(AutoscaleError) -> [Located] {
        var lexer = AutoscaleLexer(text)
        var tokens: [Located] = []
        while true {
            lexer.skipBlanks()
            let start = lexer.position
            let token = try lexer.next()
            tokens.append(Located(token: token, position: start))
            if token == .end { return tokens }
        }
    }

    private func peek(_ offset: Int = 0) -> UInt8? {
        index + offset < bytes.count ? bytes[index + offset] : nil
    }

    /// Goes on by one byte. Bytes that continue a character begin no column.
    private mutating func advance() {
        if bytes[index] == UInt8(ascii: "\n") {
            position.line += 1
            position.column = 1
        } else if bytes[index] & 0xC0 != 0x80 {
            position.column += 1
        }
        index += 1
    }

    /// Skips white space, and comments from two slashes to the end of the line.
    private mutating func skipBlanks() {
        while let byte = peek() {
            if byte == UInt8(ascii: " ") || (9...13).contains(byte) {
                advance()
            } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
                while let byte = peek(), byte != UInt8(ascii: "\n") { advance() }
            } else {
                return
            }
        }
    }

    private mutating func next() throws(AutoscaleError) -> AutoscaleToken {
        guard let byte = peek() else { return .end }
        if Self.isNameStart(byte) { return try name() }
        if Self.isDigit(byte) || byte == UInt8(ascii: ".") && peek(1).map(Self.isDigit) == true {
            return try number()
        }
        if byte == UInt8(ascii: "\"") { return try text() }
        return try symbol()
    }

    private mutating func name() throws(AutoscaleError) -> AutoscaleToken {
        let (start, place) = (index, position)
        advance()
        while let byte = peek(), Self.isNamePart(byte) { advance() }
        let name = String(decoding: bytes[start..<index], as: UTF8.self)
        guard name != "$" else { throw AutoscaleError.syntax(place, "A name must follow '$'") }
        return .name(name)
    }

    private mutating func number() throws(AutoscaleError) -> AutoscaleToken {
        let (start, place) = (index, position)
        skipDigits()
        if peek() == UInt8(ascii: "."), peek(1).map(Self.isDigit) == true {
            advance()
            skipDigits()
        }
        if let letter = peek(), letter | 0x20 == UInt8(ascii: "e") {
            let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
            if peek(sign ? 2 : 1).map(Self.isDigit) == true {
                advance()
                if sign { advance() }
                skipDigits()
            }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard let number = Double(text.hasPrefix(".") ? "0" + text : text), number.isFinite else {
            throw AutoscaleError.syntax(place, "The number is too large")
        }
        if let byte = peek(), Self.isNamePart(byte) {
            throw AutoscaleError.syntax(place, "A number must not run into a name")
        }
        return .number(number)
    }

    private mutating func skipDigits() {
        while let byte = peek(), Self.isDigit(byte) { advance() }
    }

    private mutating func text() throws(AutoscaleError) -> AutoscaleToken {
        let place = position
        advance()
        let start = index
        while let byte = peek(), byte != UInt8(ascii: "\"") { advance() }
        guard peek() != nil else { throw AutoscaleError.syntax(place, "The text has no closing quote") }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        advance()
        return .text(text)
    }

    /// The longest symbol that stands here.
    private mutating func symbol() throws(AutoscaleError) -> AutoscaleToken {
        for length in [2, 1] where index + length <= bytes.count {
            let text = String(decoding: bytes[index..<index + length], as: UTF8.self)
            guard let symbol = AutoscaleToken.Symbol(rawValue: text) else { continue }
            for _ in 0..<length { advance() }
            return .symbol(symbol)
        }
        throw AutoscaleError.syntax(position, "Unexpected character")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "$") || byte == UInt8(ascii: "_")
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        byte != UInt8(ascii: "$") && isNameStart(byte) || isDigit(byte)
    }
}
