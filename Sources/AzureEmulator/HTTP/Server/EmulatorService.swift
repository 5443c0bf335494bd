#if Emulator
import ServiceLifecycle
import UnixSignals

/// The emulator as a service among others of a program, which ends when they all are to end.
package struct EmulatorService: Service {
    /// How long an end may take before it is forced: longer than tasks and requests under way have.
    private static let patience = Duration.seconds(30)

    private let configuration: EmulatorConfiguration
    private let announce: @Sendable (RunningEmulator) -> Void

    /// - Parameters:
    ///   - configuration: Address, ports, accounts, directories.
    ///   - announce: Is told once both services accept requests.
    package init(
        _ configuration: EmulatorConfiguration, announce: @escaping @Sendable (RunningEmulator) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.announce = announce
    }

    package func run() async throws {
        try await withEmulator(configuration) { emulator in
            announce(emulator)
            try await gracefulShutdown()
        }
    }

    /// Runs until the process is told to stop: by SIGTERM, SIGINT or SIGHUP. Requests under way are then answered, and
    /// tasks are ended.
    ///
    /// - Throws: What ``withEmulator(_:_:)`` throws.
    package func runUntilSignal() async throws {
        var group = ServiceGroupConfiguration(
            services: [.init(service: self, successTerminationBehavior: .gracefullyShutdownGroup)],
            gracefulShutdownSignals: [.sigterm, .sigint, .sighup], logger: configuration.logger)
        group.maximumGracefulShutdownDuration = Self.patience
        try await ServiceGroup(configuration: group).run()
    }
}
#endif
