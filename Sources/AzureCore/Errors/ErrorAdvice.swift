/// What to do about errors of the services that say what is wrong and no more. It is printed behind the service's message,
/// which stays as it was sent.
enum ErrorAdvice {
    /// The advice for a code; nil when its message says enough, or what to do differs from case to case.
    static func text(for code: AzureErrorCode) -> String? {
        texts[code.rawValue.lowercased()]
    }

    private static let texts = [
        "noauthenticationinformation": "Give the client a credential, or let the public read the container.",
        "authorizationpermissionmismatch":
            "A shared access signature has to be made with the permission for this; an identity needs a role that has it, such "
            + "as 'Storage Blob Data Contributor'.",
        "authorizationfailure": "The network rules of the account may not let this machine in.",
        "blobalreadyexists": "Set 'overwrite' in the options to replace it.",
        "blobarchived": "Move it to another tier with setAccessTier, and wait until it is there.",
        "containerbeingdeleted":
            "Its name is free again in a minute or so; create(waitingWhileBeingDeleted:) waits for that.",
        "leaseidmissing": "Pass the id of the lease in the conditions, or wait until it ends.",
        "snapshotspresent": "Say in BlobDeleteOptions.snapshots what becomes of them.",
    ]
}
