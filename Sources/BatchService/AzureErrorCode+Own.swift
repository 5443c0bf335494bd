public import AzureCore

extension AzureErrorCode {
    /// A wait cannot succeed: the message says why, and what would help. Not a code of the service.
    public static let waitingInVain = AzureErrorCode("WaitingInVain")
    /// A file was written anew while it was followed. Not a code of the service.
    public static let fileRewritten = AzureErrorCode("FileRewritten")
}
