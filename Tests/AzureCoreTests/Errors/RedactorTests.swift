import AzureCore
import Foundation
import Testing

@Suite("Redaction")
struct RedactorTests {
    @Test(
        "hides values of query parameters unless they are known to be harmless",
        arguments: [
            ("https://a.example/c?comp=list&sig=abc%3D&sv=1", "https://a.example/c?comp=list&sig=REDACTED&sv=1"),
            ("/c?unknown=1&restype=container", "/c?unknown=REDACTED&restype=container"),
            ("/c?s%69g=abc", "/c?s%69g=REDACTED"), ("/c?secret", "/c?REDACTED"), ("/c", "/c"),
            ("https://user:password@a.example/c", "https://REDACTED@a.example/c"),
            ("/jobs?$filter=a%20eq%20%27sig%3Dabc%27", "/jobs?$filter=REDACTED"),
            ("/c?prefix=sig=abc", "/c?prefix=REDACTED"),
            ("/c/sig%3Dabc/b?comp=list", "/c/sig%3DREDACTED?comp=list"), ("/c/x%3Fsig%3Dabc", "/c/x%3Fsig%3DREDACTED"),
        ])
    func urls(url: String, expected: String) {
        #expect(Redactor.url(url) == expected)
    }

    @Test(
        "hides secrets inside texts",
        arguments: [
            ("run --token 'se=1&sig=abc%2B&sp=r' now", "run --token 'se=1&sig=REDACTED&sp=r' now"),
            ("AccountName=a;AccountKey=abc==;EndpointSuffix=x", "AccountName=a;AccountKey=REDACTED;EndpointSuffix=x"),
            ("accountkey=abc", "accountkey=REDACTED"),
            ("Authorization: Bearer eyJ0.a.b", "Authorization: Bearer REDACTED"),
            ("x?u=https%3A%2F%2Fa%3Fsv%3D1%26sig%3Dabc%252B", "x?u=https%3A%2F%2Fa%3Fsv%3D1%26sig%3DREDACTED"),
            ("sig%253Dabc next", "sig%253DREDACTED next"), ("Bearer%20abc", "Bearer%20REDACTED"),
            ("user=u,password=abc", "user=u,password=REDACTED"), ("refresh_token=abc&x", "refresh_token=REDACTED&x"),
            ("SIG=one sig=two", "SIG=REDACTED sig=REDACTED"), ("nothing here", "nothing here"),
            ("sig=one\nnext line", "sig=REDACTED\nnext line"), ("sig=one\r\nnext", "sig=REDACTED\r\nnext"),
        ])
    func texts(text: String, expected: String) {
        #expect(Redactor.text(text) == expected)
    }

    @Test("an error shows what is underneath without secrets when it is dumped")
    func errors() {
        struct Underlying: Error { let url = "https://a/b?sig=s3cr3t" }
        let error = AzureError(
            code: .connectionLost, message: "https://a/b?sig=s3cr3t broke.", resource: "https://a/c%3Fsig%3Ds3cr3t",
            details: [.init(key: "a", value: "AccountKey=s3cr3t;")], underlying: Underlying())
        var dumped = ""
        dump(error, to: &dumped)
        #expect(!dumped.contains("s3cr3t"))
        #expect(dumped.contains("ConnectionLost"))
        #expect(dumped.contains("sig=REDACTED"))
    }

    @Test("a token cannot be printed")
    func tokens() {
        let token = AccessToken(token: "s3cret", expiresOn: .init(timeIntervalSince1970: 0))
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!"\(token)\(String(reflecting: token))\(dumped)".contains("s3cret"))
    }
}
