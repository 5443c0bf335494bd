/// A place in a formula. Lines and columns count from 1, as the service counts them.
struct AutoscalePosition: Sendable, Hashable {
    var line = 1
    var column = 1
}

/// Why a formula cannot be read or has no result.
struct AutoscaleError: Error, Sendable, Hashable {
    enum Kind: String, Sendable {
        /// It has more than 8,192 characters.
        case tooLong
        /// It is no formula of the language.
        case syntax
        /// It is one, and a value in it is of the wrong type, out of range or unknown.
        case evaluation
        /// It asks for more samples than there are.
        case insufficientSamples
    }

    let kind: Kind
    let position: AutoscalePosition?
    let reason: String

    init(_ kind: Kind, at position: AutoscalePosition? = nil, _ reason: String) {
        self.kind = kind
        self.position = position
        self.reason = reason
    }

    static func syntax(_ position: AutoscalePosition, _ reason: String) -> AutoscaleError {
        AutoscaleError(.syntax, at: position, reason)
    }

    static func evaluation(_ position: AutoscalePosition, _ reason: String) -> AutoscaleError {
        AutoscaleError(.evaluation, at: position, reason)
    }

    /// The service's name of the error.
    var code: String {
        switch kind {
        case .tooLong: "AutoScaleFormulaTooLong"
        case .syntax: "AutoScalingFormulaSyntaxError"
        case .evaluation: "AutoScalingFormulaEvaluationError"
        case .insufficientSamples: "InsufficientSampleData"
        }
    }

    /// What the service says of every error of this kind.
    var message: String {
        switch kind {
        case .tooLong: "The specified auto-scaling formula exceeds lengths limit."
        case .syntax: "The specified auto-scaling formula has a syntax error."
        case .evaluation: "The specified auto-scaling formula has evaluation error"
        case .insufficientSamples: "Autoscale evaluation failed due to insufficient sample data"
        }
    }

    /// The place and the reason, such as `Line 1, Col 1: Undefined symbol: $x`.
    var detail: String {
        guard let position else { return reason }
        return "Line \(position.line), Col \(position.column): \(reason)"
    }
}
