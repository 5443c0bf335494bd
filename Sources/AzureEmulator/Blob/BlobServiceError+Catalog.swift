// Status and code are the service's; the messages are this emulator's own words.

extension BlobServiceError {
    // MARK: Who may do what

    static func authenticationFailed(_ detail: String) -> BlobServiceError {
        BlobServiceError(
            403, "AuthenticationFailed",
            "The request could not be authenticated. Check the Authorization header or the shared access signature."
        ).with("AuthenticationErrorDetail", detail)
    }
    static let noAuthenticationInformation = BlobServiceError(
        401, "NoAuthenticationInformation", "The request carries no credentials."
    ).withHeader(
        "WWW-Authenticate", "Bearer authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize")
    static let bearerTokenRefused = BlobServiceError(
        401, "InvalidAuthenticationInfo", "The token is none of those that this emulator was told to accept."
    ).withHeader(
        "WWW-Authenticate", "Bearer authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize")
    static let invalidAuthenticationInfo = BlobServiceError(
        400, "InvalidAuthenticationInfo",
        "The Authorization header is not of the form 'SharedKey account:signature'.")
    static let authorizationFailure = BlobServiceError(
        403, "AuthorizationFailure", "A shared access signature of this kind cannot authorize this operation.")
    static let permissionMismatch = BlobServiceError(
        403, "AuthorizationPermissionMismatch", "The permissions granted do not cover this operation.")
    static let protocolMismatch = BlobServiceError(
        403, "AuthorizationProtocolMismatch", "The shared access signature does not allow this protocol.")
    static func sourceIPMismatch(_ address: String) -> BlobServiceError {
        BlobServiceError(
            403, "AuthorizationSourceIPMismatch",
            "The shared access signature does not allow requests from the address \(address).")
    }
    static let serviceMismatch = BlobServiceError(
        403, "AuthorizationServiceMismatch", "The shared access signature is not for the Blob service.")
    static let resourceTypeMismatch = BlobServiceError(
        403, "AuthorizationResourceTypeMismatch",
        "The shared access signature does not cover this type of resource.")
    static let unauthorizedBlobOverwrite = BlobServiceError(
        403, "UnauthorizedBlobOverwrite", "The permissions granted do not allow to overwrite a blob.")
    static let resourceNotFound = BlobServiceError(404, "ResourceNotFound", "The resource does not exist.")
    /// The path begins with another name than the account's: most often a container's, because the address of the emulator
    /// was given without the account.
    static func foreignAccount(_ name: String, here account: String) -> BlobServiceError {
        BlobServiceError(
            404, "ResourceNotFound",
            "The path begins with '\(name.prefix(80))', which is no account here. An address of the emulator has the account "
                + "in its path: /\(account)/CONTAINER/BLOB.")
    }

    // MARK: The request's form

