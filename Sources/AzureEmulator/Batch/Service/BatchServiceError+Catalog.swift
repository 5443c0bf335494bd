extension BatchServiceError {
    // MARK: Who is asking

    static func authenticationFailed(_ reason: String) -> BatchServiceError {
        BatchServiceError(
            403, "AuthenticationFailed",
            "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly."
        )
        .with("AuthenticationErrorDetail", reason)
    }

    static let missingAuthorization = BatchServiceError(
        401, "AuthenticationFailed", "The request has no Authorization header.")

    // MARK: What is asked

    static let missingAPIVersion = BatchServiceError(
        400, "MissingRequiredQueryParameter", "A query parameter that is mandatory for this request is not specified."
    )
    .with("QueryParameterName", "api-version")

    static func unsupportedAPIVersion(_ version: String) -> BatchServiceError {
        BatchServiceError(
            400, "InvalidQueryParameterValue", "The value specified for one of the query parameters is not valid."
        )
        .with("QueryParameterName", "api-version").with("QueryParameterValue", version)
    }

    /// The operation is none of the version of the request.
    static let unsupportedRequestVersion = BatchServiceError(
        400, "UnsupportedRequestVersion", "The specified request version is not supported.")

    static func invalidQuery(_ name: String, _ value: String, _ reason: String) -> BatchServiceError {
        BatchServiceError(
            400, "InvalidQueryParameterValue", "A query parameter has a value that is not valid: \(reason)"
        )
        .with("QueryParameterName", name).with("QueryParameterValue", value).with("Reason", reason)
    }

    static func outOfRangeQuery(_ name: String, _ value: String, _ reason: String) -> BatchServiceError {
        BatchServiceError(400, "OutOfRangeQueryParameterValue", "A query parameter is out of its range: \(reason)")
            .with("QueryParameterName", name).with("QueryParameterValue", value)
    }

    static func invalidHeader(_ name: String, _ value: String) -> BatchServiceError {
        BatchServiceError(400, "InvalidHeaderValue", "A header has a value that is not valid.")
            .with("HeaderName", name).with("HeaderValue", value)
    }

    static let invalidURI = BatchServiceError(400, "InvalidUri", "The requested URI does not represent any resource.")

    static func unsupportedMethod(_ method: String) -> BatchServiceError {
        BatchServiceError(405, "UnsupportedHttpVerb", "The resource does not support the method \(method).")
    }

    static let missingContentLength = BatchServiceError(
        411, "MissingContentLengthHeader", "The Content-Length header was not specified.")

    static let bodyTooLarge = BatchServiceError(
        413, "RequestBodyTooLarge", "The size of the request body exceeds the maximum size permitted."
    )
    .with("MaxLimit", "1048576")

    static func invalidBody(_ reason: String) -> BatchServiceError {
        BatchServiceError(400, "InvalidRequestBody", "The specified request body is not syntactically valid.")
            .with("Reason", reason)
    }

    static func missingProperty(_ name: String) -> BatchServiceError {
        BatchServiceError(400, "MissingRequiredProperty", "A required property was not specified in the request body.")
            .with("PropertyName", name)
    }

    static func invalidProperty(_ name: String, _ value: String, _ reason: String) -> BatchServiceError {
        BatchServiceError(
            400, "InvalidPropertyValue",
            "The value provided for one of the properties in the request body is invalid."
        )
        .with("PropertyName", name).with("PropertyValue", value).with("Reason", reason)
    }

    static func notImplemented(_ what: String) -> BatchServiceError {
        BatchServiceError(
            501, "NotImplemented", "The emulator does not offer \(what). The Batch service on Azure does.")
    }

    // MARK: How things are

    static let conditionNotMet = BatchServiceError(
        412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.")

    static let notModified = BatchServiceError(
        304, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.")

    /// A resource of a kind, such as `Pool`, is not there.
    static func notFound(_ kind: String) -> BatchServiceError {
        BatchServiceError(404, "\(kind)NotFound", "The specified \(kind.lowercased()) does not exist.")
    }

    /// A resource of a kind is there already.
    static func exists(_ kind: String) -> BatchServiceError {
        BatchServiceError(409, "\(kind)Exists", "The specified \(kind.lowercased()) already exists.")
    }

    /// A resource of a kind is being deleted.
    static func beingDeleted(_ kind: String) -> BatchServiceError {
        BatchServiceError(409, "\(kind)BeingDeleted", "The specified \(kind.lowercased()) is being deleted.")
    }

    /// A resource is in a state in which this cannot be done, such as `JobCompleted` or `TaskCompleted`.
    static func conflict(_ code: String, _ message: String) -> BatchServiceError {
        BatchServiceError(409, code, message)
    }

    /// What has changed could not be kept, since the disk is full or cannot be written.
    static func notKept(_ reason: String) -> BatchServiceError {
        BatchServiceError(
            500, "InternalError", "Server encountered an internal error. Please try again after some time."
        )
        .with("Reason", "The emulator's data cannot be written: \(reason)")
    }

    static let invalidRange = BatchServiceError(
        416, "InvalidRange", "The specified range is invalid for the current size of the resource.")
}
