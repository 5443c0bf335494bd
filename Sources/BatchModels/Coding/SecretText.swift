import AzureCore

/// Finds secrets inside of command lines, URLs and other texts.
enum SecretText {
    /// Replaces signatures, tokens and account keys.
    static func hide(in text: String) -> String {
        let redacted = Redactor.text(text)
        // An account key is 64 bytes: 86 characters of base64 and two equals signs.
        guard redacted.utf8.count >= 88, redacted.contains("==") else { return redacted }
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
        run.hasSuffix("==") && run.utf8.count >= 88 ? Redactor.mark : run
    }

    private static func isBase64(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "+/=".contains(character))
    }
}
