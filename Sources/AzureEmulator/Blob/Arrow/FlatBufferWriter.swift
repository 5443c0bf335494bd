/// Writes a FlatBuffer, from its end to its beginning, so that what refers to something comes after it. Written from the
/// description of the format's internals; with that order the bytes are those that other writers make.
struct FlatBufferWriter {
    /// Where something begins: its distance from the end of the buffer.
    struct Offset: Sendable, Hashable {
        fileprivate let distance: Int
    }

    /// The bytes, the last one first.
    private var reversed: [UInt8] = []
    private var alignment = 1
    private var layouts: [(distance: Int, bytes: [UInt8])] = []
    private var tableStart = 0
    private var members: [(index: Int, distance: Int)] = []

    // MARK: Scalars

    /// Adds zeros, so that the distance is a multiple of a size once some more bytes are added.
    private mutating func align(_ size: Int, before count: Int = 0) {
        alignment = max(alignment, size)
        let rest = (reversed.count + count) % size
        if rest > 0 { reversed += repeatElement(0, count: size - rest) }
    }

    private mutating func push(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { reversed += $0 }
    }

    private mutating func pushReference(to target: Offset) {
        align(4)
        push(UInt32(reversed.count + 4 - target.distance))
    }

    // MARK: Tables

    /// Begins a table. Its members are added next, the largest first.
    mutating func startTable() {
        members = []
        tableStart = reversed.count
    }

    /// Adds a number, unless it is the one that a reader takes when there is none.
    mutating func add<Value: FixedWidthInteger>(_ index: Int, _ value: Value, unless usual: Value = 0) {
        guard value != usual else { return }
        align(MemoryLayout<Value>.size)
        push(value)
        members.append((index, reversed.count))
    }

    /// Adds something that was written before.
    mutating func add(_ index: Int, _ target: Offset?) {
        guard let target else { return }
        pushReference(to: target)
        members.append((index, reversed.count))
    }

    /// Ends the table: what tells where its members are stands before it, or is that of an earlier table alike.
    mutating func endTable() -> Offset {
        align(4)
        push(Int32(0))
        let table = reversed.count
        let last = members.map(\.index).max() ?? -1
        var entries = Array(repeating: UInt16(0), count: last + 1)
        for member in members { entries[member.index] = UInt16(table - member.distance) }
        let layout = [UInt16(4 + 2 * entries.count), UInt16(table - tableStart)] + entries
        let before = reversed.count
        for entry in layout.reversed() { push(entry) }
        let bytes = Array(reversed[before...])
        var position = reversed.count
        if let known = layouts.first(where: { $0.bytes == bytes }) {
            reversed.removeSubrange(before...)
            position = known.distance
        } else {
            layouts.append((position, bytes))
        }
        withUnsafeBytes(of: Int32(position - table).bigEndian) { reversed.replaceSubrange(table - 4..<table, with: $0) }
        return Offset(distance: table)
    }

    // MARK: Vectors

    mutating func string(_ text: String) -> Offset {
        let bytes = Array(text.utf8)
        align(4, before: bytes.count + 1)
        reversed.append(0)
        reversed += bytes.reversed()
        push(UInt32(bytes.count))
        return Offset(distance: reversed.count)
    }

    mutating func vector(_ targets: [Offset]) -> Offset {
        align(4, before: 4 * targets.count)
        for target in targets.reversed() { pushReference(to: target) }
        push(UInt32(targets.count))
        return Offset(distance: reversed.count)
    }

    /// A vector of structures of two numbers each.
    mutating func vector(_ pairs: [(Int64, Int64)]) -> Offset {
        align(4, before: 16 * pairs.count)
        align(8, before: 16 * pairs.count)
        for pair in pairs.reversed() {
            push(pair.1)
            push(pair.0)
        }
        push(UInt32(pairs.count))
        return Offset(distance: reversed.count)
    }

    /// The whole buffer, whose reader begins with a table.
    mutating func finish(_ root: Offset) -> [UInt8] {
        align(alignment, before: 4)
        pushReference(to: root)
        return reversed.reversed()
    }
}
