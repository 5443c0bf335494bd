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
            ("SIG=one sig=two", "SIG=REDACTED sig=REDACTED"), ("nothing here", "nothing here"),
            ("sig=one\nnext line", "sig=REDACTED\nnext line"), ("sig=one\r\nnext", "sig=REDACTED\r\nnext"),
        ])
    func texts(text: String, expected: String) {
        #expect(Redactor.text(text) == expected)
    }

    @Test("a token cannot be printed")
    func tokens() {
        let token = AccessToken(token: "s3cret", expiresOn: .init(timeIntervalSince1970: 0))
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!"\(token)\(String(reflecting: token))\(dumped)".contains("s3cret"))
    }
}
