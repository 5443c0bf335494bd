extension UserIdentity {
    /// An ordinary user, created for the task.
    public static let taskUser = UserIdentity(autoUser: AutoUserSpecification(scope: .task, elevationLevel: .nonAdmin))
    /// An administrator, created for the task.
    public static let taskAdmin = UserIdentity(autoUser: AutoUserSpecification(scope: .task, elevationLevel: .admin))
    /// An ordinary user, the same for all tasks of the pool.
    public static let poolUser = UserIdentity(autoUser: AutoUserSpecification(scope: .pool, elevationLevel: .nonAdmin))
    /// An administrator, the same for all tasks of the pool.
    public static let poolAdmin = UserIdentity(autoUser: AutoUserSpecification(scope: .pool, elevationLevel: .admin))

    /// A user account of the pool.
    public static func account(_ name: String) -> UserIdentity {
        UserIdentity(username: name)
    }
}
