/// How long the nodes of emulated Batch pools take from one state to the next. On Azure it is minutes; here it is no time
/// at all unless set, and a program that waits for nodes can be tried out with as much as it is to bear.
public struct EmulatedNodeTimes: Sendable, Hashable {
    /// From `creating` to `starting`.
    public var allocation: Duration = .zero
    /// How long a node is `rebooting`.
    public var reboot: Duration = .zero
    /// How long a node is `reimaging`.
    public var reimage: Duration = .zero
    /// How long a node is `deallocating`.
    public var deallocation: Duration = .zero
    /// How long a node that was deallocated is `starting`.
    public var start: Duration = .zero
    /// How long a node is `leavingpool` when nothing runs there any more.
    public var removal: Duration = .zero

    /// Creates times of nothing.
    public init() {}

    func time(of restart: NodeRestart) -> Duration {
        switch restart {
        case .reboot: reboot
        case .reimage: reimage
        case .deallocate: deallocation
        case .start: start
        }
    }
}