    static let invalidUri = BlobServiceError(400, "InvalidUri", "The URI stands for no resource of this service.")
    static let missingAccount = BlobServiceError(
        400, "InvalidUri",
        "The path has no account. An address of the emulator has it in its path, as in /devstoreaccount1/CONTAINER/BLOB."
    )
    static let invalidResourceName = BlobServiceError(
        400, "InvalidResourceName", "The name of the resource has characters that are not allowed.")
    static let resourceNameLength = BlobServiceError(
        400, "OutOfRangeInput", "The name of the resource is too short or too long.")
    static let missingContentLength = BlobServiceError(
        411, "MissingContentLengthHeader", "The Content-Length header is required.")
    static let requestBodyTooLarge = BlobServiceError(
        413, "RequestBodyTooLarge", "The body is larger than this operation accepts.")
    static let bodyLengthMismatch = BlobServiceError(
        400, "InvalidInput", "The body does not have as many bytes as Content-Length says.")
    static let unsupportedHttpVerb = BlobServiceError(
        405, "UnsupportedHttpVerb", "The resource does not support this HTTP method.")
    static let writeOnSecondary = BlobServiceError(
        403, "WriteOperationNotSupportedOnSecondary", "The secondary endpoint only reads.")
    static let md5Mismatch = BlobServiceError(
        400, "Md5Mismatch", "The MD5 given is not that of the bytes received.")
    static let crc64Mismatch = BlobServiceError(
        400, "Crc64Mismatch", "The CRC-64 given is not that of the bytes received.")
    static let invalidStructuredBody = BlobServiceError(
        400, "InvalidInput", "The structured body contradicts itself or the header fields of the request.")
    static let invalidMd5 = BlobServiceError(400, "InvalidMd5", "The MD5 given is not 16 bytes in base64.")
    static let invalidXml = BlobServiceError(400, "InvalidXmlDocument", "The body is not the XML that is expected.")
    static let emptyMetadataKey = BlobServiceError(400, "EmptyMetadataKey", "A metadata entry has no name.")
    static let invalidMetadata = BlobServiceError(
        400, "InvalidMetadata", "A metadata entry has characters that are not allowed, or stands there twice.")
    static let metadataTooLarge = BlobServiceError(
        400, "MetadataTooLarge", "The metadata has more than 8 KiB.")
    static let multipleConditions = BlobServiceError(
        400, "MultipleConditionHeadersNotSupported", "These conditional headers cannot be combined.")
    static let unsatisfiableCondition = BlobServiceError(
        400, "UnsatisfiableCondition", "The condition can never hold for this operation.")

    static func missingHeader(_ name: String) -> BlobServiceError {
        BlobServiceError(400, "MissingRequiredHeader", "The header \(name) is required.").with("HeaderName", name)
    }
    static func invalidHeader(_ name: String, _ value: String) -> BlobServiceError {
        BlobServiceError(400, "InvalidHeaderValue", "The value of the header \(name) is not valid.")
            .with("HeaderName", name).with("HeaderValue", value)
    }
    static func missingQuery(_ name: String) -> BlobServiceError {
        BlobServiceError(400, "MissingRequiredQueryParameter", "The query parameter \(name) is required.")
            .with("QueryParameterName", name)
    }
    static func invalidInput(_ name: String) -> BlobServiceError {
        BlobServiceError(400, "InvalidInput", "The value of the header \(name) is not valid.")
    }
    static func invalidQuery(_ name: String, _ value: String, reason: String) -> BlobServiceError {
        BlobServiceError(
            400, "InvalidQueryParameterValue", "The value of the query parameter \(name) is not valid."
        )
        .with("QueryParameterName", name).with("QueryParameterValue", value).with("Reason", reason)
    }
    static func queryOutOfRange(_ name: String, _ value: String, _ range: ClosedRange<Int>) -> BlobServiceError {
        BlobServiceError(
            400, "OutOfRangeQueryParameterValue", "The value of the query parameter \(name) is out of range."
        ).with("QueryParameterName", name).with("QueryParameterValue", value)
            .with("MinimumAllowed", String(range.lowerBound)).with("MaximumAllowed", String(range.upperBound))
    }
    static func notEmulated(_ what: String) -> BlobServiceError {
        BlobServiceError(501, "NotImplemented", "The emulator does not have \(what).")
    }

    // MARK: State

