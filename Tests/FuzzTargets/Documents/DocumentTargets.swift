#if DEBUG
import AzureCore
import BatchModels
import Foundation

@testable import AzureEmulator
@testable import BlobStorage

extension FuzzTarget {
    /// XML and JSON, as the clients and as the emulator read them.
    static let documents: [FuzzTarget] = [xml, emulatorXML, xmlLists, json, batchModels]

    private static let xmlWords = [
        "<", ">", "/>", "</", "<?xml version=\"1.0\" encoding=\"utf-8\"?>", "<![CDATA[", "]]>", "<!--", "-->",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&amp;", "&#10;", "&#x10FFFF;", "&#0;", "&b;", "\u{FEFF}", " a=\"b\"",
    ]

    private static let xml = FuzzTarget(
        "xml", words: xmlWords,
        seeds: [
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><a b=\"c\" d='e'><f>g&amp;h</f><i/><![CDATA[j]]><!--k--></a>",
            "\u{FEFF}<a>\r\n&#x41;</a>", "<a><a><a><a/></a></a></a>",
        ]
    ) { input in
        guard let element = try accepting({ try XMLElement.parse(Data(input), maxBytes: 1 << 20) }) else { return }
        // What was read is written and read again, where it is something that can be written.
        var writer = XMLWriter()
        guard (try? write(element, to: &writer)) != nil else { return }
        let again = try accepting { try XMLElement.parse(writer.data) }
        try require(again?.name == element.name, "'\(element.name)' is not the same after writing and reading.")
        try require(again?.children.count == element.children.count, "Children are lost by writing and reading.")
    }

    private static func write(_ element: AzureCore.XMLElement, to writer: inout XMLWriter) throws {
        guard !element.children.isEmpty else { return try writer.element(element.name, text: element.text) }
        try writer.element(element.name) { writer in
            for child in element.children { try write(child, to: &writer) }
        }
    }

    private static let emulatorXML = FuzzTarget(
        "emulator-xml", words: xmlWords,
        seeds: [
            "<?xml version=\"1.0\"?><BlockList><Latest>QUFB</Latest><Committed>QUJB</Committed></BlockList>",
            "<Tags><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tags>", "<a b=\"c\">&lt;</a>",
        ]
    ) { input in
        guard let tree = XMLTree(parsing: Data(input)) else { return }
        _ = tree.child("TagSet")
    }

    private static let xmlLists = FuzzTarget(
        "xml-lists",
        words: xmlWords + [
            "<Blob>", "</Blob>", "<Name Encoded=\"true\">", "<Properties>", "<Content-Length>", "<Metadata>", "<Tags>",
            "<BlobPrefix>", "<NextMarker>", "<OrMetadata>", "<Deleted>true</Deleted>",
        ],
        seeds: XMLListSeeds.all
    ) { input in
        let body = Data(input)
        try accepting { _ = try BlobListParser<BlobItem>.parse(body) }
        try accepting { _ = try BlobListParser<BlobHierarchyItem>.parse(body) }
        try accepting { _ = try ContainerListParser.parse(body) }
        try accepting { _ = try FoundBlobParser.parse(body) }
        try accepting { _ = try PageRangeParser.parse(body) }
    }

    private static let jsonWords = [
        "{", "}", "[", "]", ":", ",", "\"", "\\u0000", "\\ud83d", "\\ude00", "\\\"", "null", "true", "false", "1e308",
        "-0", "\u{FEFF}", "1E-400",
    ]

    private static let json = FuzzTarget(
        "json", words: jsonWords,
        seeds: [
            #"{"a":[1,-2.5e3,true,false,null,"\u00fc\ud83d\ude00\n"],"b":{}}"#, "[[[[[[[[]]]]]]]]", "\"a\"", "-0.0",
            #"{"a":9223372036854775807,"a":9223372036854775808}"#,
        ]
    ) { input in
        guard let value = try? JSONValue(parsing: Data(input)) else { return }
        let again = try? JSONValue(parsing: value.data)
        try require(again == value, "JSON is not the same after writing and reading: \(value.data.count) bytes.")
    }

    private static let batchModels = FuzzTarget(
        "batch-models",
        words: jsonWords + [
            "\"id\":", "\"state\":", "\"PT5M\"", "\"2026-01-02T03:04:05Z\"", "\"settings\":", "\"value\":",
        ],
        seeds: JSONSeeds.all
    ) { input in
        let data = Data(input)
        // Only values that were refused are anybody's business, not what they are refused with: the client makes an
        // `AzureError` of it, which is what the targets of its operations look at.
        try roundTrip(BatchPool.self, data)
        try roundTrip(BatchTask.self, data)
        try roundTrip(BatchJob.self, data)
        try roundTrip(BatchJobSchedule.self, data)
        try roundTrip(BatchNode.self, data)
    }

    private static func roundTrip<Model: BatchModel>(_ type: Model.Type, _ data: Data) throws {
        guard let value = try? BatchJSON.decode(type, from: data) else { return }
        _ = "\(value)"
        guard let written = try? JSONEncoder().encode(value) else { return }
        let again = try? BatchJSON.decode(type, from: written)
        try require(again == value, "\(type) is not the same after encoding and decoding.")
    }
}
#endif
