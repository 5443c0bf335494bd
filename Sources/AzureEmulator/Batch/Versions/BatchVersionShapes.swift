/// The shapes that the objects of requests and answers have in a version, made of the table of changes once.
struct BatchVersionShapes: Sendable {
    /// What differs from the newest version in one object.
    struct Differences: Sendable {
        /// Properties that the version has not.
        var missing: Set<String> = []
        /// Properties that the version has, and that are refused.
        var retired: Set<String> = []
        /// Names of the version, each with the path of the newest.
        var renamed: [(old: String, new: [String], isListed: Bool)] = []
        /// Values of properties, in the words of the version and in those of the newest.
        var values: [(name: String, old: String, new: String)] = []
        var defaults: [(name: String, value: JSONValue)] = []
        var constants: [(name: String, value: JSONValue)] = []
        /// The property that stands for the whole.
        var nested: String?
    }

    let version: BatchVersion
    private let differences: [String: Differences]
    /// The objects that differ, or have one that does somewhere within.
    private let affected: Set<String>

    /// The shapes of a version.
    static func of(_ version: BatchVersion) -> BatchVersionShapes { all[version] ?? BatchVersionShapes(version) }

    private static let all = Dictionary(
        uniqueKeysWithValues: BatchVersion.allCases.map { ($0, BatchVersionShapes($0)) })

    private init(_ version: BatchVersion) {
        self.version = version
        let changes = Dictionary(grouping: BatchVersionChange.table) { $0.model }
        differences = changes.mapValues { Self.differences($0, in: version) }
        affected = Self.closure(of: Set(differences.filter { !$0.value.isEmpty }.keys))
    }

    /// How an object differs; nil when it is the same with all that is in it.
    func differences(of model: String) -> Differences? {
        affected.contains(model) ? differences[model] ?? Differences() : nil
    }

    private static func differences(_ changes: [BatchVersionChange], in version: BatchVersion) -> Differences {
        var result = Differences()
        // A property may come, go and come again: what happened last counts, or else what happened first.
        var presence: [String: Bool] = [:]
        for change in changes.sorted(by: { $0.version < $1.version }) {
            let isPast = change.version <= version
            switch change.kind {
            case .added(let names):
                for name in names { presence[name] = isPast ? true : presence[name] ?? false }
            case .removed(let names):
                for name in names { presence[name] = isPast ? false : presence[name] ?? true }
            case .retired(let names): if !isPast { result.retired.formUnion(names) }
            case .renamed(let old, let new), .listed(let old, let new):
                let path = new.split(separator: "/").map(String.init)
                if path.count == 1 { presence[new] = isPast }
                if !isPast { result.renamed.append((old, path, change.kind.isListed)) }
            case .renamedValue(let name, let old, let new): if !isPast { result.values.append((name, old, new)) }
            case .formerDefault(let name, let value): if !isPast { result.defaults.append((name, value)) }
            case .formerConstant(let name, let value): if !isPast { result.constants.append((name, value)) }
            case .nested(let name): if !isPast { result.nested = name }
            }
        }
        result.missing = Set(presence.filter { !$0.value }.keys)
        return result
    }

    /// The objects of a set, and all that have one of them within.
    private static func closure(of models: Set<String>) -> Set<String> {
        var result = models
        while true {
            let more = BatchSchema.containers.filter { !result.contains($0.key) && !$0.value.isDisjoint(with: result) }
            if more.isEmpty { return result }
            result.formUnion(more.keys)
        }
    }
}

extension BatchVersionShapes.Differences {
    /// Whether the object is the same as in the newest version, but for objects in it.
    var isEmpty: Bool {
        missing.isEmpty && retired.isEmpty && renamed.isEmpty && values.isEmpty && defaults.isEmpty && constants.isEmpty
            && nested == nil
    }
}

extension BatchVersionChange.Kind {
    fileprivate var isListed: Bool {
        if case .listed = self { true } else { false }
    }
}
