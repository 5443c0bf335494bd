import AzureCore
import AzureEmulator
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes

extension Mistake {
    static let blobs: [Mistake] = [
        Mistake("The container is not there") { stage in
            try await stage.blobs().container("albums").blob("cat.jpg").upload(Data("purr".utf8))
        },
        Mistake("The container is there already") { stage in
            try await stage.pictures().create()
        },
        Mistake("The container's name has capitals") { stage in
            try await stage.blobs().container("Pictures").create()
        },
        Mistake("The blob is not there") { stage in
            _ = try await stage.pictures().blob("dog.jpg").download(upTo: 100)
        },
        Mistake("The blob is there already") { stage in
            try await stage.pictures().blob("cat.jpg").upload(Data("meow".utf8))
        },
        Mistake("The blob's name has a backslash") { stage in
            try await stage.pictures().blob("holiday\\cat.jpg").upload(Data("purr".utf8))
        },
        Mistake("The metadata's name has a hyphen") { stage in
            try await stage.pictures().blob("cat.jpg").upload(
                Data("purr".utf8), options: .init(overwrite: true, metadata: ["taken-on": "Friday"]))
        },
        Mistake("The blob has eleven tags") { stage in
            let tags = Dictionary(uniqueKeysWithValues: (1...11).map { ("tag\($0)", "") })
            try await stage.pictures().blob("cat.jpg").setTags(tags)
        },
        Mistake("Somebody else has changed the blob since it was read") { stage in
            let blob = try stage.pictures().blob("cat.jpg")
            let before = try await blob.properties()
            try await blob.upload(Data("purr".utf8), options: .init(overwrite: true))
            try await blob.upload(
                Data("meow".utf8), options: .init(conditions: BlobAccessConditions(ifMatch: before.etag)))
        },
        Mistake("Somebody else holds a lease on the blob") { stage in
            let blob = try stage.pictures().blob("leased.jpg")
            try await blob.upload(Data("purr".utf8))
            _ = try await blob.lease.acquire()
            try await blob.upload(Data("meow".utf8), options: .init(overwrite: true))
        },
        Mistake("A lease is acquired that somebody else holds") { stage in
            _ = try await stage.pictures().blob("leased.jpg").lease.acquire()
        },
        Mistake("The MD5 that is sent along is not the content's") { stage in
            try await stage.pictures().blob("sum.jpg").blockBlob.put(
                HTTPBody(Data("purr".utf8)), checksum: .md5(Data(count: 16)))
        },
        Mistake("Something on the way damages what is downloaded") { stage in
            let damaging = ClosureTransport { [transport = stage.transport] request, body, options in
                var response = try await transport.send(request, body: body, options: options)
                guard request.method == .get else { return response }
                var data = try await response.body.collect(upTo: 1000)
                // In the middle of the content, which stands between a head of 23 bytes and a checksum of 8.
                if data.count > 25 { data[24] ^= 1 }
                response.body = HTTPResponseBody(data)
                return response
            }
            _ = try await stage.pictures({ $0.transport = damaging }).blob("cat.jpg").download(upTo: 100)
        },
        Mistake("The blob is in the archive") { stage in
            let blob = try stage.pictures().blob("old.jpg")
            try await blob.upload(Data("purr".utf8), options: .init(accessTier: .archive))
            _ = try await blob.download(upTo: 100)
        },
        Mistake("Something is appended to a blob of blocks") { stage in
            try await stage.pictures().blob("cat.jpg").appendBlob.append(HTTPBody("more"))
        },
        Mistake("The blob is larger than the caller's limit") { stage in
            _ = try await stage.pictures().blob("cat.jpg").download(upTo: 3)
        },
        Mistake("The range lies behind the blob's end") { stage in
            _ = try await stage.pictures().blob("cat.jpg").download(
                upTo: 100, options: .init(range: BlobRange(offset: 10, length: 5)))
        },
        Mistake("A blob with snapshots is deleted") { stage in
            let blob = try stage.pictures().blob("kept.jpg")
            try await blob.upload(Data("purr".utf8))
            _ = try await blob.createSnapshot()
            try await blob.delete()
        },
    ]

    static let files: [Mistake] = [
        Mistake("The file to upload is not there") { stage in
            try await stage.pictures().blob("new.jpg").upload(file: stage.directory + "/new.jpg")
        },
        Mistake("The directory to upload is not there") { stage in
            _ = try await stage.pictures().uploadDirectory(stage.directory + "/holiday")
        },
        Mistake("The directory of the file to write is not there") { stage in
            _ = try await stage.pictures().blob("cat.jpg").download(to: stage.directory + "/holiday/cat.jpg")
        },
        Mistake("The file to write is there already, and must not be replaced") { stage in
            let path = stage.directory + "/there.jpg"
            try Data("old".utf8).write(to: URL(fileURLWithPath: path))
            _ = try await stage.pictures().blob("cat.jpg").download(to: path, options: .init(overwrite: false))
        },
        Mistake("The file to upload is a directory") { stage in
            try await stage.pictures().blob("new.jpg").upload(file: stage.directory)
        },
    ]
}
