/// What became of properties of an object with a version of the service.
struct BatchVersionChange: Sendable {
    enum Kind: Sendable {
        /// They came.
        case added([String])
        /// They went. In requests of older versions they are taken, kept and given back; nothing follows from them.
        case removed([String])
        /// They went, and what they stood for is no more: who still sends them, in whatever version, is refused.
        case retired([String])
        /// It got another name, or another place: a path with slashes.
        case renamed(String, String)
        /// It became a list, of which older versions show the first.
        case listed(String, String)
        /// A value of a property got another name.
        case renamedValue(String, String, String)
        /// What it meant until then to leave it out.
        case formerDefault(String, JSONValue)
        /// What every answer had until then.
        case formerConstant(String, JSONValue)
        /// The object as it was until then became a property of itself.
        case nested(String)
    }

    /// The first version in which it is so.
    let version: BatchVersion
    let model: String
    let kind: Kind

    init(_ version: BatchVersion, _ model: String, _ kind: Kind) {
        (self.version, self.model, self.kind) = (version, model, kind)
    }
}
