import AzureCore

/// Opens the tables that keep the Batch service beyond its process.
///
/// - Parameter path: The file.
/// - Throws: An `AzureError` when that cannot be, or this build is without the package trait `Emulator`.
func openBatchTables(_ path: String) async throws -> any BatchTables {
    #if Emulator
    try await SQLiteBatchTables(path)
    #else
    throw AzureError.invalidArgument(EmulatorTrait.isMissing(for: "what keeps data beyond the process"))
    #endif
}
