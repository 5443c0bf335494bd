/// Notices that continuation tokens go round in a circle, with one of them in memory, however long the circle is.
///
/// That is Brent's algorithm: every token is compared with one that is kept, and the kept one is replaced after 1, 2, 4,
/// 8 … steps. A circle is noticed before it was gone through three times; pages that differ are never taken for one.
struct TokenWatch: Sendable {
    private var kept: String?
    private var steps = 0
    private var limit = 1

    /// Begins with the token of the first page; nil for the start of the list.
    init(start: String?) {
        kept = start
    }

    /// Takes note of the token of the next page.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidResponse`` when it leads in a circle.
    mutating func note(_ token: String) throws {
        guard token != kept else {
            throw AzureError(
                code: .invalidResponse,
                message: "The service answered with a continuation token that it had given before; following it would "
                    + "list the same pages for ever.")
        }
        steps += 1
        guard steps == limit else { return }
        (kept, steps) = (token, 0)
        // The next limit cannot be reached when doubling overflows, so that it may stay.
        let (next, overflows) = limit.multipliedReportingOverflow(by: 2)
        if !overflows { limit = next }
    }
}
