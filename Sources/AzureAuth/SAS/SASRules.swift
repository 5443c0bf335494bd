import AzureCore

/// What holds for every shared access signature, whatever it is for.
enum SASRules {
    /// Refuses values that would end their line of the signed text: whatever followed would be signed as another
    /// field.
    ///
    /// - Parameter fields: The names of the values, for the error, and the values.
    static func requireSingleLines(_ fields: [(name: String, value: String?)]) throws {
        for (name, value) in fields where value?.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) == true {
            throw AzureError.invalidArgument(
                "The \(name) of a shared access signature has a line break or another control character.")
        }
    }

    /// Refuses a time of validity that has none, and times that are none.
    static func requireOrder(startsOn: AzureTimestamp?, expiresOn: AzureTimestamp?) throws {
        for (name, time) in [("start", startsOn), ("expiry", expiresOn)] {
            guard let time, !time.isReadable else { continue }
            throw AzureError.invalidArgument(
                "The \(name) of a shared access signature is '\(time.text.prefix(60))', which is no time.")
        }
        guard let startsOn, let expiresOn, startsOn >= expiresOn else { return }
        throw AzureError.invalidArgument(
            "A shared access signature would end at \(expiresOn.sasTime), which is not after its start at "
                + "\(startsOn.sasTime).")
    }

    /// Refuses anything but `a.b.c.d` and `a.b.c.d-e.f.g.h`.
    static func requireIPv4(_ range: String?) throws {
        guard let range else { return }
        let ends = range.split(separator: "-", omittingEmptySubsequences: false).map(address)
        guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first <= last else {
            throw AzureError.invalidArgument(
                "The IP range of a shared access signature is '\(range)'; it must be an IPv4 address or a range of "
                    + "them, such as '10.0.0.1-10.0.0.9'.")
        }
    }

    private static func address(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        return parts.reduce(0) { address, part in
            guard let address, part.utf8.allSatisfy({ (48...57).contains($0) }), let byte = UInt8(part) else {
                return nil
            }
            return address << 8 | UInt32(byte)
        }
    }
}
