import AzureCore

import struct Foundation.Data

/// Refuses arguments that the service cannot take, before anything is sent.
enum Checks {
    /// The most characters of a blob's name.
    static let maxBlobName = 1024
    /// The most parts, separated by slashes, of a blob's name.
    static let maxBlobSegments = 254

    static func containerName(_ name: String) throws {
        func fail(_ reason: String) -> AzureError {
            .invalidArgument("The container name '\(name.prefix(80))' \(reason).")
        }
        guard !name.isEmpty else { throw AzureError.invalidArgument("The container name is empty.") }
        guard !["$root", "$logs", "$web", "$blobchangefeed"].contains(name) else { return }
        guard (3...63).contains(name.utf8.count) else { throw fail("must have 3 to 63 characters") }
        guard name.utf8.allSatisfy({ isLowerAlphanumeric($0) || $0 == UInt8(ascii: "-") }) else {
            throw fail("may only have lower-case letters, digits and hyphens")
        }
        guard name.first != "-", name.last != "-", !name.contains("--") else {
            throw fail("must start and end with a letter or digit, without two hyphens in a row")
        }
    }

    static func blobName(_ name: String) throws {
        guard !name.isEmpty else { throw AzureError.invalidArgument("The blob name is empty.") }
        let count = name.utf16.count
        guard count <= maxBlobName else {
            throw AzureError.invalidArgument(
                "The blob name '\(name.prefix(60))…' has \(count) characters; the service allows \(maxBlobName).")
        }
        let segments = name.utf8.count { $0 == UInt8(ascii: "/") } + 1
        guard segments <= maxBlobSegments else {
            throw AzureError.invalidArgument(
                "The blob name '\(name.prefix(60))…' has \(segments) parts separated by '/'; the service allows "
                    + "\(maxBlobSegments).")
        }
        guard let change = changeByService(of: name) else { return }
        throw AzureError.invalidArgument(
            "The blob name '\(name.prefix(200))' \(change), so that the blob would not be found by this name. Choose "
                + "another one.")
    }

    /// What the service makes of a name before it looks at it, as every HTTP server of its kind does with a path; nil
    /// when it takes the name as it is.
    private static func changeByService(of name: String) -> String? {
        if name.utf8.contains(UInt8(ascii: "\\")) { return "has a '\\', which the service takes for a '/'" }
        for part in name.utf8.split(separator: UInt8(ascii: "/")) where part.last == UInt8(ascii: ".") {
            return part.count <= 2 && part.allSatisfy { $0 == UInt8(ascii: ".") }
                ? "has the part '\(String(decoding: part, as: UTF8.self))', which the service resolves as a path"
                : "has a part that ends with a '.', which the service drops"
        }
        return nil
    }

    static func md5(_ digest: Data) throws {
        guard digest.count == 16 else {
            throw AzureError.invalidArgument("An MD5 has 16 bytes; this one has \(digest.count).")
        }
    }

    static func crc64(_ checksum: Data) throws {
        guard checksum.count == 8 else {
            throw AzureError.invalidArgument("A CRC-64 has 8 bytes; this one has \(checksum.count).")
        }
    }

    /// Refuses a place in a blob that is none.
    static func position(_ position: Int64?) throws {
        if let position, position < 0 {
            throw AzureError.invalidArgument("A position in a blob is not negative; this one is \(position).")
        }
    }

    /// Refuses a body that is larger than an operation takes.
    static func size(_ size: Int64, atMost limit: Int64, of what: String) throws {
        guard size >= 0 else { throw AzureError.invalidArgument("\(what) cannot have \(size) bytes.") }
        guard size <= limit else {
            throw AzureError.invalidArgument(
                "\(what) of \(size) bytes is larger than the \(limit) bytes that the service takes.")
        }
    }

    private static func isLowerAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

/// What the service takes at most.
enum Limits {
    static let mebibyte: Int64 = 1024 * 1024
    /// One Put Blob.
    static let putBlob = 5000 * mebibyte
    /// One Put Block.
    static let block = 4000 * mebibyte
    /// Blocks of a blob.
    static let blocks = 50_000
    /// One Append Block.
    static let append = 100 * mebibyte
    /// One write of pages.
    static let pageWrite = 4 * mebibyte
    /// A page blob: 8 TiB.
    static let pageBlob = 8 * 1024 * 1024 * mebibyte
    /// A page.
    static let page: Int64 = 512
    /// What is copied while the caller waits.
    static let synchronousCopy = 256 * mebibyte
    /// The expression of a query.
    static let queryExpression = 256 * 1024
    /// Parts of a transfer that are under way at once, each a task and a request.
    static let partsUnderWay = 10_000
    /// Entries of a page of a list.
    static let pageSize = 5000
}
