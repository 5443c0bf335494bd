/// Holds a nested model on the heap, so that models with dozens of fields stay small enough to be copied and kept in
/// large arrays.
final class Box<Value: Hashable & Sendable>: Hashable, Sendable {
    let value: Value

    init?(_ value: Value?) {
        guard let value else { return nil }
        self.value = value
    }

    static func == (left: Box, right: Box) -> Bool {
        left === right || left.value == right.value
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(value)
    }
}
