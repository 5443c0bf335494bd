#if DEBUG
extension BlobCalls {
    private static let properties = """
        200
        ETag: "0x8D"
        Last-Modified: Fri, 02 Jan 2026 03:04:05 GMT
        Content-Length: 5
        Content-Type: text/plain
        x-ms-blob-type: BlockBlob
        x-ms-creation-time: Fri, 02 Jan 2026 03:04:05 GMT
        x-ms-meta-Owner: me
        x-ms-or-p1_r1: complete
        x-ms-lease-state: leased
        x-ms-lease-time: 5
        x-ms-blob-sequence-number: 9
        x-ms-blob-committed-block-count: 3
        x-ms-blob-append-offset: 7
        x-ms-tag-count: 4
        x-ms-copy-id: c-1
        x-ms-copy-status: success
        x-ms-copy-progress: 1/2
        x-ms-copy-completion-time: Fri, 02 Jan 2026 03:04:05 GMT
        x-ms-version-id: v2
        x-ms-snapshot: s1
        x-ms-lease-id: l
        Content-MD5: XUFAKrxLKna5cZ2REBfFkg==
        x-ms-content-crc64: 14MoK6cXb/M=
        x-ms-immutability-policy-until-date: Fri, 02 Jan 2026 03:04:05 GMT
        x-ms-deny-encryption-scope-override: true

        hello
        """

    private static let refused = """
        409
        x-ms-error-code: ContainerBeingDeleted
        Retry-After: 1

        <?xml version="1.0" encoding="utf-8"?><Error><Code>ContainerBeingDeleted</Code><Message>No.
        RequestId:1
        Time:2026-01-02T03:04:05Z</Message><A>b</A></Error>
        """

    private static let part = """
        206
        ETag: "0x8D"
        Content-Range: bytes 0-4/5
        Content-Length: 5

        hello
        """

    private static let serviceAnswers = [
        "service.properties": "<StorageServiceProperties><Logging><Version>1.0</Version><Delete>true</Delete>"
            + "<RetentionPolicy><Enabled>true</Enabled><Days>7</Days></RetentionPolicy></Logging><Cors><CorsRule>"
            + "<AllowedOrigins>a,b</AllowedOrigins><MaxAgeInSeconds>5</MaxAgeInSeconds></CorsRule></Cors>"
            + "<DefaultServiceVersion>2026-10-06</DefaultServiceVersion></StorageServiceProperties>",
        "service.statistics": "<StorageServiceStats><GeoReplication><Status>live</Status><LastSyncTime>"
            + "Fri, 02 Jan 2026 03:04:05 GMT</LastSyncTime></GeoReplication></StorageServiceStats>",
        "service.userDelegationKey": "<UserDelegationKey><SignedOid>o</SignedOid><SignedTid>t</SignedTid><SignedStart>"
            + "2026-01-01T00:00:00Z</SignedStart><SignedExpiry>2026-01-02T00:00:00Z</SignedExpiry><SignedService>b"
            + "</SignedService><SignedVersion>v</SignedVersion><Value>a2V5</Value></UserDelegationKey>",
        "service.listContainers": XMLListSeeds.containers, "service.findBlobs": XMLListSeeds.found,
        "container.listBlobs": XMLListSeeds.blobs, "container.listBlobsByHierarchy": XMLListSeeds.blobs,
        "container.download": XMLListSeeds.blobs, "container.findBlobs": XMLListSeeds.found,
        "container.accessPolicy": "<SignedIdentifiers><SignedIdentifier><Id>i</Id><AccessPolicy><Start>"
            + "2026-01-01T00:00:00.1234567Z</Start><Expiry/><Permission>rw</Permission></AccessPolicy>"
            + "</SignedIdentifier></SignedIdentifiers>",
        "blob.tags": "<Tags><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tags>",
        "block.list": XMLListSeeds.blocks, "page.ranges": XMLListSeeds.pages, "page.rangesDiff": XMLListSeeds.pages,
        "blob.uploadResumably": XMLListSeeds.blocks,
    ]

    private static let multipart =
        "202\nContent-Type: multipart/mixed; boundary=b\n\n--b\r\nContent-Type: application/http"
        + "\r\nContent-ID: 0\r\n\r\nHTTP/1.1 202 Accepted\r\n\r\n\r\n--b\r\nContent-ID: 1\r\n\r\nHTTP/1.1 404 No\r\n"
        + "x-ms-error-code: BlobNotFound\r\n\r\n\r\n--b--"

    private static let encryptedHead = """
        206
        ETag: "0x8D"
        Content-Range: bytes 0-32/33
        x-ms-meta-encryptiondata: {"WrappedContentKey":{"KeyId":"k","EncryptedKey":"AAAA","Algorithm":"A256KW"},\
        "EncryptionAgent":{"Protocol":"2.0","EncryptionAlgorithm":"AES_GCM_256"},"EncryptedRegionInfo":{"DataLength":\
        4194304,"NonceLength":12},"KeyWrappingMetadata":{}}

        012345678901234567890123456789012
        """

    private static func bytes(_ parts: String...) -> [UInt8] { Array(parts.joined(separator: "\u{1E}").utf8) }

    static let seeds: [[UInt8]] = {
        var seeds: [[UInt8]] = []
        for call in all {
            if let answer = serviceAnswers[call.name] {
                seeds.append(bytes(call.name, "200\nx-ms-request-id: s-1\nETag: \"0x8D\"\n\n\(answer)"))
            } else if call.name.contains("batch") {
                seeds.append(bytes(call.name, multipart))
            } else if call.name.hasPrefix("encrypted") {
                seeds.append(bytes(call.name, encryptedHead))
            } else if call.name.contains("download") {
                seeds.append(bytes(call.name, part))
            } else {
                seeds.append(bytes(call.name, properties))
            }
        }
        let query = bytes("blob.query", "200\nContent-Type: avro/binary\n\n") + AvroSeeds.query
        let structured =
            bytes(
                "blob.download",
                "206\nETag: \"0x8D\"\nContent-Range: bytes 0-2/3\nx-ms-structured-body: XSM/1.0; properties=crc64\n"
                    + "x-ms-structured-content-length: 3\n\n") + StructuredSeeds.message("abc", segment: 2)
        return seeds + [
            query, structured, bytes("blob.properties", refused), bytes("container.create", refused, properties),
            bytes("blob.download", "503\nRetry-After: 5\n\n", part),
            bytes("blob.download", "break\nContent-Length: 5\n\nhe", part),
            bytes("blob.downloadResumably", properties, part), bytes("blob.downloadStream", part, part),
            bytes("blob.upload", "201\n\n", properties),
        ]
    }()
}
#endif
