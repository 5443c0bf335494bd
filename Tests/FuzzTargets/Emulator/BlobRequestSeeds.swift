#if DEBUG
/// Requests to the Blob service, one for each operation at least.
enum BlobRequestSeeds {
    static let words = [
        "\u{1E}", "\n", "\n\n", "?comp=", "&comp=", "&restype=container", "&snapshot=", "&versionid=", "&marker=",
        "&maxresults=", "&prefix=", "&delimiter=/", "&include=snapshots,versions,deleted,tags,metadata", "&timeout=",
        "x-ms-range: bytes=0-511", "Range: bytes=", "If-Match: *", "If-None-Match: *", "x-ms-lease-id: ",
        "x-ms-meta-a: b", "x-ms-tags: a=b", "x-ms-if-tags: \"a\"='b'", "Content-MD5: ", "x-ms-content-crc64: ",
        "x-ms-blob-content-length: ", "x-ms-blob-sequence-number: ", "x-ms-sequence-number-action: increment",
        "x-ms-copy-source: http://127.0.0.1:10000/a/c/b", "x-ms-source-range: bytes=0-", "x-ms-lease-duration: ",
        "x-ms-lease-break-period: ", "x-ms-blob-condition-appendpos: ", "x-ms-blob-condition-maxsize: ",
        "x-ms-if-sequence-number-le: ", "x-ms-expiry-time: ", "x-ms-structured-body: XSM/1.0; properties=crc64",
        "x-ms-structured-content-length: ", "x-ms-access-tier: Archive",
        "If-Modified-Since: Fri, 02 Jan 2026 03:04:05 GMT",
        "GET ", "PUT ", "HEAD ", "DELETE ", "POST ", "/a/c/b", "/a/c/p", "/a/c/x", "/a-secondary/c", "/a/$root/b",
        "%2F",
        "x-ms-version: ", "x-ms-encryption-key: ", "Content-Length: ", "Transfer-Encoding: chunked",
        "x-ms-immutability-policy-until-date: Fri, 02 Jan 2099 03:04:05 GMT", "x-ms-snapshot: ",
    ]

    /// What every input begins with.
    static let beginning: [[UInt8]] = [
        "PUT /a/c?restype=container", "PUT /a/c/b\nx-ms-blob-type: BlockBlob\nx-ms-tags: a=b\n\ntom,7\nkitty,9\n",
        "PUT /a/c/x\nx-ms-blob-type: AppendBlob",
        "PUT /a/c/p\nx-ms-blob-type: PageBlob\nx-ms-blob-content-length: 2048",
        "PUT /a/c/p?comp=page\nx-ms-page-write: update\nx-ms-range: bytes=512-1023\n\n" + page,
    ].map { Array($0.utf8) }

    static let page = String(repeating: "p", count: 512)

    static let all = (service + containers + blobs + kinds + copies + documents).map { $0 }

    private static let service = [
        "GET /a?comp=list&prefix=c&maxresults=1&include=metadata,deleted", "GET /a?restype=account&comp=properties",
        "GET /a?restype=service&comp=properties", "GET /a-secondary?restype=service&comp=stats",
        "GET /a?comp=blobs&where=\"a\"='b'&maxresults=5&marker=x",
        "POST /a?restype=service&comp=userdelegationkey\n\n<KeyInfo><Start>2026-01-01T00:00:00Z</Start><Expiry>"
            + "2026-01-02T00:00:00Z</Expiry></KeyInfo>",
        "POST /a?comp=batch\nContent-Type: multipart/mixed; boundary=b\n\n--b\r\nContent-Type: application/http\r\n"
            + "Content-ID: 0\r\n\r\nDELETE /a/c/b HTTP/1.1\r\nAuthorization: Bearer t\r\n\r\n--b--",
    ]

