import AzureCore
import Testing

// The details are those of the real service, as users have reported them: Azure/azure-sdk-for-net#4078,
// Azure/azure-sdk-for-js#5433, and answers to signed URLs outside their time.
@Suite("Requests that a service did not believe")
struct AuthenticationFailureTests {
    private static let frame = "Signature not valid in the specified time frame: "

    @Test(
        "are told apart by the detail",
        arguments: [
            (
                "The MAC signature found in the HTTP request 'PR5//xx=' is not the same as any computed signature. Server "
                    + "used following string to sign: 'PUT\n\n/xx/yy'.", .wrongKey
            ),
            ("Request date header too old: 'Fri, 04 Oct 2019 18:02:12 GMT'", .clock),
            ("Signature did not match. String to sign used was rl\n\n2026-01-01T00:00:00Z", .wrongSignature),
            (
                frame + "Start [Wed, 18 Dec 2019 14:25:14 GMT] - Expiry [Wed, 18 Dec 2019 22:25:14 GMT] - Current "
                    + "[Thu, 19 Dec 2019 13:54:43 GMT]", .expired
            ),
            (
                frame + "Start [Thu, 13 Jun 2019 16:18:07 GMT] - Expiry [Fri, 14 Jun 2019 16:23:07 GMT] - Current "
                    + "[Thu, 13 Jun 2019 09:22:53 GMT]", .notYetValid
            ),
            (frame + "Start [] - Expiry [2019-12-18T22:25:14Z] - Current [2019-12-19T13:54:43Z]", .expired),
            (frame + "Start [soon] - Expiry [later", .outOfTime), (frame, .outOfTime),
            ("Signed expiry time has to be after signed start time", nil), ("", nil),
        ] as [(String, AuthenticationFailure?)])
    func reasons(detail: String, failure: AuthenticationFailure?) {
        #expect(AuthenticationFailure(detail: detail) == failure)
    }

    @Test("have a message that names the reason and the account, and keep what the service said beside it")
    func explained() throws {
        let detail = AzureError.Detail(
            key: "AuthenticationErrorDetail", value: "Request date header too old: 'Fri, 04 Oct 2019 18:02:12 GMT'")
        let content = ServiceDefinition.ErrorContent(
            code: "AuthenticationFailed", message: "Make sure the value of Authorization header is formed correctly.",
            details: [detail])
        let message = try #require(content.explained(account: "pictures").message)
        #expect(message.contains("clock") && message.contains("'pictures'") && !message.contains("Authorization"))
        #expect(content.explained(account: nil).details == [detail])
        var other = content
        other.code = "AuthorizationFailure"
        #expect(other.explained(account: nil) == other)
        other = content
        other.details = []
        #expect(other.explained(account: nil) == other)
    }
}
