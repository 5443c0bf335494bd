import Foundation
import SampleSupport

/// What a run shall do, checked as far as that can be done before anything is created.
struct TutorialPlan: Sendable {
    /// The texts.
    var inputs: [LocalFile]
    /// The directory for the results, absolute.
    var outputDirectory: String
    /// What the run makes, by name.
    var names: TutorialNames.Resolved
    /// What the nodes run.
    var program: TaskProgram
    /// How many words to report for each text.
    var numwords: Int
    /// How many nodes the pool has.
    var nodes: Int
    /// How long to wait for the tasks.
    var timeout: Duration
    /// Whether the pool stays for the next run.
    var keepsPool: Bool
    /// Whether the containers stay.
    var keepsContainers: Bool
    /// Whether there is somebody to ask what shall be deleted.
    var asks: Bool

    /// Checks what was asked for.
    ///
    /// - Throws: A ``SampleFailure`` when a file is missing or cannot be read, when two texts have one name, or when
    ///   the results have no place.
    init(
        inputs: [String], outputDirectory: String, names: TutorialNames.Resolved, taskProgram: String, numwords: Int,
        nodes: Int, timeout: Duration, keepsPool: Bool, keepsContainers: Bool, asks: Bool
    ) throws {
        self.inputs = try LocalFile.all(inputs, as: "input file")
        self.outputDirectory = LocalFile.absolute(outputDirectory)
        self.program = TaskProgram(try LocalFile(taskProgram, as: "task program"))
        self.numwords = numwords
        self.nodes = nodes
        self.timeout = timeout
        self.names = names
        self.keepsPool = keepsPool
        self.keepsContainers = keepsContainers
        self.asks = asks
        try prepareOutputDirectory()
    }

    /// The name of the blob that the task for a text uploads: `NAME_OUTPUT.EXT`.
    static func outputName(for input: LocalFile) -> String {
        let name = input.name.unicodeScalars
        let withoutDots = name.drop { $0 == "." }
        let end = withoutDots.lastIndex(of: ".") ?? name.endIndex
        return String(String.UnicodeScalarView(name[..<end])) + "_OUTPUT"
            + String(String.UnicodeScalarView(name[end...]))
    }

    private func prepareOutputDirectory() throws {
        do {
            try FileManager.default.createDirectory(atPath: outputDirectory, withIntermediateDirectories: true)
        } catch {
            throw SampleFailure("The directory '\(outputDirectory)' for the results cannot be made.")
        }
        guard FileManager.default.isWritableFile(atPath: outputDirectory) else {
            throw SampleFailure("The directory '\(outputDirectory)' for the results cannot be written to.")
        }
    }
}
