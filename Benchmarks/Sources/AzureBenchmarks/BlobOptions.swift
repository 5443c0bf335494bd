import ArgumentParser
import AzureAuth
import AzureCore
import BlobStorage

/// What all workloads on blobs are told.
struct BlobOptions: ParsableArguments {
    enum Transport: String, ExpressibleByArgument {
        case `default`
        case urlSession = "url-session"
    }

    @Option(help: "The URL of the storage account.")
    var endpoint: String

    @Option(help: "The name of the storage account.")
    var account: String

    @Option(help: "The key of the storage account.")
    var key: String

    @Option(help: "A file with the certificate authority to trust; URLSession on Linux cannot be told one.")
    var authority: String?

    @Option(help: "What carries the requests.")
    var transport = Transport.default

    @Option(help: "How many threads libcurl has.")
    var threads = CurlOptions.defaultThreads

    func makeTransport() -> any HTTPTransport {
        switch transport {
        case .default: CurlTransport(options: CurlOptions(threads: threads, certificateAuthoritiesFile: authority))
        case .urlSession: URLSessionTransport()
        }
    }

    func container() throws -> BlobContainerClient {
        let service = try BlobServiceClient(
            endpoint: endpoint, credential: .sharedKey(StorageSharedKey(accountName: account, key: key)),
            options: BlobClientOptions(pipeline: PipelineOptions(transport: makeTransport())))
        return service.container("bench")
    }
}
