import AzureCore
import Foundation
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

    @Test(
        "are described with one full stop at the end of each sentence, however it ended",
        arguments: [
            ("It is not there", "It is not there."), ("It is not there.", "It is not there."),
            ("It is not there..", "It is not there."), ("It is not there. \n", "It is not there."),
            ("Is it there?", "Is it there?"), ("The reasons:\n  - a\n  - b\n", "The reasons: - a - b."), ("", ""),
        ])
    func fullStops(message: String, sentence: String) {
        let code = AzureErrorCode("Code")
        #expect("\(AzureError(code: code, message: message))" == (sentence.isEmpty ? "Code" : "Code: \(sentence)"))
        let detailed = AzureError(code: code, message: "Why.", details: [.init(key: "Reason", value: message)])
        #expect("\(detailed)" == "Code: Why. Reason: \(sentence.isEmpty ? "(empty)." : sentence)")
    }

    @Test("say how many tries there were, when there were several, or when time was short")
    func tries() {
        func text(_ code: AzureErrorCode, _ tries: Int?) -> String {
            var error = AzureError(code: code, message: "No.", operation: "Blob.Upload")
            error.tries = tries
            return "\(error)"
        }
        #expect(text(.serverBusy, nil) == "ServerBusy: No. [Blob.Upload]")
        #expect(text(.serverBusy, 1) == "ServerBusy: No. [Blob.Upload]")
        #expect(text(.serverBusy, 5) == "ServerBusy: No. [Blob.Upload, 5 tries]")
        #expect(text(.requestTimedOut, 1) == "RequestTimedOut: No. [Blob.Upload, 1 try]")
    }

    @Test("say the same where a localized description is shown, and no secret there either")
    func localized() {
        let error = AzureError(code: .resourceNotFound, message: "No 'https://a.example/c?sig=s3cret'")
        #expect((error as any Error).localizedDescription == "\(error)")
        #expect("\(error)" == "ResourceNotFound: No 'https://a.example/c?sig=REDACTED'.")
    }

    @Test("say what to do where the service does not, and leave its message as it was sent")
    func advice() {
        let error = AzureError(
            service: .blob, code: AzureErrorCode("blobAlreadyExists"), message: "The specified blob already exists.",
            details: [.init(key: "Reason", value: "It is there.")])
        #expect(
            "\(error)"
                == "blobAlreadyExists: The specified blob already exists. Set 'overwrite' in the options to replace it. "
                + "Reason: It is there.")
        #expect(error.message == "The specified blob already exists.")
    }
}
