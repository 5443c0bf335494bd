import AzureCore
import HTTPTypes

extension BatchConnection {
    /// Sends a call whose answer is about a file.
    func fileProperties(_ call: BatchCall) async throws -> BatchFileProperties {
        BatchFileProperties(try await answer(to: call).head.headerFields)
    }

    /// Sends a call whose answer is a file.
    func download(_ call: BatchCall) async throws -> BatchFileDownload {
        var call = call
        call.isStreamed = true
        let answer = try await answer(to: call)
        guard !answer.body.isDecoded else {
            throw answer.context.error(
                .contentDecoded,
                "The transport decoded the content of the file, so that these are not the file's bytes. "
                    + "Use a transport that leaves it as it is.")
        }
        return BatchFileDownload(
            properties: BatchFileProperties(answer.head.headerFields), stream: checked(answer))
    }

    /// The body, ending with an error where it breaks off, or is shorter or longer than announced.
    private func checked(_ answer: BatchAnswer) -> HTTPByteStream {
        HTTPByteStream(
            LengthCheckedChunks(base: answer.body.stream, length: answer.body.length, context: answer.context))
    }
}

/// Chunks that must make up an announced number of bytes, where one was announced.
private struct LengthCheckedChunks: AsyncSequence, Sendable {
    typealias Element = HTTPByteStream.Element

    let base: HTTPByteStream
    let length: Int64?
    let context: BatchErrorContext

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), length: length, context: context)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: HTTPByteStream.AsyncIterator
        let length: Int64?
        let context: BatchErrorContext
        var received: Int64 = 0

        mutating func next() async throws -> Element? {
            do {
                if let chunk = try await base.next() {
                    received += Int64(chunk.count)
                    if received <= length ?? .max { return chunk }
                } else if received == length ?? received {
                    return nil
                }
            } catch let error as CancellationError {
                throw error
            } catch {
                let failure = AzureError(error)
                throw context.error(failure.code, failure.message, underlying: failure.underlying)
            }
            throw context.error(
                .truncatedBody, "The file was announced with \(length ?? 0) bytes, and \(received) arrived.")
        }
    }
}