    private static let containers = [
        "PUT /a/d?restype=container\nx-ms-meta-a: b\nx-ms-blob-public-access: blob\u{1E}GET /a/d?restype=container",
        "DELETE /a/c?restype=container\u{1E}PUT /a/c?restype=container&comp=undelete\nx-ms-deleted-container-name: c\n"
            + "x-ms-deleted-container-version: 1",
        "PUT /a/d?restype=container&comp=rename\nx-ms-source-container-name: c",
        "PUT /a/c?restype=container&comp=metadata\nx-ms-meta-a: b\u{1E}GET /a/c?restype=container&comp=metadata",
        "PUT /a/c?restype=container&comp=lease\nx-ms-lease-action: acquire\nx-ms-lease-duration: 15\u{1E}"
            + "PUT /a/c?restype=container&comp=lease\nx-ms-lease-action: break\nx-ms-lease-break-period: 5",
        "PUT /a/c?restype=container&comp=acl\n\n<SignedIdentifiers><SignedIdentifier><Id>i</Id><AccessPolicy><Start>"
            + "2026-01-01T00:00:00.1234567Z</Start><Expiry>2026-01-02</Expiry><Permission>rwd</Permission></AccessPolicy>"
            + "</SignedIdentifier></SignedIdentifiers>\u{1E}GET /a/c?restype=container&comp=acl",
        "GET /a/c?restype=container&comp=list&delimiter=/&prefix=&marker=&maxresults=2&include=snapshots,versions,tags,"
            + "uncommittedblobs,copy,deleted,metadata&startFrom=a",
        "GET /a/c?restype=container&comp=blobs&where=a='b'",
    ]

    private static let blobs = [
        "GET /a/c/b\nx-ms-range: bytes=0-3\nx-ms-range-get-content-md5: true", "HEAD /a/c/b\nIf-None-Match: *",
        "GET /a/c/b\nRange: bytes=5-\nx-ms-structured-body: XSM/1.0; properties=crc64",
        "PUT /a/c/b?comp=snapshot\u{1E}DELETE /a/c/b\nx-ms-delete-snapshots: only\u{1E}PUT /a/c/b?comp=undelete",
        "DELETE /a/c/b?deletetype=permanent&versionid=1", "PUT /a/c/b?comp=metadata\nx-ms-meta-a: b",
        "PUT /a/c/b?comp=properties\nx-ms-blob-content-type: text/plain\nx-ms-blob-cache-control: no-store",
        "PUT /a/c/b?comp=tier\nx-ms-access-tier: Archive\u{1E}GET /a/c/b\u{1E}PUT /a/c/b?comp=tier\nx-ms-access-tier: Hot",
        "PUT /a/c/b?comp=lease\nx-ms-lease-action: acquire\nx-ms-lease-duration: -1\nx-ms-proposed-lease-id: "
            + "11111111-1111-1111-1111-111111111111\u{1E}PUT /a/c/b?comp=lease\nx-ms-lease-action: renew\nx-ms-lease-id: "
            + "11111111-1111-1111-1111-111111111111",
        "PUT /a/c/b?comp=immutabilityPolicies\nx-ms-immutability-policy-until-date: Fri, 02 Jan 2099 03:04:05 GMT\n"
            + "x-ms-immutability-policy-mode: unlocked\u{1E}DELETE /a/c/b?comp=immutabilityPolicies",
        "PUT /a/c/b?comp=legalhold\nx-ms-legal-hold: true",
        "PUT /a/c/b?comp=expiry\nx-ms-expiry-option: RelativeToNow\nx-ms-expiry-time: 1500",
        "GET /a/c/b?comp=tags\nx-ms-if-tags: \"a\" = 'b' AND \"c\" <> 'd'", "GET /a/c/b?snapshot=2026-01-02T03:04:05Z",
        "PUT /a/c/b?comp=tags\n\n<Tags><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tags>",
    ]

