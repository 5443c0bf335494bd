package import HTTPTypes

extension HTTPResponse {
    /// How many bytes the body of this answer has, as far as the head tells.
    package func announcedBodyLength(for method: HTTPRequest.Method) -> Int64? {
        guard method != .head, status.code != 204, status.code != 304 else { return 0 }
        return headerFields.value(.contentLength).flatMap { Int64(digits: $0) }
    }
}

extension Int64 {
    /// A number of digits only, as lengths are written in HTTP; nil for anything else, such as a sign, and for one that is
    /// too large.
    package init?(digits text: some StringProtocol) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        self.init(text)
    }
}
