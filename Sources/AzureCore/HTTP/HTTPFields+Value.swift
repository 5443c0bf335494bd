package import HTTPTypes

extension HTTPFields {
    /// The value of a field, as `self[name]` gives it; in one pass, and without putting texts together where the field
    /// stands there once.
    package func value(_ name: HTTPField.Name) -> String? {
        var found: String?
        // Most names have another length, which is cheaper to compare.
        let length = name.canonicalName.utf8.count
        for field in self where field.name.canonicalName.utf8.count == length && field.name == name {
            guard found == nil else { return self[name] }
            found = field.value
        }
        return found
    }
}