    static let containerNotFound = BlobServiceError(404, "ContainerNotFound", "The container does not exist.")
    static let containerAlreadyExists = BlobServiceError(
        409, "ContainerAlreadyExists", "The container exists already.")
    static let containerBeingDeleted = BlobServiceError(
        409, "ContainerBeingDeleted", "The container is being deleted. Try again later.")
    static let blobNotFound = BlobServiceError(404, "BlobNotFound", "The blob does not exist.")
    static let blobAlreadyExists = BlobServiceError(409, "BlobAlreadyExists", "The blob exists already.")
    static let conditionNotMet = BlobServiceError(
        412, "ConditionNotMet",
        "A conditional header does not hold: the resource is not in the state that it names, perhaps because somebody has "
            + "changed it.")
    static let tagConditionNotMet = BlobServiceError(
        412, "ConditionNotMet", "The condition on the tags of the blob does not hold.")
    static let notModified = BlobServiceError(304, "ConditionNotMet", "A conditional header does not hold.")
    static let invalidBlockList = BlobServiceError(
        400, "InvalidBlockList", "The specified block list is invalid: it names an unknown block.")
    static let blockListTooLong = BlobServiceError(
        400, "BlockListTooLong", "The block list has more than 50,000 blocks.")
    /// - Parameter source: What the source answered.
    static func cannotVerifyCopySource(_ source: BlobServiceError) -> BlobServiceError {
        // A source that was not modified is one whose condition does not hold.
        BlobServiceError(
            source.status == 304 ? 412 : source.status, "CannotVerifyCopySource",
            "The source of the copy does not exist, may not be read, or is not as the request wants it."
        )
        .withHeader("x-ms-copy-source-status-code", String(source.status))
        .withHeader("x-ms-copy-source-error-code", source.code)
        .with("CopySourceStatusCode", String(source.status)).with("CopySourceErrorCode", source.code)
        .with("CopySourceErrorMessage", source.message)
    }
    static let sourceConditionNotMet = BlobServiceError(
        412, "SourceConditionNotMet", "A conditional header about the source does not hold.")
    static let targetConditionNotMet = BlobServiceError(
        412, "TargetConditionNotMet", "A conditional header about the destination does not hold.")
    static let infiniteLeaseDurationRequired = BlobServiceError(
        412, "InfiniteLeaseDurationRequired",
        "The lease id is that of the lease on the destination, and a copy needs a lease without end.")
    static let noPendingCopyOperation = BlobServiceError(
        409, "NoPendingCopyOperation", "No copy is under way.")
    static let invalidTags = BlobServiceError(
        400, "InvalidTags", "The tags are more than 10, or a name or value is not allowed.")
    static let blobArchived = BlobServiceError(
        409, "BlobArchived", "The blob is in the archive, where it cannot be read or written.")
    static let blobBeingRehydrated = BlobServiceError(
        409, "BlobBeingRehydrated", "The blob is coming back from the archive, to another tier.")
    static let invalidBlobType = BlobServiceError(
        409, "InvalidBlobType", "The blob is of a type that does not have this operation.")
    static let appendPositionConditionNotMet = BlobServiceError(
        412, "AppendPositionConditionNotMet", "The blob does not end where the request says.")
    static let maxBlobSizeConditionNotMet = BlobServiceError(
        412, "MaxBlobSizeConditionNotMet", "The blob would be longer than the request allows.")
    static let blobIsSealed = BlobServiceError(409, "BlobIsSealed", "The blob is sealed, and cannot be written.")
    static let sequenceNumberIncrementTooLarge = BlobServiceError(
        409, "SequenceNumberIncrementTooLarge", "The sequence number is the largest there is already.")
    static let sequenceNumberConditionNotMet = BlobServiceError(
        412, "SequenceNumberConditionNotMet", "The sequence number is not what the request says.")
    static let invalidPageRange = BlobServiceError(
        416, "InvalidPageRange", "The range is not one of whole pages of the blob.")
    static let invalidBlobOrBlock = BlobServiceError(
        400, "InvalidBlobOrBlock", "The block id has another length than the other ids of the blob.")
    static let blockCountExceedsLimit = BlobServiceError(
        409, "BlockCountExceedsLimit", "The blob has 100,000 uncommitted blocks already.")

    static func invalidRange(length: Int64) -> BlobServiceError {
        BlobServiceError(416, "InvalidRange", "The range starts behind the end of the blob.")
            .withHeader("Content-Range", "bytes */\(length)")
    }
}
