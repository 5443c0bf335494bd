import AzureCore

import struct Foundation.Data

/// Reads a page of a list of page ranges.
enum PageRangeParser {
    static func parse(_ body: Data) throws -> Page<PageRange> {
        var reader = try XMLPullReader(body)
        var items: [PageRange] = []
        var marker = ""
        try reader.enterRoot("PageList")
        while try reader.nextChild() {
            try ListPage.check(entries: items.count)
            if reader.isElement("PageRange") {
                items.append(try range(&reader, isCleared: false))
            } else if reader.isElement("ClearRange") {
                items.append(try range(&reader, isCleared: true))
            } else if reader.isElement("NextMarker") {
                marker = try reader.readElementText()
            } else {
                try reader.skipElement()
            }
        }
        return Page(items: items, continuationToken: marker.isEmpty ? nil : marker)
    }

    private static func range(_ reader: inout XMLPullReader, isCleared: Bool) throws -> PageRange {
        var (start, end): (Int64?, Int64?)
        try reader.readFields(["Start", "End"]) { index, text in
            if index == 0 { start = text.integer } else { end = text.integer }
        }
        guard let start, let end, start >= 0, end >= start, end < .max else {
            throw AzureError(
                code: .invalidResponse, message: "A page range in the answer of the service is none.")
        }
        return PageRange(offset: start, length: end - start + 1, isCleared: isCleared)
    }
}