    private static let kinds = [
        "PUT /a/c/b?comp=block&blockid=AAAA\nx-ms-content-crc64: AAAAAAAAAAA=\n\nabc\u{1E}PUT /a/c/b?comp=block&blockid=AAAB"
            + "\n\nabc\u{1E}PUT /a/c/b?comp=blocklist\n\n<BlockList><Latest>AAAB</Latest><Committed>AAAA</Committed>"
            + "</BlockList>\u{1E}GET /a/c/b?comp=blocklist&blocklisttype=all",
        "PUT /a/c/x?comp=appendblock\nx-ms-blob-condition-appendpos: 0\nx-ms-blob-condition-maxsize: 10\n\nabc\u{1E}"
            + "PUT /a/c/x?comp=seal\nx-ms-blob-condition-appendpos: 3\u{1E}GET /a/c/x",
        "PUT /a/c/p?comp=page\nx-ms-page-write: update\nx-ms-range: bytes=0-511\nx-ms-if-sequence-number-le: 0\n\n"
            + page,
        "PUT /a/c/p?comp=page\nx-ms-page-write: clear\nx-ms-range: bytes=512-1023\u{1E}GET /a/c/p?comp=pagelist&maxresults=1",
        "PUT /a/c/p?comp=properties\nx-ms-blob-content-length: 4096\u{1E}PUT /a/c/p?comp=properties\n"
            + "x-ms-sequence-number-action: update\nx-ms-blob-sequence-number: 7\u{1E}GET /a/c/p\nRange: bytes=0-1023",
        "PUT /a/c/p?comp=snapshot\u{1E}GET /a/c/p?comp=pagelist&prevsnapshot=2026-01-02T03:04:05.0000000Z",
        "PUT /a/c/p\nx-ms-blob-type: PageBlob\nx-ms-blob-content-length: 1024\nx-ms-blob-sequence-number: 1",
        "PUT /a/c/n/m\nx-ms-blob-type: BlockBlob\nContent-MD5: AQEBAQEBAQEBAQEBAQEBAQ==\n"
            + "x-ms-structured-body: XSM/1.0; properties=crc64\nx-ms-structured-content-length: 3\n\nabc",
    ]

    private static let copies = [
        "PUT /a/c/d\nx-ms-copy-source: http://127.0.0.1:10000/a/c/b\nx-ms-source-if-match: *\u{1E}"
            + "PUT /a/c/d?comp=copy&copyid=1\nx-ms-copy-action: abort",
        "PUT /a/c/d\nx-ms-copy-source: http://127.0.0.1:10000/a/c/b\nx-ms-requires-sync: true",
        "PUT /a/c/d\nx-ms-blob-type: BlockBlob\nx-ms-copy-source: http://127.0.0.1:10000/a/c/b\n"
            + "x-ms-source-content-md5: AQEBAQEBAQEBAQEBAQEBAQ==",
        "PUT /a/c/d?comp=block&blockid=AAAA\nx-ms-copy-source: http://127.0.0.1:10000/a/c/b\nx-ms-source-range: bytes=0-2",
        "PUT /a/c/x?comp=appendblock\nx-ms-copy-source: http://127.0.0.1:10000/a/c/b\nx-ms-source-range: bytes=1-3",
        "PUT /a/c/p?comp=page\nx-ms-page-write: update\nx-ms-range: bytes=0-511\nx-ms-source-range: bytes=512-1023\n"
            + "x-ms-copy-source: http://127.0.0.1:10000/a/c/p",
        "PUT /a/c/q?comp=incrementalcopy\nx-ms-copy-source: http://127.0.0.1:10000/a/c/p?snapshot=2026-01-02T03:04:05Z",
    ]

    private static let documents = [
        "PUT /a?restype=service&comp=properties\n\n<StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled>"
            + "<Days>7</Days></DeleteRetentionPolicy><Cors><CorsRule><AllowedOrigins>*</AllowedOrigins><AllowedMethods>GET"
            + "</AllowedMethods><MaxAgeInSeconds>500</MaxAgeInSeconds><ExposedHeaders/><AllowedHeaders/></CorsRule></Cors>"
            + "</StorageServiceProperties>",
        "POST /a/c/b?comp=query\n\n<QueryRequest><QueryType>SQL</QueryType><Expression>SELECT _1 FROM BlobStorage WHERE "
            + "_2 > 5</Expression></QueryRequest>",
    ]
}
#endif
