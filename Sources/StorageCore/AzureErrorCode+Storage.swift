public import AzureCore

/// The codes of Azure Storage. Those that Azure Batch has as well stand in AzureCore.
extension AzureErrorCode {
    /// An account of that name exists already.
    public static let accountAlreadyExists = AzureErrorCode("AccountAlreadyExists")
    /// The account is still being created.
    public static let accountBeingCreated = AzureErrorCode("AccountBeingCreated")
    /// The caller may not do this, for a reason that the service does not name.
    public static let authorizationFailure = AzureErrorCode("AuthorizationFailure")
    /// The operation takes no conditions.
    public static let conditionHeadersNotSupported = AzureErrorCode("ConditionHeadersNotSupported")
    /// The MD5 given is no MD5.
    public static let invalidMd5 = AzureErrorCode("InvalidMd5")
    /// The name has characters that are not allowed.
    public static let invalidResourceName = AzureErrorCode("InvalidResourceName")
    /// The XML of the request is not well formed.
    public static let invalidXmlDocument = AzureErrorCode("InvalidXmlDocument")
    /// A value in the XML of the request is out of form or range.
    public static let invalidXmlNodeValue = AzureErrorCode("InvalidXmlNodeValue")
    /// The bytes that arrived do not have the MD5 that was announced.
    public static let md5Mismatch = AzureErrorCode("Md5Mismatch")
    /// The XML of the request lacks an element.
    public static let missingRequiredXmlNode = AzureErrorCode("MissingRequiredXmlNode")
    /// The XML of the request has an element that is not supported here.
    public static let unsupportedXmlNode = AzureErrorCode("UnsupportedXmlNode")
}
