// The codes that Blob Storage and Batch have in common stand here once, so that a file which imports both modules can
// write `.authenticationFailed` without saying which.

extension AzureErrorCode {
    /// The account is disabled.
    public static let accountIsDisabled = AzureErrorCode("AccountIsDisabled")
    /// The signature, key or token was not accepted.
    public static let authenticationFailed = AzureErrorCode("AuthenticationFailed")
    /// A condition such as `If-Match` does not hold: a family, because the services have a code for some conditions, and
    /// for conditions on the target of a copy.
    public static let conditionNotMet = AzureErrorCode(
        family: "ConditionNotMet",
        members: [
            "ConditionNotMet", "TargetConditionNotMet", "AppendPositionConditionNotMet", "MaxBlobSizeConditionNotMet",
            "SequenceNumberConditionNotMet",
        ])
    /// A metadata entry has no name.
    public static let emptyMetadataKey = AzureErrorCode("EmptyMetadataKey")
    /// The account may not do this.
    public static let insufficientAccountPermissions = AzureErrorCode("InsufficientAccountPermissions")
    /// The service failed.
    public static let internalError = AzureErrorCode("InternalError")
    /// The `Authorization` header is not well formed.
    public static let invalidAuthenticationInfo = AzureErrorCode("InvalidAuthenticationInfo")
    /// A header value is malformed or out of range.
    public static let invalidHeaderValue = AzureErrorCode("InvalidHeaderValue")
    /// The HTTP method is unknown.
    public static let invalidHttpVerb = AzureErrorCode("InvalidHttpVerb")
    /// An input is not valid.
    public static let invalidInput = AzureErrorCode("InvalidInput")
    /// A metadata entry has characters that are not allowed.
    public static let invalidMetadata = AzureErrorCode("InvalidMetadata")
    /// A query parameter is malformed or out of range.
    public static let invalidQueryParameterValue = AzureErrorCode("InvalidQueryParameterValue")
    /// The range lies outside the resource.
    public static let invalidRange = AzureErrorCode("InvalidRange")
    /// The URI is invalid.
    public static let invalidUri = AzureErrorCode("InvalidUri")
    /// The metadata is too large.
    public static let metadataTooLarge = AzureErrorCode("MetadataTooLarge")
    /// `Content-Length` is missing.
    public static let missingContentLengthHeader = AzureErrorCode("MissingContentLengthHeader")
    /// A header is missing.
    public static let missingRequiredHeader = AzureErrorCode("MissingRequiredHeader")
    /// A query parameter is missing.
    public static let missingRequiredQueryParameter = AzureErrorCode("MissingRequiredQueryParameter")
    /// These conditions cannot be combined.
    public static let multipleConditionHeadersNotSupported = AzureErrorCode("MultipleConditionHeadersNotSupported")
    /// The service did not finish in time; it is unknown whether it acted.
    public static let operationTimedOut = AzureErrorCode("OperationTimedOut")
    /// An input is out of range.
    public static let outOfRangeInput = AzureErrorCode("OutOfRangeInput")
    /// A query parameter is out of range.
    public static let outOfRangeQueryParameterValue = AzureErrorCode("OutOfRangeQueryParameterValue")
    /// The body is larger than the service accepts.
    public static let requestBodyTooLarge = AzureErrorCode("RequestBodyTooLarge")
    /// The URL cannot be parsed.
    public static let requestUrlFailedToParse = AzureErrorCode("RequestUrlFailedToParse")
    /// The resource exists already.
    public static let resourceAlreadyExists = AzureErrorCode("ResourceAlreadyExists")
    /// The resource does not exist.
    public static let resourceNotFound = AzureErrorCode("ResourceNotFound")
    /// The resource is of another type.
    public static let resourceTypeMismatch = AzureErrorCode("ResourceTypeMismatch")
    /// The service is busy; try again later.
    public static let serverBusy = AzureErrorCode("ServerBusy")
    /// A header is not supported here.
    public static let unsupportedHeader = AzureErrorCode("UnsupportedHeader")
    /// The HTTP method is not supported here.
    public static let unsupportedHttpVerb = AzureErrorCode("UnsupportedHttpVerb")
    /// A query parameter is not supported here.
    public static let unsupportedQueryParameter = AzureErrorCode("UnsupportedQueryParameter")
}

// MARK: - Families

extension AzureErrorCode {
    /// The service asks for fewer requests.
    public static let throttled = AzureErrorCode(
        family: "throttled",
        members: ["TooManyRequests", "ServerBusy", "SystemInUse", "TooManyEnableAutoScaleRequests"])
    /// The resource does not exist.
    public static let notFound = AzureErrorCode(family: "notFound", members: ["*NotFound"])
    /// The resource exists already.
    public static let alreadyExists = AzureErrorCode(family: "alreadyExists", members: ["*Exists"])
    /// The resource is being deleted; its name can be used again after the deletion.
    public static let beingDeleted = AzureErrorCode(family: "beingDeleted", members: ["*BeingDeleted"])
    /// The caller is not authenticated or not authorized.
    public static let accessDenied = AzureErrorCode(
        family: "accessDenied",
        members: [
            "AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation", "AuthorizationFailure",
            "AuthorizationPermissionMismatch", "AuthorizationProtocolMismatch", "AuthorizationResourceTypeMismatch",
            "AuthorizationServiceMismatch", "AuthorizationSourceIPMismatch", "InsufficientAccountPermissions",
            "PermissionDenied", "Forbidden", "Unauthorized",
        ])
    /// The connection failed.
    public static let connection = AzureErrorCode(
        family: "connection",
        members: ["ConnectionFailed", "InsecureConnection", "ConnectionLost", "RequestTimedOut", "TruncatedBody"])
}
