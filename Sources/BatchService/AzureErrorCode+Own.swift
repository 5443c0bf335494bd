public import AzureCore

extension AzureErrorCode {
    /// What is waited for will not come about: the message says why, and what would help. Not a code of the service.
    public static let waitingInVain = AzureErrorCode("WaitingInVain")
    /// A file was written anew while it was followed. Not a code of the service.
    public static let fileRewritten = AzureErrorCode("FileRewritten")
}
