// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "azure-swift-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        // The trait is for the emulator's program, which Scripts/benchmark builds beside this one.
        .package(name: "azure-swift", path: "..", traits: ["Curl", "Emulator"]),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.3.0"),
    ],
    targets: [
        .executableTarget(
            name: "AzureBenchmarks",
            dependencies: [
                .product(name: "AzureCore", package: "azure-swift"),
                .product(name: "AzureAuth", package: "azure-swift"),
                .product(name: "AzureTesting", package: "azure-swift"),
                .product(name: "BatchModels", package: "azure-swift"),
                .product(name: "BatchService", package: "azure-swift"),
                .product(name: "BlobStorage", package: "azure-swift"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: swiftSettings)
    ],
    swiftLanguageModes: [.v6]
)
