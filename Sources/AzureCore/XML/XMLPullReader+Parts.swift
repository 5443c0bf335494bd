// Every function here reads the document through the same buffer, which has all of it, and starts at `position`.

extension XMLPullReader {
    mutating func step(_ document: UnsafeBufferPointer<UInt8>) throws -> Event {
        while position < document.count {
            if document[position] != UInt8(ascii: "<") {
                if try readText(document) { return .text }
                continue
            }
            guard position + 1 < document.count else { throw endedTooEarly }
            switch document[position + 1] {
            case UInt8(ascii: "?"): try skipInstruction(document)
            case UInt8(ascii: "!"): if try readDeclaration(document) { return .text }
            case UInt8(ascii: "/"): return try readEnd(document)
            default: return try readStart(document)
            }
        }
        guard open.isEmpty, hasRoot else { throw endedTooEarly }
        return .endOfDocument
    }

    /// Whether it is a text of an element; otherwise it is the white space around the root.
    private mutating func readText(_ document: UnsafeBufferPointer<UInt8>) throws -> Bool {
        let start = position
        guard !open.isEmpty else {
            skipSpace(document)
            guard position == document.count || document[position] == UInt8(ascii: "<") else {
                throw error("text stands outside its root")
            }
            return false
        }
        var kind = TextKind.plain
        var index = start
        while index < document.count {
            let byte = document[index]
            if byte.isPlainXMLText {
                index += 1
                continue
            }
            if byte == UInt8(ascii: "<") { break }
            switch byte {
            case UInt8(ascii: "&"):
                kind = .encoded
                index = try reference(document, at: index).end
                continue
            case UInt8(ascii: ">"):
                if index >= start + 2, document[index - 1] == UInt8(ascii: "]"),
                    document[index - 2] == UInt8(ascii: "]")
                {
                    throw error("']]>' stands in a text", at: index - 2)
                }
            case UInt8(ascii: "\r"): kind = .encoded
            default: try checkCharacter(document, at: index)
            }
            index += 1
        }
        position = index
        textRange = start..<index
        textKind = kind
        return true
    }

    private mutating func readStart(_ document: UnsafeBufferPointer<UInt8>) throws -> Event {
        guard !open.isEmpty || !hasRoot else { throw error("it has a second root") }
        guard open.count < depthLimit else { throw error("it is nested deeper than \(depthLimit) elements") }
        position += 1
        name = try readName(document)
        if !attributeRanges.isEmpty { attributeRanges.removeAll(keepingCapacity: true) }
        guard position < document.count else { throw endedTooEarly }
        if document[position] == UInt8(ascii: ">") {
            position += 1
        } else {
            try readAttributes(document)
        }
        open.append(name)
        hasRoot = true
        return .start
    }

    /// To the end of a start tag.
    private mutating func readAttributes(_ document: UnsafeBufferPointer<UInt8>) throws {
        while true {
            let start = position
            skipSpace(document)
            guard position < document.count else { throw endedTooEarly }
            if document[position] == UInt8(ascii: ">") {
                position += 1
                return
            }
            if document[position] == UInt8(ascii: "/") {
                position += 1
                try skip(UInt8(ascii: ">"), document, or: "a start tag is not closed")
                isEmptyElement = true
                return
            }
            guard position > start else { throw error("white space is missing before an attribute") }
            let attribute = try readAttribute(document)
            let name = document[attribute.name]
            guard !attributeRanges.contains(where: { document[$0.name].elementsEqual(name) }) else {
                throw error("an attribute stands twice", at: attribute.name.lowerBound)
            }
            guard attributeRanges.count < Self.maxAttributes else {
                throw error("an element has more than \(Self.maxAttributes) attributes")
            }
            attributeRanges.append(attribute)
        }
    }

