// swift-tools-version: 6.2
import PackageDescription

/// Every trait is off by default, so that a consumer of one library product downloads swift-http-types, swift-log
/// and nothing else. SwiftPM leaves out a dependency only when *all* its uses are conditional on traits that are off.
let emulator: Set<String> = ["Emulator"]
let curl: Set<String> = ["Curl"]
let asyncHTTPClient: Set<String> = ["AsyncHTTPClient"]

let warnings: [SwiftSetting] =
    Context.environment["AZURE_SWIFT_WARNINGS_AS_ERRORS"] == "1" ? [.treatAllWarnings(as: .error)] : []

let swiftSettings: [SwiftSetting] =
    [
        // Non-isolated async functions run on the caller's actor: no surprise hops.
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        // `any` is always spelled out.
        .enableUpcomingFeature("ExistentialAny"),
        // Members come only from modules that the file itself imports.
        .enableUpcomingFeature("MemberImportVisibility"),
        // `import` is internal unless it says `public`.
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + warnings

/// Code that is to be copied must compile in packages that turn these on, and in those that do not.
let snippetSettings: [SwiftSetting] =
    [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")] + warnings

let package = Package(
    name: "azure-swift",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "AzureCore", targets: ["AzureCore"]),
        .library(name: "AzureAuth", targets: ["AzureAuth"]),
        .library(name: "BlobStorage", targets: ["BlobStorage"]),
        .library(name: "BatchModels", targets: ["BatchModels"]),
        .library(name: "BatchService", targets: ["BatchService"]),
        .library(name: "AzureTesting", targets: ["AzureTesting"]),
        .library(name: "AzureAsyncHTTPClientTransport", targets: ["AzureAsyncHTTPClientTransport"]),
        .library(name: "AzureEmulator", targets: ["AzureEmulator"]),
        .executable(name: "azure-emulator", targets: ["azure-emulator"]),
    ],
    traits: [
        .trait(
            name: "AsyncHTTPClient",
            description: "AzureAsyncHTTPClientTransport: a transport on an HTTPClient that a program has already."
        ),
        .trait(
            name: "Curl",
            description: "A transport on libcurl, the default on Linux when it is on; needs libcurl4-openssl-dev."
        ),
        .trait(
            name: "Emulator",
            description: "The emulator's HTTP server, tasks that run as processes, and the azure-emulator command."
        ),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.5.0", traits: []),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.6.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.20.0", traits: []),
        .package(url: "https://github.com/swiftlang/swift-subprocess.git", from: "1.0.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.7.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.26.0", traits: []),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.30.0"),
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.10.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", "3.0.0"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.1.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.8.0"),
    ],
    targets: [
        // MARK: System libraries
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),

        // MARK: Libraries
        // The checksum of Azure Storage. Multiplying without carries takes instructions that Swift cannot name.
        .target(name: "CCRC64"),
        .target(name: "AzureCrypto", dependencies: ["CCRC64", "COpenSSL"], swiftSettings: swiftSettings),
        .target(
            name: "AzureCore",
            dependencies: [
                "AzureCrypto", "CZlib",
                .target(name: "CCurl", condition: .when(traits: curl)),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "AzureAuth",
            dependencies: [
                "AzureCore", "AzureCrypto", .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: swiftSettings
        ),
        // No product: what every service of Azure Storage shares.
        .target(
            name: "StorageCore",
            dependencies: ["AzureAuth", "AzureCore", .product(name: "HTTPTypes", package: "swift-http-types")],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "BlobStorage",
            dependencies: [
                "AzureAuth", "AzureCore", "AzureCrypto", "StorageCore",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(name: "BatchModels", dependencies: ["AzureCore"], swiftSettings: swiftSettings),
        .target(
            name: "BatchService",
            dependencies: [
                "BatchModels", "AzureAuth", "AzureCore",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "AzureTesting",
            dependencies: ["AzureCore", .product(name: "HTTPTypes", package: "swift-http-types")],
            swiftSettings: swiftSettings
        ),

        .target(
            name: "AzureAsyncHTTPClientTransport",
            dependencies: [
                "AzureCore", .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(
                    name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: asyncHTTPClient)),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: asyncHTTPClient)),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: asyncHTTPClient)),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: asyncHTTPClient)),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: asyncHTTPClient)),
            ],
            swiftSettings: swiftSettings
        ),

        // MARK: Emulator
        .target(
            name: "AzureEmulator",
            dependencies: [
                "AzureCore", "AzureCrypto", "CEmulatorSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: emulator)),
                .product(name: "HummingbirdCore", package: "hummingbird", condition: .when(traits: emulator)),
                .product(name: "HummingbirdTLS", package: "hummingbird", condition: .when(traits: emulator)),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: emulator)),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: emulator)),
                .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: emulator)),
                .product(name: "SwiftASN1", package: "swift-asn1", condition: .when(traits: emulator)),
                .product(name: "X509", package: "swift-certificates", condition: .when(traits: emulator)),
                .product(name: "Subprocess", package: "swift-subprocess", condition: .when(traits: emulator)),
                .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: emulator)),
                .product(
                    name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: .when(traits: emulator)),
                .product(name: "UnixSignals", package: "swift-service-lifecycle", condition: .when(traits: emulator)),
            ],
            swiftSettings: swiftSettings
        ),
        // The few calls of Linux that Swift cannot make, because they are variadic in C, and what a file is.
        .target(name: "CEmulatorSupport"),
        .executableTarget(
            name: "azure-emulator",
            dependencies: [
                "AzureEmulator",
                .product(
                    name: "ArgumentParser", package: "swift-argument-parser", condition: .when(traits: emulator)),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings
        ),

        // MARK: Tools
        .executableTarget(name: "batch-generator", path: "Sources/BatchGenerator", swiftSettings: swiftSettings),

        // MARK: Documentation
        // The code of README.md and Docs, each file of which SwiftPM also makes a program, with the settings of a user's
        // package, when it builds this package itself. This target makes functions for the tests of the same files, and
        // refuses members of modules that a file does not import.
        .target(
            name: "Snippets",
            dependencies: [
                "AzureAsyncHTTPClientTransport", "AzureEmulator", "AzureTesting", "BatchService", "BlobStorage",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(
                    name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: asyncHTTPClient)),
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: emulator)),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: emulator)),
            ],
            path: "Snippets", swiftSettings: snippetSettings),

        // MARK: Tests
        // Runs the official Python client, where it is installed.
        .target(name: "PythonSupport", path: "Tests/PythonSupport", swiftSettings: swiftSettings),
        // What several test targets need beside AzureTesting.
        .target(
            name: "TestSupport", dependencies: ["AzureCore", .product(name: "Logging", package: "swift-log")],
            path: "Tests/TestSupport", swiftSettings: swiftSettings),
        // What a fuzzer calls: see Docs/Fuzzing.md. Empty in release builds, since it looks inside.
        .target(
            name: "FuzzTargets",
            dependencies: [
                "AzureAuth", "AzureCore", "AzureEmulator", "AzureTesting", "BatchModels", "BatchService", "BlobStorage",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Tests/FuzzTargets", swiftSettings: swiftSettings),
        // A simulation of the Batch scheduler, for the tests and for Scripts/benchmark-scheduler. Empty in other release
        // builds, since it looks inside.
        .target(
            name: "SchedulerSimulation", dependencies: ["AzureEmulator", "AzureTesting"],
            path: "Tests/SchedulerSimulation", swiftSettings: swiftSettings),
        .testTarget(
            name: "FuzzTests", dependencies: ["FuzzTargets"], resources: [.copy("Corpus")],
            swiftSettings: swiftSettings),
        .testTarget(name: "AzureCryptoTests", dependencies: ["AzureCrypto"], swiftSettings: swiftSettings),
        .testTarget(
            name: "AzureCoreTests",
            dependencies: [
                "AzureAsyncHTTPClientTransport", "AzureCore", "AzureTesting", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(
                    name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: asyncHTTPClient)),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: asyncHTTPClient)),
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "AzureAuthTests",
            dependencies: [
                "AzureAuth", "AzureCore", "AzureCrypto", "AzureTesting", "PythonSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            resources: [.copy("Vectors")], swiftSettings: swiftSettings),
        .testTarget(
            name: "BlobStorageTests", dependencies: ["BlobStorage", "AzureCrypto", "AzureTesting"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "BatchModelsTests", dependencies: ["BatchModels", "AzureCore", "AzureTesting"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "BatchServiceTests",
            dependencies: [
                "BatchService", "BatchModels", "AzureAuth", "AzureCore", "AzureTesting", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "AzureEmulatorTests",
            dependencies: [
                "AzureAuth", "AzureCrypto", "AzureEmulator", "AzureTesting", "BatchModels", "BatchService",
                "BlobStorage", "PythonSupport", "SchedulerSimulation", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: emulator)),
                .product(name: "GRDBSQLite", package: "GRDB.swift", condition: .when(traits: emulator)),
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "AzureCrypto", "AzureEmulator", "BlobStorage", "BatchService", "BatchModels", "AzureTesting",
                "PythonSupport", "Snippets", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(
                    name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: asyncHTTPClient)),
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: emulator)),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: emulator)),
            ],
            swiftSettings: swiftSettings
        ),
    ],
    swiftLanguageModes: [.v6]
)

