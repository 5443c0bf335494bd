import AzureCore
import AzureCrypto
import HTTPTypes
import StorageCore

import struct Foundation.Data

/// A call that would have made a blob, of which a try ended without an answer, and which then met a blob.
struct UnansweredCreation {
    /// What a look at the blob found.
    enum Finding {
        /// The call made it; the answer describes it.
        case own(ServiceAnswer)
        /// Somebody else made it.
        case foreign
        /// It cannot be told.
        case unknown(String, underlying: (any Error)? = nil)
    }

    let connection: BlobConnection
    /// What was sent.
    let request: BlobRequest
    /// What the blob would hold, where the call sends that.
    let content: HTTPBody?
    /// The names of the blocks that the blob would be made of.
    let blocks: [BlockID]?
    /// When the call began, by the clock that never goes back.
    let start: Duration

    /// Finds out whose blob it is. An error of the look is a reason not to know; cancellation is thrown.
    func look() async throws -> Finding {
        do {
            var response = try await connection.send(propertiesRequest)
            let fields = response.head.headerFields
            var verdict = CreatedBlobTrace(of: request.headers).verdict(
                on: fields, since: connection.time(of: response.head, since: start))
            if verdict == .alike { verdict = try await contentVerdict(fields) }
            switch verdict {
            case .foreign: return .foreign
            case .unknown(let reason): return .unknown(reason)
            case .alike:
                // What a write says of its encryption has another name here.
                response.head.headerFields[.requestServerEncrypted] = fields[.serverEncrypted]
                return .own(response)
            }
        } catch let error as AzureError {
            return .unknown(error.message, underlying: error)
        }
    }

    /// Asks for the properties, with the key that the blob would have.
    private var propertiesRequest: BlobRequest {
        var result = BlobRequest(
            "Blob.GetProperties", .head, container: request.container, blob: request.blob, success: [200], call: call)
        for name in [HTTPField.Name.encryptionKey, .encryptionKeySHA256, .encryptionAlgorithm] {
            result.headers[name] = request.headers[name]
        }
        return result
    }

    private var call: CallOptions { request.call.forLooking }

    /// Compares what the blob holds with what was sent.
    private func contentVerdict(_ fields: HTTPFields) async throws -> CreatedBlobTrace.Verdict {
        if let blocks {
            let client = BlobClient(
                connection: connection, containerName: request.container ?? "", name: request.blob ?? "")
            let list = try await client.blockBlob.blockList(.committed, options: BlobPropertiesOptions(call: call))
            return list.committed.map(\.id) == blocks ? .alike : .foreign
        }
        if request.headers[.copySource] != nil {
            guard let sent = request.headers[.sourceContentMD5], let found = fields[.contentMD5] else {
                return .unknown("What the source held is not known here.")
            }
            return sent == found ? .alike : .foreign
        }
        guard let content, let length = content.length else { return .alike }
        guard fields.length(.contentLength) == length else { return .foreign }
        if length == 0 || request.headers[.blobContentMD5] != nil { return .alike }
        guard let found = fields.base64(.contentMD5) else {
            return .unknown("The service keeps no MD5 of it.")
        }
        return try await Self.md5(of: content) == found ? .alike : .foreign
    }

    private static func md5(of body: HTTPBody) async throws -> Data {
        var digest = Digest(.md5)
        for try await chunk in body.chunks() { digest.update(chunk) }
        return Data(digest.finish())
    }
}

extension BlobConnection {
    /// When a call began, by the service's clock.
    ///
    /// - Parameters:
    ///   - head: An answer that came just now.
    ///   - start: When the call began, by the clock that never goes back.
    func time(of head: HTTPResponse, since start: Duration) -> CreatedBlobTrace.Time {
        CreatedBlobTrace.Time(
            now: head.headerFields.timestamp(.date)?.date ?? timeSource.now(),
            elapsed: (timeSource.uptime() - start).seconds)
    }
}

extension CallOptions {
    /// The same for a look at what an earlier try has done, which is none of the answers that the caller hears of.
    var forLooking: CallOptions {
        var call = withoutDate
        call.onResponse = nil
        return call
    }
}
