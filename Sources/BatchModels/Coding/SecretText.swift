import AzureCore

/// Finds secrets inside of command lines, URLs and other texts.
enum SecretText {
    /// Replaces signatures, tokens and account keys.
    static func hide(in text: String) -> String {
        let redacted = Redactor.text(text)
        // An account key is 64 bytes: 86 characters of base64 and two equals signs, which URLs percent-encode.
        guard redacted.utf8.count >= 88, redacted.contains("==") || redacted.contains("%3") else { return redacted }
        var result = ""
        var run = ""
        for character in redacted {
            if isBase64(character) {
                run.append(character)
                continue
            }
            result += shown(run)
            result.append(character)
            run = ""
        }
        return result + shown(run)
    }

    private static func shown(_ run: String) -> String {
        guard run.utf8.count >= 88 else { return run }
        let plain = run.contains("%") ? PercentEncoding.decode(run) ?? run : run
        return plain.hasSuffix("==") && plain.utf8.count >= 88 ? Redactor.mark : run
    }

    private static func isBase64(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "+/=%".contains(character))
    }
}
