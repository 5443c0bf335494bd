import AzureTesting
import Foundation
import Testing

@testable import AzureEmulator

/// The witness is a look at each property by reflection, which knows nothing of how rows are written.
@Suite("Rows of the emulated Batch service")
struct BatchRowTests {
    @Test("Records come back as they were, whatever is in them", arguments: 1...30 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = RandomRecords(seed: seed)
        try check(random.task())
        try check(random.node())
        try check(random.event())
        try check(random.pool())
        try check(random.sample())
        try check(random.job())
        try check(random.schedule())
        try check(random.certificate())
    }

    private func check<Record: RecordCodable>(_ record: Record) throws {
        let data = RecordWriter.data(record)
        let read: Record = try RecordReader.value(data)
        #expect(Self.text(read) == Self.text(record))
        #expect(RecordWriter.data(read) == data)
    }

    /// Everything that is in a value, in an order that depends on nothing else.
    private static func text(_ value: Any) -> String {
        if let date = value as? Date { return "\(date.timeIntervalSinceReferenceDate.bitPattern)" }
        if let data = value as? Data { return data.base64EncodedString() }
        if let text = value as? String { return "\(Array(text.utf8))" }
        let mirror = Mirror(reflecting: value)
        guard !mirror.children.isEmpty else { return "\(value)" }
        var parts = mirror.children.map { "\($0.label ?? ""):\(text($0.value))" }
        if mirror.displayStyle == .dictionary || mirror.displayStyle == .set { parts.sort() }
        return "\(mirror.subjectType)(\(parts.joined(separator: ",")))"
    }

    @Test("Damaged rows are an error or another record, and nothing worse", arguments: 1...20 as ClosedRange<UInt64>)
    func damage(seed: UInt64) {
        var random = RandomRecords(seed: seed)
        for _ in 0..<30 {
            damage(RecordWriter.data(random.task()), &random, TaskRecord.self)
            damage(RecordWriter.data(random.node()), &random, NodeRecord.self)
            damage(RecordWriter.data(random.event()), &random, NodeLog.Entry.self)
            damage(RecordWriter.data(random.pool()), &random, PoolRecord.self)
            damage(RecordWriter.data(random.sample()), &random, AutoscaleSample.self)
            damage(RecordWriter.data(random.job()), &random, JobRecord.self)
            damage(RecordWriter.data(random.schedule()), &random, JobScheduleRecord.self)
            damage(RecordWriter.data(random.certificate()), &random, CertificateRecord.self)
        }
    }

    private func damage<Record: RecordCodable>(_ sound: Data, _ random: inout RandomRecords, _: Record.Type) {
        for _ in 0..<20 {
            var data = [UInt8](sound)
            for _ in 0...random.count(2) where !data.isEmpty {
                let place = random.count(data.count - 1)
                switch random.count(3) {
                case 0: data[place] = UInt8(random.count(255))
                case 1: data.removeLast(data.count - place)
                case 2: data.insert(UInt8(random.count(255)), at: place)
                default: data.remove(at: place)
                }
            }
            do {
                let record: Record = try RecordReader.value(Data(data))
                // Whatever it is now, it is something that can be kept.
                #expect(throws: Never.self) { try RecordReader.value(RecordWriter.data(record)) as Record }
            } catch {
                #expect(error is RecordDamage)
            }
        }
    }

    @Test(
        "What is no row of this format is an error",
        arguments: [[], [0], [2, 0], [1], [1, 0x80], [1] + [UInt8](repeating: 0xFF, count: 20)] as [[UInt8]])
    func noRow(bytes: [UInt8]) {
        #expect(throws: RecordDamage.self) { try RecordReader.value(Data(bytes)) as CertificateRecord }
        #expect(throws: RecordDamage.self) { try RecordReader.value(Data(bytes)) as [Int] }
    }
}
