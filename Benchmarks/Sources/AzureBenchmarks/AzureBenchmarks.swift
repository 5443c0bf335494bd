import ArgumentParser

/// The workloads that are measured. Each prints one JSON object; Scripts/benchmark runs them next to those of others.
@main
struct AzureBenchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "azure-benchmarks", abstract: "Workloads for measuring azure-swift.",
        subcommands: [
            AddTasks.self, Download.self, DownloadStream.self, ListBlobs.self, Sign.self, SlowReaders.self,
            SlowStream.self,
            SmallGet.self, SmallPut.self, TransferFaults.self, Upload.self,
        ])
}
