/// Writes the error codes that AzureCore does not have.
struct ErrorCodeWriter {
    func write(_ codes: [ErrorCodeFacts]) -> SourceFile {
        var file = SourceFile(imports: ["public import AzureCore"])
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
