import ArgumentParser
import BlobStorage
import Foundation
import FramePicture

/// Where the frames are: a container, reached with nothing but a signature.
struct FrameStore: Sendable {
    /// The environment variable with the URL.
    static let variable = "FRAMES_URL"
    /// The largest frame that is taken for one.
    private static let sizeLimit = 64 * 1024 * 1024
    /// Blobs with these metadata are known to come from a sample. The client has the same.
    private static let mark: BlobMetadata = ["madeby": "azure-swift-examples"]

    let container: BlobContainerClient

    /// The name of the blob of a frame, so that names sort as numbers do.
    static func name(ofFrame number: Int) -> String {
        let digits = String(number)
        return "frames/\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits).ppm"
    }

    /// Runs a task with the container that the environment names. What it fails with is one line of standard error, where
    /// the Batch service keeps it.
    static func run(_ body: (FrameStore) async throws -> Void) async throws {
        do {
            guard let url = ProcessInfo.processInfo.environment[variable], !url.isEmpty else {
                throw FrameFailure("\(variable) is not set")
            }
            try await body(FrameStore(container: try BlobContainerClient(url: url)))
        } catch {
            FileHandle.standardError.write(Data("RenderFrame: \(error)\n".utf8))
            throw ExitCode.failure
        }
    }

    /// Uploads a file; a retry of a task replaces what the first try has left.
    func write(_ bytes: [UInt8], to name: String, type: String) async throws {
        try await container.blob(name).upload(
            Data(bytes),
            options: .init(overwrite: true, httpHeaders: .init(contentType: type), metadata: Self.mark))
        print("Uploaded \(bytes.count) bytes as [\(name)].")
    }

    /// Reads a frame.
    func picture(_ number: Int) async throws -> Picture {
        let name = Self.name(ofFrame: number)
        let file = try await container.blob(name).download(upTo: Self.sizeLimit)
        guard let picture = Picture(ppm: Array(file)) else { throw FrameFailure("blob [\(name)] is no frame") }
        return picture
    }
}
