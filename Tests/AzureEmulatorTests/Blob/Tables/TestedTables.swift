import AzureCore
import AzureTesting
import Foundation
import TestSupport

@testable import AzureEmulator

/// The implementations of the tables that every test of tables runs over.
enum TestedTables: CaseIterable, Sendable {
    case memory
    #if Emulator
    case sqlite
    #endif

    /// What takes in content for tables.
    func receiver(for tables: any BlobTables) -> ContentReceiver {
        #if Emulator
        if let tables = tables as? SQLiteBlobTables { return ContentReceiver(.directory(tables.contents.directory)) }
        #endif
        return ContentReceiver(.spool(SpoolFile()))
    }

    /// Runs a test over empty tables.
    func with(_ body: (any BlobTables) async throws -> Void) async throws {
        switch self {
        case .memory: try await body(InMemoryBlobTables())
        #if Emulator
        case .sqlite:
            try await withTemporaryDirectory { directory in
                try await body(
                    SQLiteBlobTables(
                        directory.path + "/blob.sqlite", content: ContentDirectory(directory.path + "/content"),
                        time: ManualClock().timeSource))
            }
        #endif
        }
    }
}
