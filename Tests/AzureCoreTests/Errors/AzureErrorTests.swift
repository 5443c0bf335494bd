import AzureCore
import HTTPTypes
import Testing

@Suite("Errors")
struct AzureErrorTests {
    @Test("codes compare without regard to case and keep what was received")
    func codes() {
        #expect(AzureErrorCode("serverbusy") == .serverBusy)
        #expect(AzureErrorCode("serverbusy").hashValue == AzureErrorCode.serverBusy.hashValue)
        #expect(AzureErrorCode("SomethingNew").rawValue == "SomethingNew")
    }

    @Test("a family matches its members, and nothing else")
    func families() {
        func name(_ code: AzureErrorCode) -> String {
            switch code {
            case .throttled: "throttled"
            case .notFound: "notFound"
            case .beingDeleted: "beingDeleted"
            case .alreadyExists: "alreadyExists"
            case .accessDenied: "accessDenied"
            case .connection: "connection"
            default: "other"
            }
        }
        #expect(name(.serverBusy) == "throttled")
        #expect(name(AzureErrorCode("TooManyRequests")) == "throttled")
        #expect(name(AzureErrorCode("BlobNotFound")) == "notFound")
        #expect(name(AzureErrorCode("ContainerBeingDeleted")) == "beingDeleted")
        #expect(name(AzureErrorCode("TaskExists")) == "alreadyExists")
        #expect(name(.authenticationFailed) == "accessDenied")
        #expect(name(.connectionLost) == "connection")
        #expect(name(.conditionNotMet) == "other")
    }

    @Test("can be caught by code")
    func catching() {
        func run() throws { throw AzureError(code: .resourceNotFound, message: "It is not there.") }
        do {
            try run()
            Issue.record("nothing was thrown")
        } catch AzureErrorCode.notFound {
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test("are described in one line with everything that helps")
    func description() {
        let error = AzureError(
            service: .blob, code: .conditionNotMet, status: .init(code: 412), message: "The condition\ndoes not hold.",
            operation: "Blob.Upload", resource: "https://a.example/c/b", requestID: "42",
            details: [.init(key: "HeaderName", value: "If-Match"), .init(key: "Reason", value: "two\nlines")])
        #expect(
            "\(error)"
                == "ConditionNotMet (HTTP 412): The condition does not hold. HeaderName: If-Match. "
                + "Reason: two lines. "
                + "[Blob.Upload, https://a.example/c/b, request id 42]")
    }
}