// The simulation of the Batch scheduler in a release build, for Scripts/benchmark-scheduler.
if Context.environment["AZURE_SWIFT_SIMULATION"] == "1" {
    for target in package.targets where ["AzureEmulator", "SchedulerSimulation"].contains(target.name) {
        target.swiftSettings =
            (target.swiftSettings ?? []) + [.define("AZURE_SWIFT_SIMULATION"), .unsafeFlags(["-enable-testing"])]
    }
    package.targets.append(
        .executableTarget(
            name: "scheduler-benchmark", dependencies: ["SchedulerSimulation"], path: "Benchmarks/Scheduler",
            swiftSettings: swiftSettings))
}

// Fuzzing with libFuzzer: see Docs/Fuzzing.md. What is fuzzed says where it has been; nothing else is built so, and no
// package that depends on this one sees any of it.
if let runtime = Context.environment["AZURE_SWIFT_FUZZER_RUNTIME"] {
    let fuzzed: Set<String> = [
        "AzureAuth", "AzureCore", "AzureEmulator", "BatchModels", "BatchService", "BlobStorage", "FuzzTargets",
    ]
    for target in package.targets where fuzzed.contains(target.name) {
        target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-sanitize=fuzzer"])]
    }
    package.targets += [
        .target(name: "CFuzzer", path: "Tests/CFuzzer"),
        .executableTarget(
            name: "fuzz-runner", dependencies: ["CFuzzer", "FuzzTargets"], path: "Tests/FuzzRunner",
            swiftSettings: swiftSettings,
            linkerSettings: [.unsafeFlags([runtime]), .linkedLibrary("stdc++")]),
    ]
}
