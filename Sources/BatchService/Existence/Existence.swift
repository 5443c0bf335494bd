import AzureCore
import HTTPTypes

/// The reading of answers to creating and deleting: whether the resource was there.
enum Existence {
    /// Creates a resource unless it exists.
    ///
    /// The call may be sent again when an answer got lost: a resource that exists then is what the earlier try made.
    ///
    /// - Parameters:
    ///   - exists: The code of a resource that exists. Other codes that end in `Exists` are about something else, such
    ///     as a job in the way of a job schedule.
    ///   - options: Options of the call.
    ///   - create: Sends the call.
    /// - Returns: Whether the resource is new.
    static func isNew(
        unless exists: AzureErrorCode, _ options: CallOptions,
        create: (CallOptions) async throws -> BatchResponseHeaders
    ) async throws -> Bool {
        var options = options
        options.isSafeToRetry = true
        do {
            _ = try await create(options)
            return true
        } catch let error as AzureError where error.code == exists {
            return error.earlierTryMayHaveActed
        }
    }

    /// Deletes a resource if it exists.
    ///
    /// - Parameters:
    ///   - beingDeleted: The code of a resource that is being deleted.
    ///   - delete: Sends the call.
    /// - Returns: Whether there was one that was not being deleted already.
    static func wasThere(
        unless beingDeleted: AzureErrorCode, delete: () async throws -> BatchResponseHeaders
    ) async throws -> Bool {
        do {
            _ = try await delete()
            return true
        } catch let error as AzureError where error.status(from: .batch) == .notFound || error.code == beingDeleted {
            return error.earlierTryMayHaveActed
        }
    }
}
