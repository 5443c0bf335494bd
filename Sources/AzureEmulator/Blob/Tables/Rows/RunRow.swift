import struct Foundation.Data

/// The blocks of a run as bytes: for each of them its id, and which part of which stored bytes it is.
enum RunRow {
    /// A block, as it lies in tables.
    struct Block: Sendable, Hashable {
        /// The id in base64.
        var id: String?
        /// The row of the stored bytes; nil for zeros.
        var content: Int64?
        /// Where the part begins, or the mark of zeros.
        var start: Int64
        var length: Int64
    }

    static func data(of blocks: [Block]) -> Data {
        var data = Data()
        data.reserveCapacity(blocks.count * 24)
        for block in blocks {
            // Zero stands for none, so that an empty id is one.
            put(block.id.map { UInt64($0.utf8.count) + 1 } ?? 0, to: &data)
            if let id = block.id { data.append(contentsOf: id.utf8) }
            put(UInt64(bitPattern: block.content ?? 0), to: &data)
            put(UInt64(bitPattern: block.start), to: &data)
            put(UInt64(bitPattern: block.length), to: &data)
        }
        return data
    }

    /// - Throws: An `AzureError` when these are not the bytes of a run.
    static func blocks(_ data: Data) throws -> [Block] {
        var result: [Block] = []
        var index = data.startIndex
        while index < data.endIndex {
            let idLength = try number(data, &index)
            var id: String?
            if idLength > 0 {
                guard let count = Int(exactly: idLength - 1), count <= data.endIndex - index,
                    let text = String(validating: data[index..<index + count], as: UTF8.self)
                else { throw FieldReader.damaged }
                id = text
                index += count
            }
            let content = Int64(bitPattern: try number(data, &index))
            let start = Int64(bitPattern: try number(data, &index))
            let length = Int64(bitPattern: try number(data, &index))
            guard content >= 0, start >= 0, length >= 0,
                content == 0 || !start.addingReportingOverflow(length).overflow
            else {
                throw FieldReader.damaged
            }
            result.append(Block(id: id, content: content == 0 ? nil : content, start: start, length: length))
        }
        return result
    }

    static func put(_ number: UInt64, to data: inout Data) {
        var rest = number
        while rest >= 0x80 {
            data.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        data.append(UInt8(rest))
    }

    static func number(_ data: Data, _ index: inout Data.Index) throws -> UInt64 {
        var (result, shift): (UInt64, UInt64) = (0, 0)
        while true {
            guard index < data.endIndex, shift < 64 else { throw FieldReader.damaged }
            let byte = data[index]
            index += 1
            guard shift < 63 || byte <= 1 else { throw FieldReader.damaged }
            result |= UInt64(byte & 0x7F) << shift
            guard byte & 0x80 != 0 else { return result }
            shift += 7
        }
    }
}

/// Which runs make a content, as bytes.
enum RunList {
    struct Entry: Sendable, Hashable {
        var row: Int64
        var length: Int64
        var count: Int
    }

    static func data(of entries: [Entry]) -> Data {
        var data = Data()
        for entry in entries {
            RunRow.put(UInt64(bitPattern: entry.row), to: &data)
            RunRow.put(UInt64(bitPattern: entry.length), to: &data)
            RunRow.put(UInt64(entry.count), to: &data)
        }
        return data
    }

    /// - Throws: An `AzureError` when these are not the bytes of a list.
    static func entries(_ data: Data) throws -> [Entry] {
        var result: [Entry] = []
        var (index, total) = (data.startIndex, Int64(0))
        while index < data.endIndex {
            let row = Int64(bitPattern: try RunRow.number(data, &index))
            let length = Int64(bitPattern: try RunRow.number(data, &index))
            let (end, isTooLong) = total.addingReportingOverflow(length)
            guard let count = Int(exactly: try RunRow.number(data, &index)), (1...ContentRun.size).contains(count),
                row > 0, length >= 0, !isTooLong
            else { throw FieldReader.damaged }
            total = end
            result.append(Entry(row: row, length: length, count: count))
        }
        return result
    }
}
