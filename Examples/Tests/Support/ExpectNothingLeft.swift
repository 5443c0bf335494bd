public import Testing

/// Expects that a run has taken away all that it had made.
public func expectNothingLeft(
    in accounts: TestAccounts, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    #expect(try await accounts.containers() == [], sourceLocation: sourceLocation)
    #expect(try await accounts.jobsAndPools() == [], sourceLocation: sourceLocation)
}
