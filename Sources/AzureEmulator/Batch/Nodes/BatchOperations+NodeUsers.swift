import Foundation

/// Users of nodes are kept and checked; nobody makes accounts for them on this machine.
extension BatchOperations {
    func createUser(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        let name = body["name"]?.string ?? ""
        try BatchValidation.userName(name)
        let key = try await engine.perform { state, now in
            let (key, node) = try state.nodeWithUsers(call)
            guard node.users[name] == nil else { throw BatchServiceError.exists("NodeUser") }
            let user = NodeUser(isAdmin: body["isAdmin"]?.bool ?? false, expires: try body.userExpiry(now: now))
            state.setUser(name, user, of: key)
            return key
        }
        return done(201, at: "\(renderer.nodeURL(key))/users/\(name)")
    }

    func replaceUser(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        let name = call.ids[2]
        let key = try await engine.perform { state, now in
            let (key, node) = try state.nodeWithUsers(call)
            guard var user = node.users[name] else { throw BatchServiceError.userNotFound }
            user.expires = try body.userExpiry(now: now)
            state.setUser(name, user, of: key)
            return key
        }
        return done(200, at: "\(renderer.nodeURL(key))/users/\(name)")
    }

    func deleteUser(_ call: BatchCall) async throws -> BatchAnswer {
        try await engine.perform { state, now in
            let (key, node) = try state.nodeWithUsers(call)
            guard node.users[call.ids[2]] != nil else { throw BatchServiceError.userNotFound }
            state.setUser(call.ids[2], nil, of: key)
        }
        return done(200)
    }
}

extension BatchState {
    /// The node that a path names, if it has users.
    fileprivate func nodeWithUsers(_ call: BatchCall) throws -> (key: NodeKey, node: NodeRecord) {
        let found = try node(call)
        guard found.node.state == .idle || found.node.state == .running else {
            throw BatchServiceError.conflict(
                "OperationInvalidForCurrentState", "The users of a node can be changed while it is idle or running.")
        }
        return found
    }

    /// Gives a node a user, or takes it away.
    mutating func setUser(_ name: String, _ user: NodeUser?, of key: NodeKey) {
        pools[key.pool]?.nodes[key.node]?.users[name] = user
    }
}

extension JSONValue {
    /// When a user expires: as written, or in a day.
    fileprivate func userExpiry(now: Date) throws -> Date {
        guard let text = self["expiryTime"]?.string, let time = BatchTime.parse(text) else {
            return now.addingTimeInterval(86_400)
        }
        guard time > now else { throw BatchServiceError.invalidProperty("expiryTime", text, "It has passed") }
        return time
    }
}

extension BatchValidation {
    /// The most characters of a name that Linux takes for a user.
    static let maxUserName = 32

    /// A name that Linux takes for a user.
    fileprivate static func userName(_ name: String) throws {
        let isName =
            (1...maxUserName).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(byte)
            }
        guard isName, let first = name.utf8.first, !(48...57).contains(first), first != UInt8(ascii: "-") else {
            throw BatchServiceError.invalidProperty("name", name, "It is no name of a user of Linux")
        }
    }
}

extension BatchServiceError {
    fileprivate static let userNotFound = BatchServiceError(
        404, "NodeUserNotFound", "The specified node user does not exist.")
}
