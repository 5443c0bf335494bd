import AzureCore

import struct Foundation.Date

/// What keeps a blob from being changed and deleted: a policy until a date, and a legal hold.
struct BlobProtection: Sendable, Hashable {
    /// Whether a policy can still be shortened or taken away.
    enum Mode: String, Sendable {
        case unlocked, locked
    }

    struct Policy: Sendable, Hashable {
        let until: Date
        let mode: Mode
    }

    private(set) var policy: Policy?
    var hasLegalHold = false

    init(policy: Policy? = nil, hasLegalHold: Bool = false) {
        self.policy = policy
        self.hasLegalHold = hasLegalHold
    }

    /// Checks that the blob may be changed or deleted.
    func check(at now: Date) throws {
        if hasLegalHold { throw BlobServiceError.immutableDueToLegalHold }
        if let policy, policy.until > now { throw BlobServiceError.immutableDueToPolicy }
    }

    /// Sets a policy. A locked one stays locked and can only be made longer.
    mutating func set(_ new: Policy) throws {
        if let policy, policy.mode == .locked, new.mode != .locked || new.until < policy.until {
            throw BlobServiceError.immutableDueToPolicy
        }
        policy = new
    }

    /// Takes the policy away, if it is not locked.
    mutating func removePolicy() throws {
        guard policy?.mode != .locked else { throw BlobServiceError.immutableDueToPolicy }
        policy = nil
    }

    /// The fields of answers.
    var fields: [(String, String)] {
        policyFields + (hasLegalHold ? [("x-ms-legal-hold", "true")] : [])
    }

    var policyFields: [(String, String)] {
        policy.map {
            [
                ("x-ms-immutability-policy-until-date", RFC1123Date.format($0.until)),
                ("x-ms-immutability-policy-mode", $0.mode.rawValue),
            ]
        } ?? []
    }
}
