/// What the HTTP server of the emulator puts up with.
package struct EmulatorServerLimits: Sendable {
    /// How long a client may take for the head of a request, for the next piece of its body, to take a piece of an answer,
    /// or to send another request: 60 seconds.
    package var idleTimeout = Duration.seconds(60)
    /// The most bytes of the header fields of a request, its path among them: 80 KiB.
    package var headSize = 80 * 1024
    /// The most header fields of a request.
    package var fieldCount = 1000
    /// How much of a body that the service does not want is read and thrown away, so that the connection stays good:
    /// 16 MiB. With more to come, the connection ends after the answer.
    package var drainedBytes: Int64 = 16 * 1024 * 1024
    /// How long a client may go on sending what nobody wants before the connection ends: 2 seconds. If it ended at once,
    /// the client might never see the answer.
    package var lingering = Duration.seconds(2)
    /// How long a client that has said that it sends nothing more is worked for, until there is a piece of its answer:
    /// 5 seconds. It may have left.
    package var patience = Duration.seconds(5)

    package init() {}
}
