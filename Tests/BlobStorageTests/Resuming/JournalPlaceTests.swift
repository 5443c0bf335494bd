import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import BlobStorage

@Suite("Where the journal of a transfer is kept")
struct JournalPlaceTests {
    private static let content = ResumableTransferTests.content
    private static let small = ResumableTransferTests.small

    @Test("a download goes on with the journal that the caller names, wherever that is", arguments: 1...12)
    func elsewhere(failingFrom first: Int) async throws {
        try await withTemporaryDirectory { directory in
            let (path, journal) = (directory + "/file", directory + "/journals/one")
            try FileManager.default.createDirectory(
                atPath: directory + "/journals", withIntermediateDirectories: false)
            let stored = StoredBlob(Self.content, metadata: [:])
            let options = BlobDownloadOptions(transfer: Self.small)
            let (failing, _) = try ResumableTransferTests.blob(stored, failingFrom: first)
            _ = try await failure { try await failing.downloadResumably(to: path, journal: journal, options: options) }
            #expect(FileManager.default.fileExists(atPath: journal) == (first > 1))
            let (blob, _) = try ResumableTransferTests.blob(stored)
            let result = try await blob.downloadResumably(to: path, journal: journal, options: options)
            #expect(result.resumption.isResumed || first <= 3)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Self.content)
            #expect(try ResumableTransferTests.names(directory) == ["file", "journals"])
            #expect(try ResumableTransferTests.names(directory + "/journals") == [])
        }
    }

    @Test("two journals of one file are two transfers, of which neither harms the other")
    func two() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/file"
            let stored = StoredBlob(Self.content, metadata: [:])
            let options = BlobDownloadOptions(transfer: Self.small)
            for (journal, first) in [("one", 7), ("two", 5)] {
                let (failing, _) = try ResumableTransferTests.blob(stored, failingFrom: first)
                _ = try await failure {
                    try await failing.downloadResumably(
                        to: path, journal: "\(directory)/\(journal)", options: options)
                }
            }
            #expect(try ResumableTransferTests.names(directory).count == 4)
            let (blob, _) = try ResumableTransferTests.blob(stored)
            let result = try await blob.downloadResumably(to: path, journal: directory + "/one", options: options)
            #expect(result.resumption.isResumed)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Self.content)
        }
    }

    @Test("a journal that cannot be made is said to be what cannot, and where it can be put")
    func unwritable() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/file"
            try Self.content.write(to: URL(fileURLWithPath: path))
            let stored = StoredBlob(Self.content, metadata: [:])
            let (blob, transport) = try ResumableTransferTests.blob(stored)
            let journal = path + "/journal"
            let up = try await failure {
                try await blob.uploadResumably(file: path, journal: journal, options: .init(transfer: Self.small))
            }
            let down = try await failure {
                try await blob.downloadResumably(
                    to: directory + "/copy", journal: journal, options: .init(transfer: Self.small))
            }
            for error in [up, down] {
                #expect(error.code == .fileError)
                #expect(
                    error.message.hasPrefix(
                        "The journal of the transfer, '\(journal)', cannot be written. It stands beside the file unless"
                    ),
                    "\(error.message)")
                #expect(error.message.contains("parameter 'journal'"))
            }
            #expect(transport.requests.allSatisfy { $0.method == .head })
            #expect(try ResumableTransferTests.names(directory) == ["file"])
        }
    }

    #if os(Linux)
    // Nobody, not even a superuser, can make a file there.
    @Test("a file in a directory that cannot be written to has a journal elsewhere, or an error that says so")
    func readOnlyDirectory() async throws {
        let file = "/proc/self/exe"
        let stored = StoredBlob()
        let (blob, transport) = try ResumableTransferTests.blob(stored)
        let error = try await failure { try await blob.uploadResumably(file: file) }
        #expect(
            error.code == .fileError
                && error.message.contains("The journal of the transfer, '/proc/self/.azure-upload-"))
        #expect(error.message.contains("name one in a directory that can be written to"), "\(error.message)")
        #expect(transport.requests.isEmpty)
    }
    #endif
}
