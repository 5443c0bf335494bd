import AzureCore
import BatchModels
import Foundation
import Testing

func decode<Model: Decodable>(_ json: String, as type: Model.Type = Model.self) throws -> Model {
    try BatchJSON.decode(type, from: Data(json.utf8))
}

func requestText(_ model: some BatchModel) throws -> String {
    String(decoding: try BatchJSON.requestBody(model), as: UTF8.self)
}

@Suite("On the wire")
struct WireRulesTests {
    @Test("enums compare without regard to case and keep what was received")
    func enums() throws {
        let policy: BatchTaskSchedulingPolicy = try decode(#"{"nodeFillType":"Spread"}"#)
        #expect(policy.nodeFillType == .spread)
        #expect(!(policy.nodeFillType != .spread))
        #expect(policy.nodeFillType?.rawValue == "Spread")
        #expect(policy.nodeFillType?.hashValue == BatchNodeFillType.spread.hashValue)
        #expect(try requestText(policy) == #"{"nodeFillType":"Spread"}"#)
        switch policy.nodeFillType {
        case .spread?: break
        default: Issue.record("a switch does not find the value")
        }
    }

    @Test("enums take values that this version does not know")
    func unknownEnum() throws {
        let node: BatchNode = try decode(#"{"id":"n","state":"dreaming"}"#)
        #expect(node.state?.rawValue == "dreaming")
        #expect(node.state?.isKnown == false)
        #expect(node.state != .idle)
        #expect(BatchNodeState(rawValue: "IDLE").isKnown)
    }

    @Test(
        "dates have 0 to 7 digits of fractions",
        arguments: [
            ("2024-02-29T12:00:00Z", 0.0), ("2024-02-29T12:00:00.5Z", 0.5), ("2024-02-29T12:00:00.25Z", 0.25),
            ("2024-02-29T12:00:00.125Z", 0.125), ("2024-02-29T12:00:00.0625Z", 0.0625),
            ("2024-02-29T12:00:00.03125Z", 0.03125), ("2024-02-29T12:00:00.015625Z", 0.015625),
            ("2024-02-29T12:00:00.9921875Z", 0.9921875),
        ])
    func dates(text: String, fraction: Double) throws {
        let job: BatchJob = try decode(#"{"id":"j","creationTime":"\#(text)"}"#)
        let date = try #require(job.creationTime?.date)
        #expect(date.timeIntervalSince1970 == 1_709_208_000 + fraction)
        let kept = String(decoding: try JSONEncoder().encode(job), as: UTF8.self)
        #expect(kept.contains("\"\(text)\""))
    }

    @Test(
        "dates go back as they came, to the last of seven digits, as recorded answers of the service have them",
        arguments: ["2024-05-29T19:58:33.1988818Z", "2026-01-02T03:04:05.1000000Z", "0001-01-01T00:00:00Z"])
    func exactDates(text: String) throws {
        let job: BatchJob = try decode(#"{"id":"j","creationTime":"\#(text)"}"#)
        #expect(String(decoding: try JSONEncoder().encode(job), as: UTF8.self).contains("\"\(text)\""))
        let schedule: BatchJobScheduleConfiguration = try decode(#"{"doNotRunUntil":"\#(text)"}"#)
        #expect(try requestText(schedule) == #"{"doNotRunUntil":"\#(text)"}"#)
    }

    @Test("a date or duration that cannot be read keeps its text and spares the rest of the item")
    func unreadableDates() throws {
        let job: BatchJob = try decode(
            #"{"id":"j","creationTime":"soon","priority":7,"constraints":{"maxWallClockTime":"for ever"}}"#)
        #expect(job.creationTime?.text == "soon")
        #expect(job.creationTime?.date == nil)
        #expect(job.priority == 7)
        #expect(job.constraints?.maxWallClockTime?.text == "for ever")
        #expect(job.constraints?.maxWallClockTime?.duration == nil)
        #expect("\(job)".contains("soon"))
    }

    @Test("a date is given as a date, and a duration in any unit")
    func given() throws {
        let schedule = BatchJobScheduleConfiguration(
            doNotRunUntil: .init(Date(timeIntervalSince1970: 1_767_323_045.5)), recurrenceInterval: .days(1))
        #expect(
            try requestText(schedule) == #"{"doNotRunUntil":"2026-01-02T03:04:05.5Z","recurrenceInterval":"P1D"}"#)
    }

    @Test(
        "durations survive a round trip, those with years and months that the service accepts as well",
        arguments: [
            "P10675199DT2H48M5.4775807S", "PT0S", "PT15M", "P7D", "PT1.5S", "PT0.0000001S", "P3Y6M4DT12H30M5S", "P1M",
            "PT90M",
        ])
    func durations(text: String) throws {
        let constraints: BatchTaskConstraints = try decode(#"{"maxWallClockTime":"\#(text)"}"#)
        #expect(constraints.maxWallClockTime != nil)
        #expect(try requestText(constraints) == #"{"maxWallClockTime":"\#(text)"}"#)
    }

    @Test("a duration of zero is PT0S")
    func zeroDuration() throws {
        #expect(try requestText(BatchTaskConstraints(retentionTime: .zero)) == #"{"retentionTime":"PT0S"}"#)
    }

    @Test("a negative duration is refused, but can be described")
    func negativeDuration() {
        let constraints = BatchTaskConstraints(retentionTime: .seconds(-1))
        #expect(throws: EncodingError.self) { try BatchJSON.requestBody(constraints) }
        #expect(constraints.description.contains("-1"))
    }

    @Test(
        "numbers of 64 bits are strings, and plain numbers are accepted",
        arguments: ["\"9007199254740993\"", "9007199254740993"])
    func int64(json: String) throws {
        let properties: FileProperties = try decode(#"{"contentLength":\#(json)}"#)
        #expect(properties.contentLength == 9_007_199_254_740_993)
        #expect(try requestText(properties) == #"{"contentLength":"9007199254740993"}"#)
    }

    @Test(
        "what is no number, or no text where one is due, is an error that names the place",
        arguments: [
            (#"{"contentLength":"many"}"#, "contentLength"), (#"{"lastModified":5}"#, "lastModified"),
            (#"{"contentLength":[]}"#, "contentLength"),
        ])
    func badValues(json: String, field: String) {
        #expect {
            let _: FileProperties = try decode(json)
        } throws: { error in
            "\(error)".contains(field)
        }
    }

    @Test("unknown fields and nulls are skipped")
    func unknownFields() throws {
        let pool: BatchPool = try decode(
            #"{"odata.metadata":"https://x/$metadata#pools/@Element","id":"p","future":{"a":[1]},"vmSize":null}"#)
        #expect(pool == BatchPool(id: "p"))
    }

    @Test(
        "settings of an extension are any JSON and go back as the same, as official examples have both of these",
        arguments: [
            #"{"autoUpgradeMinorVersion":true,"settings":{"a":"x","b":1,"c":{"d":[true,null]}}}"#,
            #"{"settings":"{\"fileUris\":[\"https://x/y\"],\"commandToExecute\":\"sh y\"}"}"#, #"{"settings":[1,2.5]}"#,
            #"{"settings":false}"#,
        ])
    func settings(json: String) throws {
        let vmExtension: VMExtension = try decode(json)
        #expect(try requestText(vmExtension) == json)
        let pool: BatchPool = try decode(
            #"{"id":"p","virtualMachineConfiguration":{"extensions":[\#(json)]}}"#)
        #expect(pool.virtualMachineConfiguration?.extensions == [vmExtension])
    }

    @Test("settings read alike whether they are an object or a string that holds one")
    func parsedSettings() throws {
        for json in [#"{"settings":{"proxy":{"ports":[1,2]}}}"#, #"{"settings":"{\"proxy\":{\"ports\":[1,2]}}"}"#] {
            let vmExtension: VMExtension = try decode(json)
            #expect(vmExtension.settings?.parsed["proxy"]?["ports"]?[1] == 2)
            #expect(vmExtension.settings?.parsed["proxy"]?["ports"]?[2] == nil)
            #expect(vmExtension.settings?.parsed["none"] == nil)
        }
    }

    @Test("what only the service sets never goes out, in nested models neither")
    func readOnly() throws {
        var job: BatchJob = try decode(Fixtures.job)
        job.priority = 5
        let sent = try requestText(job)
        #expect(sent.contains(#""priority":5"#))
        for name in ["\"id\"", "\"url\"", "eTag", "creationTime", "executionInfo", "stats", "exactVersion"] {
            #expect(!sent.contains(name), "\(name)")
        }
        let pool = BatchPoolSpecification(
            vmSize: "a",
            virtualMachineConfiguration: VirtualMachineConfiguration(
                imageReference: .init(publisher: "p", exactVersion: "1.2.3"), nodeAgentSKUID: "agent"))
        #expect(!(try requestText(pool)).contains("exactVersion"))
        #expect(try requestText(pool).contains(#""publisher":"p""#))
    }

    @Test("slashes are not escaped, and fields come in the order of their names")
    func layout() throws {
        let task = BatchTaskCreateOptions(id: "t", commandLine: "/bin/true")
        #expect(try requestText(task) == #"{"commandLine":"/bin/true","id":"t"}"#)
    }

    @Test("a nested value can be changed in place")
    func nestedMutation() {
        var pool = BatchPoolCreateOptions(id: "p", vmSize: "s")
        pool.startTask = BatchStartTask(commandLine: "a")
        let copy = pool
        pool.startTask?.commandLine = "b"
        #expect(pool.startTask?.commandLine == "b")
        #expect(copy.startTask?.commandLine == "a")
        #expect(copy != pool)
    }

    @Test("models are small enough to be kept in large arrays")
    func size() {
        #expect(MemoryLayout<BatchTaskCreateOptions>.size < 300)
        #expect(MemoryLayout<BatchPool>.size < 1000)
    }
}
