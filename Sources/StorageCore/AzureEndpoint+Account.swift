package import AzureCore

extension AzureEndpoint {
    /// Finds the account that the address is of, and refuses a path that is more than that: with a container in it, every
    /// request would go to another place than the caller thinks.
    ///
    /// - Parameters:
    ///   - service: The service that the address is of.
    ///   - account: The account, where the caller says it.
    ///   - isPathStyle: Whether the account is the last part of the path; nil to tell by the host.
    /// - Returns: The account's name, where the address shows it.
    package func checkPath(
        of service: StorageHost, account: String?, isPathStyle: Bool? = nil
    ) throws -> String? {
        let parts = basePath.split(separator: "/").map { PercentEncoding.decode($0) ?? String($0) }
        guard let last = parts.last else { return accountName(of: service) }
        func isNamed(_ account: String) -> Bool { last == account || last == "\(account)-secondary" }
        if isPathStyle == true || account.map(isNamed) == true { return last }
        if isPathStyle ?? self.isPathStyle(of: service), parts.count == 1 { return last }
        let isAccountHost = accountName(of: service) != nil
        throw AzureError.invalidArgument(
            "The endpoint '\(scheme)://\(authority)' is followed by the path '\(Redactor.text(basePath).prefix(200))', "
                + (isAccountHost
                    ? "and its host names the account already. "
                    : "of which it is not known that it ends with the account's name. ")
                + "Give the address of the account alone, and name what is in it in the client.")
    }
}
