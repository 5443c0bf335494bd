/// An operator with two operands.
enum AutoscaleOperator: String, Sendable, Hashable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
    case less = "<"
    case lessOrEqual = "<="
    case equal = "=="
    case greaterOrEqual = ">="
    case greater = ">"
    case notEqual = "!="
    case and = "&&"
    case or = "||"

    /// How strongly it binds; of two operators the one with the larger number comes first.
    var precedence: Int {
        switch self {
        case .or: 1
        case .and: 2
        case .equal, .notEqual: 3
        case .less, .lessOrEqual, .greaterOrEqual, .greater: 4
        case .plus, .minus: 5
        case .times, .over: 6
        }
    }
}

/// A step of the machine with one stack that a formula is compiled to.
///
/// A tree would be as deep as its longest chain of operators, and so would the calls that evaluate and release it.
enum AutoscaleInstruction: Sendable, Hashable {
    case push(AutoscaleValue)
    case load(String)
    /// Takes the value on top and gives it to a variable.
    case store(String)
    /// Takes so many numbers and makes a vector of them.
    case makeVector(Int)
    case negate
    case not
    case operate(AutoscaleOperator)
    /// Calls a function with so many arguments.
    case call(AutoscaleFunction, Int)
    /// Calls a method of a service variable with so many arguments.
    case callMethod(of: String, String, Int)
    /// A function that there is not.
    case undefined(String)
    /// Takes a time and leaves one of its members.
    case member(String)
    case jump(Int)
    /// Takes the condition on top and jumps when it is 0.
    case jumpUnless(Int)
    /// Leaves 0 and jumps when the value on top is 0, else takes it.
    case jumpIfFalse(Int)
    /// Leaves 1 and jumps when the value on top is not 0, else takes it.
    case jumpIfTrue(Int)
    /// Makes 1 of every number but 0.
    case normalize
    case discard
}
