import AzureCrypto

/// Short names for long ones.
enum Fingerprint {
    /// 16 hexadecimal digits that differ for different texts.
    static func of(_ text: String) -> String {
        Digest.of(text.utf8, .sha256).prefix(8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
