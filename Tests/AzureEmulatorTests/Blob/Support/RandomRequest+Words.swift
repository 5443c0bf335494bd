/// What random requests are made of.
extension RandomRequest {
    static let paths = [
        "/", "/box", "/box/", "/box/a", "/box/a", "/box/disk", "/box/disk", "/box/log", "/box/lines", "/box/new",
        "/box/x%5C..%5Ca.", "/$root/a", "/missing/a", "/box/../box/a", "/BOX/a", "/box/%00%01", "/box/%F0%9F%98%80",
        "/..", "/b",
    ]

    static let operations = [
        "list", "properties", "stats", "userdelegationkey", "batch", "blobs", "lease", "undelete", "rename", "metadata",
        "acl", "block", "blocklist", "appendblock", "seal", "page", "pagelist", "copy", "tags", "query", "tier",
        "snapshot", "immutabilityPolicies", "legalhold", "expiry", "incrementalcopy", "x",
    ]

    static let parameters = [
        "maxresults", "marker", "prefix", "delimiter", "include", "startFrom", "blockid", "blocklisttype", "snapshot",
        "versionid", "prevsnapshot", "copyid", "deletetype", "where", "timeout", "sv", "sig", "sr",
    ]

    static let fields = [
        "Range", "x-ms-range", "x-ms-source-range", "x-ms-page-write", "x-ms-blob-content-length",
        "x-ms-blob-sequence-number", "x-ms-sequence-number-action", "x-ms-if-sequence-number-le",
        "x-ms-if-sequence-number-eq", "x-ms-blob-condition-appendpos", "x-ms-blob-condition-maxsize", "If-Match",
        "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "x-ms-if-tags", "x-ms-lease-id",
        "x-ms-lease-action", "x-ms-lease-duration", "x-ms-lease-break-period", "x-ms-proposed-lease-id",
        "x-ms-copy-source", "x-ms-requires-sync", "x-ms-copy-action", "x-ms-access-tier", "x-ms-delete-snapshots",
        "x-ms-meta-a", "x-ms-meta-b", "x-ms-tags", "Content-MD5", "x-ms-content-crc64", "x-ms-blob-content-md5",
        "x-ms-structured-body", "x-ms-structured-content-length", "x-ms-range-get-content-md5",
        "x-ms-immutability-policy-until-date", "x-ms-immutability-policy-mode", "x-ms-legal-hold",
        "x-ms-encryption-scope", "x-ms-previous-snapshot-url", "x-ms-deleted-container-name",
        "x-ms-deleted-container-version", "x-ms-source-container-name", "x-ms-blob-public-access", "Content-Type",
        "x-ms-source-if-match", "x-ms-seal-blob",
    ]

    /// Numbers, ranges and dates, also as they stand in a query.
    static let values = [
        "", "0", "1", "-1", "512", "511", "1024", "9223372036854775807", "9223372036854775296",
        "-9223372036854775808", "18446744073709551616", "8796093022208", "+1", "1e9", "bytes=0-511",
        "bytes=0-9223372036854775807", "bytes=9223372036854775807-", "bytes=9223372036854775295-9223372036854775806",
        "bytes=512-1023", "bytes=-5", "bytes=", "2026-01-02T03:04:05.1234567Z", "9999-12-31T23:59:59Z",
        "0001-01-01", "YQ==", "/4AB", "metadata,snapshots,versions,deleted", "%2C", "a", "all",
    ]

    /// What only header fields can have.
    static let words = [
        "update", "clear", "increment", "max", "acquire", "renew", "change", "release", "break", "true", "abort",
        "Archive", "Hot", "include", "only", "permanent", "*", "\"0x1\"", "a=1&b=2", "\"a\" = '1' AND b > '2'",
        "Fri, 02 Jan 2026 03:04:05 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT",
        "11111111-2222-3333-4444-555555555555", "http://127.0.0.1:10000/devstoreaccount1/box/a",
        "http://127.0.0.1:10000/devstoreaccount1/box/disk?snapshot=1", "http:///", "blob", "container", "box",
        "XSM/1.0; properties=crc64", "multipart/mixed; boundary=b", "ü", "locked",
    ]

    static let bodies = [
        "", "x", String(repeating: "x", count: 512), String(repeating: "\0", count: 1024),
        "<BlockList><Latest>YQ==</Latest></BlockList>", "<BlockList><Committed>/4AB</Committed><x/></BlockList>",
        "<BlockList/>", "<Tags><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tags>",
        "<Tags><TagSet/></Tags>",
        "<SignedIdentifiers><SignedIdentifier><Id>a</Id></SignedIdentifier></SignedIdentifiers>", "<a", "<a></b>",
        "<KeyInfo><Start>0001-01-01</Start><Expiry>9999-12-31</Expiry></KeyInfo>",
        "<StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled><Days>365</Days>"
            + "</DeleteRetentionPolicy></StorageServiceProperties>",
        "<QueryRequest><QueryType>SQL</QueryType><Expression>SELECT * FROM BlobStorage</Expression></QueryRequest>",
        "--b\r\nContent-Type: application/http\r\n\r\nDELETE /devstoreaccount1/box/a HTTP/1.1\r\n\r\n--b--",
        "--b\r\nContent-Type: application/http\r\n\r\nDELETE /devstoreaccount1/box/a HTTP/1.1\r\n:x\r\n\r\n--b--",
        "--b--",
        "\u{1}\u{30}",
    ]

    static let atoms = [
        "1", "0", "-1", "9223372036854775807", "(0 - 9223372036854775807 - 1)", "1e308", "1.5", "''", "'abc'", "'%a_'",
        "'-'", "'2026-01-02T03:04:05Z'", "'9999-12-31'", "'0001'", "NULL", "TRUE", "_1", "_2", "_9", "a", "c", "a.b",
        "a[0]", "a[9223372036854775807]", "_9223372036854775807", "UTCNOW()", "\"a\"", "1e999", "'é'",
    ]
}
