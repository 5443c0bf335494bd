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
            VariableLengthNumber.append(block.id.map { UInt64($0.utf8.count) + 1 } ?? 0, to: &data)
            if let id = block.id { data.append(contentsOf: id.utf8) }
            VariableLengthNumber.append(UInt64(bitPattern: block.content ?? 0), to: &data)
            VariableLengthNumber.append(UInt64(bitPattern: block.start), to: &data)
            VariableLengthNumber.append(UInt64(bitPattern: block.length), to: &data)
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

    static func number(_ data: Data, _ index: inout Data.Index) throws -> UInt64 {
        let number = try VariableLengthNumber.read {
            guard index < data.endIndex else { throw FieldReader.damaged }
            defer { index += 1 }
            return data[index]
        }
        guard let number else { throw FieldReader.damaged }
        return number
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
            VariableLengthNumber.append(UInt64(bitPattern: entry.row), to: &data)
            VariableLengthNumber.append(UInt64(bitPattern: entry.length), to: &data)
            VariableLengthNumber.append(UInt64(entry.count), to: &data)
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
