#if Emulator
import AzureCore

import struct Foundation.Data

/// A run of bytes that never changes: in memory, or in a file that goes away with the last piece that refers to it.
struct ContentPiece: Sendable {
    private enum Storage: Sendable {
        case memory(Data)
        case file(SpoolFile)
    }

    let length: Int64
    private let storage: Storage

    init(_ data: Data) {
        length = Int64(data.count)
        storage = .memory(data)
    }

    init(_ file: SpoolFile, length: Int64) {
        self.length = length
        storage = .file(file)
    }

    /// Some of the bytes, in chunks of at most 256 KiB.
    func chunks(from offset: Int64, count: Int64) -> HTTPByteStream {
        switch storage {
        case .memory(let data):
            let start = data.startIndex + Int(offset)
            return HTTPBody(data[start..<start + Int(count)]).chunks()
        case .file(let file):
            return HTTPBody(file: HTTPBody.FileRange(path: file.path, offset: offset, length: count)).chunks()
        }
    }
}
#endif
