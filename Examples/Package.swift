// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] =
    [
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (Context.environment["AZURE_SWIFT_WARNINGS_AS_ERRORS"] == "1" ? [.treatAllWarnings(as: .error)] : [])

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")

func azure(_ product: String) -> Target.Dependency {
    .product(name: product, package: "azure-swift")
}

let package = Package(
    name: "azure-swift-examples",
    platforms: [.macOS(.v15)],
    dependencies: [
        // The samples run on the emulator unless the environment names an Azure account, hence the trait. A program of
        // your own that only talks to Azure leaves it out.
        .package(name: "azure-swift", path: "..", traits: ["Curl", "Emulator"]),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.5.0"),
        // PhotoService, and RodPart; the emulator has all of them anyway.
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.20.0", traits: []),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.5.0", traits: []),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.80.0"),
    ],
    targets: [
        // MARK: What runs on the nodes
        .target(name: "WordCount", path: "WordCount", swiftSettings: swiftSettings),
        .executableTarget(
            name: "TutorialTask",
            dependencies: ["WordCount", azure("AzureCore"), azure("AzureAuth"), azure("BlobStorage"), argumentParser],
            path: "TutorialTask",
            swiftSettings: swiftSettings),

        .target(name: "FramePicture", path: "FramePicture", swiftSettings: swiftSettings),
        .executableTarget(
            name: "RenderFrame",
            dependencies: ["FramePicture", azure("AzureCore"), azure("BlobStorage"), argumentParser],
            path: "RenderFrame",
            swiftSettings: swiftSettings),

        .target(name: "HeatFlow", path: "HeatFlow", swiftSettings: swiftSettings),
        .executableTarget(
            name: "RodPart",
            dependencies: [
                "HeatFlow", azure("AzureCore"), azure("BlobStorage"), argumentParser, nioCore, nioPosix,
            ],
            path: "RodPart",
            swiftSettings: swiftSettings),

        // MARK: What runs on your machine
        .target(
            name: "SampleSupport",
            dependencies: [
                azure("AzureCore"), azure("AzureAuth"), azure("BlobStorage"), azure("BatchModels"),
                azure("BatchService"), azure("AzureEmulator"), argumentParser,
            ],
            path: "SampleSupport",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "TutorialClient",
            dependencies: [
                "SampleSupport", azure("AzureCore"), azure("AzureAuth"), azure("BlobStorage"), azure("BatchModels"),
                azure("BatchService"), argumentParser,
            ],
            path: "TutorialClient",
            resources: [.copy("Texts")],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "TopNWords",
            dependencies: [
                "SampleSupport", "WordCount", azure("AzureCore"), azure("AzureAuth"), azure("BlobStorage"),
                azure("BatchModels"), azure("BatchService"), argumentParser,
            ],
            path: "TopNWords",
            resources: [.copy("Texts")],
            swiftSettings: swiftSettings),

        .executableTarget(
            name: "RenderFarm",
            dependencies: [
                "SampleSupport", "FramePicture", azure("AzureCore"), azure("BlobStorage"), azure("BatchModels"),
                azure("BatchService"), argumentParser,
            ],
            path: "RenderFarm",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "TaskDependencies",
            dependencies: [
                "SampleSupport", azure("AzureCore"), azure("BlobStorage"), azure("BatchModels"), azure("BatchService"),
                argumentParser,
            ],
            path: "TaskDependencies",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "JobPrepRelease",
            dependencies: [
                "SampleSupport", azure("AzureCore"), azure("BlobStorage"), azure("BatchModels"), azure("BatchService"),
                argumentParser,
            ],
            path: "JobPrepRelease",
            resources: [.copy("Texts"), .copy("Words")],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "MultiInstanceTasks",
            dependencies: [
                "SampleSupport", azure("AzureCore"), azure("BlobStorage"), azure("BatchModels"), azure("BatchService"),
                argumentParser,
            ],
            path: "MultiInstanceTasks",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "PhotoBackup",
            dependencies: ["SampleSupport", azure("AzureCore"), azure("BlobStorage"), argumentParser],
            path: "PhotoBackup",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "PhotoService",
            dependencies: [
                "SampleSupport", azure("AzureCore"), azure("BlobStorage"), argumentParser, httpTypes, hummingbird,
                nioCore, .product(name: "Logging", package: "swift-log"),
            ],
            path: "PhotoService",
            swiftSettings: swiftSettings),

        // MARK: Tests
        .testTarget(
            name: "WordCountTests", dependencies: ["WordCount"], path: "Tests/WordCountTests",
            resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
        .testTarget(
            name: "TutorialTaskTests",
            dependencies: [
                "TutorialTask", "WordCount", "SampleSupport", "ExampleTestSupport", azure("AzureCore"),
                azure("AzureAuth"), azure("BlobStorage"),
            ],
            path: "Tests/TutorialTaskTests",
            swiftSettings: swiftSettings),
        .target(
            name: "ExampleTestSupport",
            dependencies: [
                "SampleSupport", azure("AzureCore"), azure("AzureAuth"), azure("BlobStorage"), azure("BatchModels"),
                azure("BatchService"), azure("AzureEmulator"), argumentParser,
            ],
            path: "Tests/Support",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SampleSupportTests",
            dependencies: [
                "SampleSupport", "ExampleTestSupport", azure("AzureCore"), azure("AzureTesting"), azure("BlobStorage"),
            ],
            path: "Tests/SampleSupportTests", swiftSettings: swiftSettings),
        .testTarget(
            name: "TutorialClientTests",
            // The task program runs as what it is, an executable beside the tests.
            dependencies: [
                "TutorialClient", "TutorialTask", "SampleSupport", "ExampleTestSupport", azure("AzureCore"),
                azure("BlobStorage"), azure("BatchModels"), azure("BatchService"), azure("AzureEmulator"),
                argumentParser,
            ],
            path: "Tests/TutorialClientTests",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "TopNWordsTests",
            dependencies: ["TopNWords", "SampleSupport", "ExampleTestSupport", argumentParser],
            path: "Tests/TopNWordsTests",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "FramePictureTests", dependencies: ["FramePicture"], path: "Tests/FramePictureTests",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "RenderFarmTests",
            dependencies: [
                "RenderFarm", "RenderFrame", "FramePicture", "SampleSupport", "ExampleTestSupport",
                azure("BatchModels"), argumentParser,
            ],
            path: "Tests/RenderFarmTests",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "TaskDependenciesTests",
            dependencies: [
                "TaskDependencies", "SampleSupport", "ExampleTestSupport", azure("BatchModels"), argumentParser,
            ],
            path: "Tests/TaskDependenciesTests",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "JobPrepReleaseTests",
            dependencies: [
                "JobPrepRelease", "SampleSupport", "ExampleTestSupport", azure("BatchModels"), argumentParser,
            ],
            path: "Tests/JobPrepReleaseTests",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "MultiInstanceTasksTests",
            dependencies: [
                "MultiInstanceTasks", "RodPart", "HeatFlow", "SampleSupport", "ExampleTestSupport", argumentParser,
            ],
            path: "Tests/MultiInstanceTasksTests",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "PhotoBackupTests",
            dependencies: [
                "PhotoBackup", "SampleSupport", "ExampleTestSupport", azure("AzureCore"), azure("BlobStorage"),
                argumentParser, httpTypes,
            ],
            path: "Tests/PhotoBackupTests",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "PhotoServiceTests",
            dependencies: [
                "PhotoService", "ExampleTestSupport", azure("AzureCore"), azure("BlobStorage"), httpTypes, hummingbird,
            ],
            path: "Tests/PhotoServiceTests",
            swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6]
)
