/// The rule for values of header fields that a caller gives.
package enum HeaderValue {
    /// Makes sure that a value arrives as it is.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - name: The field, for the error.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidArgument``.
    package static func check(_ value: String, of name: String) throws {
        guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x09 }) else {
            throw AzureError.invalidArgument(
                "The value of '\(name)' has characters that a header field cannot carry; it takes printable ASCII. "
                    + "Encode it, for example as base64.")
        }
        guard value.first?.isWhitespace != true, value.last?.isWhitespace != true else {
            throw AzureError.invalidArgument("The value of '\(name)' starts or ends with white space, which is lost.")
        }
    }
}
