import AzureCore

/// The path of a request: what is written is kept, what is interpolated is percent-encoded as one segment, `/`
/// included.
struct BatchPath: ExpressibleByStringInterpolation, Sendable {
    let text: String
    /// Whether a parameter would change which resource the path means: an empty one, `.` or `..`.
    let isAmbiguous: Bool

    struct StringInterpolation: StringInterpolationProtocol {
        var text = ""
        var isAmbiguous = false

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        mutating func appendInterpolation(_ parameter: String) {
            isAmbiguous = isAmbiguous || ["", ".", ".."].contains(parameter)
            text += PercentEncoding.encode(parameter)
        }
    }

    init(stringLiteral value: String) {
        text = value
        isAmbiguous = false
    }

    init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
        isAmbiguous = stringInterpolation.isAmbiguous
    }
}
