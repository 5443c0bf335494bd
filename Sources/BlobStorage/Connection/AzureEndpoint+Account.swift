import AzureCore

extension AzureEndpoint {
    /// Finds the account that the address is of, and refuses a path that is more than that: with a container in it, every
    /// request would go to another place than the caller thinks.
    ///
    /// - Parameters:
    ///   - account: The account, where the caller says it.
    ///   - isPathStyle: Whether the account is the last part of the path; nil to tell by the host.
    /// - Returns: The account's name, where the address shows it.
    func checkPath(account: String?, isPathStyle: Bool? = nil) throws -> String? {
        let parts = basePath.split(separator: "/").map { PercentEncoding.decode($0) ?? String($0) }
        guard let last = parts.last else { return BlobURL.accountName(ofHost: host) }
        func isNamed(_ account: String) -> Bool { last == account || last == "\(account)-secondary" }
        if isPathStyle == true || account.map(isNamed) == true { return last }
        if isPathStyle ?? BlobURL.isPathStyle(self), parts.count == 1 { return last }
        let isAccountHost = BlobURL.accountName(ofHost: host) != nil
        throw AzureError.invalidArgument(
            "The endpoint '\(scheme)://\(authority)' is followed by the path '\(Redactor.text(basePath).prefix(200))', "
                + (isAccountHost
                    ? "and its host names the account already. "
                    : "of which it is not known that it ends with the account's name. ")
                + "Give the address of the account alone, and name containers and blobs in the client.")
    }
}
