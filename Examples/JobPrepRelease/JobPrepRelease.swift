import ArgumentParser
import AzureCore
import Foundation
import SampleSupport

/// Proofreads texts. A preparation task makes a list of words on each node, which the tasks there share, and a release
/// task takes it away.
@main
struct JobPrepRelease: SampleCommand {
    static let configuration = CommandConfiguration(
        commandName: "JobPrepRelease",
        abstract: "Looks for words in texts that no list has, on nodes of Azure Batch that are prepared for it.",
        discussion: AccountSettings.help,
        version: PackageVersion.current,
        subcommands: [SampleCleanup<Self>.self])

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("The texts. The default are five short texts.", valueName: "file"))
    var input: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("The lists of words, one a line. The default has those of the texts.", valueName: "file"))
    var words: [String] = []

    @Option(help: "How many nodes the pool has.")
    var nodes = 2

    @OptionGroup var options: SampleOptions

    func validate() throws {
        try SampleOptions.refuse(["--nodes": nodes], below: 1)
    }

    static func names(of run: RunID) -> SampleNames {
        SampleNames("JobPrepRelease", run, containers: ["words", "texts", "findings"])
    }

    func plan(_ names: SampleNames) throws -> ProofPlan {
        ProofPlan(
            texts: try LocalFile.all(input.isEmpty ? Self.files(in: "Texts") : input, as: "text"),
            words: try LocalFile.all(words.isEmpty ? Self.files(in: "Words") : words, as: "list of words"),
            nodes: nodes, timeout: .minutes(options.timeout), names: names)
    }

    /// The files that come with the sample, in the order of their names.
    private static func files(in directory: String) throws -> [String] {
        let url = Bundle.module.bundleURL.appending(path: directory)
        return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
            .map { url.appending(path: $0).path }
    }
}
