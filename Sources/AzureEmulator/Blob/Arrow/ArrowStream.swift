/// Writes a stream of Apache Arrow's interprocess format: a schema, and batches of rows. Written from the format's
/// specification.
struct ArrowStream: Sendable {
    static let mediaType = "application/vnd.apache.arrow.stream"

    private static let version: Int16 = 4

    private let fields: [ArrowField]

    init(_ fields: [ArrowField]) {
        self.fields = fields
    }

    /// The beginning of the stream.
    ///
    /// - Parameter metadata: What is told about the whole.
    func schema(metadata: [(String, String)] = []) -> [UInt8] {
        var buffer = FlatBufferWriter()
        let columns = fields.map { $0.write(to: &buffer) }
        let list = buffer.vector(columns)
        let entries = metadata.map { name, value in
            let (value, name) = (buffer.string(value), buffer.string(name))
            buffer.startTable()
            buffer.add(1, value)
            buffer.add(0, name)
            return buffer.endTable()
        }
        let notes = entries.isEmpty ? nil : buffer.vector(entries)
        buffer.startTable()
        buffer.add(2, notes)
        buffer.add(1, list)
        let schema = buffer.endTable()
        return Self.message(&buffer, type: 1, schema, body: [])
    }

    /// Rows of the stream.
    ///
    /// - Parameter count: How many there are.
    func batch(_ columns: [ArrowColumn], count: Int) -> [UInt8] {
        var batch = ArrowBatch()
        for column in columns { column.write(to: &batch) }
        var buffer = FlatBufferWriter()
        let nodes = buffer.vector(batch.nodes)
        let buffers = buffer.vector(batch.buffers)
        buffer.startTable()
        buffer.add(0, Int64(count))
        buffer.add(2, buffers)
        buffer.add(1, nodes)
        let record = buffer.endTable()
        return Self.message(&buffer, type: 3, record, body: batch.body)
    }

    /// What ends a stream.
    static let end: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]

    private static func message(
        _ buffer: inout FlatBufferWriter, type: UInt8, _ header: FlatBufferWriter.Offset, body: [UInt8]
    ) -> [UInt8] {
        buffer.startTable()
        buffer.add(3, Int64(body.count))
        buffer.add(2, header)
        buffer.add(0, version)
        buffer.add(1, type)
        let message = buffer.endTable()
        var metadata = buffer.finish(message)
        metadata += repeatElement(0, count: (8 - metadata.count % 8) % 8)
        var bytes: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
        withUnsafeBytes(of: Int32(metadata.count).littleEndian) { bytes += $0 }
        return bytes + metadata + body
    }
}
