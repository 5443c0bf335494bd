/// The form of the names of virtual machines' sizes, as Azure documents it: a tier, a family with the number of processors,
/// those of them that are used, features, and what else is told apart: `Standard_E64-16ds_v5`, `Standard_NC24ads_A100_v4`.
/// Which sizes there are changes with time and region, so that only names that none can have are refused.
enum VMSizeName {
    /// Whether a size can have a name; the services compare it without regard to case.
    static func isPossible(_ name: String) -> Bool {
        let parts = name.lowercased().utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard (2...6).contains(parts.count), tiers.contains(where: { parts[0].elementsEqual($0.utf8) }) else {
            return false
        }
        return isFamily(parts[1]) && parts[2...].allSatisfy { (1...8).contains($0.count) && $0.allSatisfy(isWord) }
    }

    private static let tiers = ["standard", "basic"]

    /// Letters, a number, perhaps a second one behind a hyphen, and perhaps letters for features.
    private static func isFamily(_ text: Substring.UTF8View) -> Bool {
        var rest = text[...]
        func take(_ isWanted: (UInt8) -> Bool, atMost count: Int) -> Int {
            let taken = rest.prefix(while: isWanted).count
            rest = rest.dropFirst(taken)
            return taken <= count ? taken : 0
        }
        guard take(isLetter, atMost: 4) > 0, take(isDigit, atMost: 4) > 0 else { return false }
        if rest.first == UInt8(ascii: "-") {
            rest = rest.dropFirst()
            guard take(isDigit, atMost: 4) > 0 else { return false }
        }
        return rest.count <= 6 && rest.allSatisfy(isLetter)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
}
