import Foundation

/// Whether a process of this Linux machine is there. One that has ended is not, even if nobody has collected it yet.
package func isAlive(process: Int32) -> Bool {
    guard let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
    return !state.contains(") Z") && !state.contains(") X")
}
