/// A managed identity of a machine or an app.
public enum ManagedIdentityID: Sendable, Hashable {
    /// The system-assigned identity.
    case systemAssigned
    /// The one with this client id.
    case clientID(String)
    /// The one with this object id, also called principal id.
    case objectID(String)
    /// The one with this id of Azure Resource Manager, `/subscriptions/…`.
    case resourceID(String)
}
