/// Writes the error codes that AzureCore does not have.
struct ErrorCodeWriter {
    func write(_ codes: [ErrorCodeFacts], to file: SourceFile) -> SourceFile {
        var file = file
        file.line()
        file.block("extension AzureErrorCode {") { file in
            for code in codes where code.inAzureCore != true {
                file.doc(code.doc ?? "")
                file.line("public static let \(code.name) = AzureErrorCode(\(code.code.quoted))")
            }
        }
        return file
    }
}
