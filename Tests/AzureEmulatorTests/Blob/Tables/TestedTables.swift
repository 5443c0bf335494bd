@testable import AzureEmulator

/// The implementations of the tables that every test of tables runs over.
enum TestedTables: CaseIterable, Sendable {
    case memory

    func make() throws -> any BlobTables {
        switch self {
        case .memory: InMemoryBlobTables()
        }
    }
}