    private mutating func readAttribute(_ document: UnsafeBufferPointer<UInt8>) throws -> Attribute {
        let name = try readName(document)
        skipSpace(document)
        try skip(UInt8(ascii: "="), document, or: "an attribute has no value")
        skipSpace(document)
        guard position < document.count else { throw endedTooEarly }
        let quote = document[position]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw error("the value of an attribute is not quoted")
        }
        let start = position + 1
        var index = start
        while index < document.count, document[index] != quote {
            switch document[index] {
            case UInt8(ascii: "<"): throw error("'<' stands in an attribute", at: index)
            case UInt8(ascii: "&"): index = try reference(document, at: index).end
            default:
                try checkCharacter(document, at: index)
                index += 1
            }
        }
        guard index < document.count else { throw endedTooEarly }
        position = index + 1
        return Attribute(name: name, value: start..<index)
    }

    private mutating func readEnd(_ document: UnsafeBufferPointer<UInt8>) throws -> Event {
        guard let started = open.last else { throw error("an end tag ends no element") }
        let start = position + 2
        guard document.count - start > started.count else { throw endedTooEarly }
        for offset in 0..<started.count where document[start + offset] != document[started.lowerBound + offset] {
            throw wrongEnd
        }
        position = start + started.count
        guard !document[position].isXMLName else { throw wrongEnd }
        name = started
        skipSpace(document)
        try skip(UInt8(ascii: ">"), document, or: "an end tag is not closed")
        open.removeLast()
        return .end
    }

    /// A comment is skipped, CDATA is a text, everything else is refused.
    private mutating func readDeclaration(_ document: UnsafeBufferPointer<UInt8>) throws -> Bool {
        if matches("<!--", document, at: position) {
            let end = try find("--", document, from: position + 4)
            position = end + 2
            try skip(UInt8(ascii: ">"), document, or: "'--' stands in a comment")
            return false
        }
        guard matches("<![CDATA[", document, at: position) else {
            throw error("it has a document type declaration, which is never accepted, or is not well formed")
        }
        guard !open.isEmpty else { throw error("text stands outside its root") }
        let start = position + 9
        let end = try find("]]>", document, from: start)
        textRange = start..<end
        textKind = document[textRange].contains(UInt8(ascii: "\r")) ? .cdata : .plain
        position = end + 3
        return true
    }

    private mutating func skipInstruction(_ document: UnsafeBufferPointer<UInt8>) throws {
        let start = position
        position += 2
        let target = try readName(document)
        if target.count == 3, document[target].elementsEqual("xml".utf8, by: { $0 | 0x20 == $1 }) {
            guard start == 0 || (start == 3 && document[0] == 0xEF), matches("xml", document, at: target.lowerBound)
            else { throw error("an XML declaration stands inside it", at: start) }
            return try readXMLDeclaration(document)
        }
        guard !matches("?>", document, at: position) else { return position += 2 }
        guard position < document.count else { throw endedTooEarly }
        guard document[position].isXMLSpace else { throw error("an instruction has no name", at: start) }
        position = try find("?>", document, from: position) + 2
    }

    /// `<?xml version="1.0" encoding="utf-8" standalone="yes"?>`, from behind `<?xml`.
    private mutating func readXMLDeclaration(_ document: UnsafeBufferPointer<UInt8>) throws {
        var rest = ["version", "encoding", "standalone"][...]
        while true {
            let start = position
            skipSpace(document)
            if matches("?>", document, at: position) { break }
            guard position < document.count else { throw endedTooEarly }
            guard position > start else { throw error("its XML declaration is not well formed") }
            let attribute = try readAttribute(document)
            let name = String(decoding: document[attribute.name], as: UTF8.self)
            let value = String(decoding: document[attribute.value], as: UTF8.self)
            guard let index = rest.firstIndex(of: name), name == "version" || rest.first != "version" else {
                throw error("its XML declaration is not well formed", at: start)
            }
            rest = rest[(index + 1)...]
            try checkDeclared(name, value, at: attribute.value.lowerBound)
        }
        guard rest.first != "version" else { throw error("its XML declaration has no version") }
        position += 2
    }

    private func checkDeclared(_ name: String, _ value: String, at index: Int) throws {
        switch name {
        case "version":
            let minor = value.dropFirst(2).utf8
            guard value.hasPrefix("1."), !minor.isEmpty, minor.allSatisfy({ (48...57).contains($0) }) else {
                throw error("it is of another version of XML", at: index)
            }
        case "encoding":
            guard ["utf-8", "us-ascii", "ascii"].contains(value.lowercased()) else {
                throw error("its encoding is not UTF-8", at: index)
            }
        default:
            guard value == "yes" || value == "no" else {
                throw error("its XML declaration is not well formed", at: index)
            }
        }
    }
}
