import AzureAuth
import AzureCore
import AzureEmulator
import AzureTesting
import BatchService
import BlobStorage
import Foundation

extension Mistake {
    static let credentials: [Mistake] = [
        Mistake("The key is another account's") { stage in
            let key = try StorageSharedKey(accountName: stage.emulator.blobAccount, key: MistakeStage.wrongKey)
            let client = try BlobServiceClient(
                endpoint: stage.emulator.blobEndpoint, credential: .sharedKey(key),
                options: BlobClientOptions(pipeline: stage.pipeline()))
            _ = try await client.container("pictures").properties()
        },
        Mistake("The key is no key") { stage in
            _ = try StorageSharedKey(accountName: stage.emulator.blobAccount, key: "my key")
        },
        Mistake("The account's name is another's") { stage in
            let text =
                "AccountName=someoneelse;AccountKey=\(stage.emulator.blobKey);"
                + "BlobEndpoint=\(stage.emulator.blobEndpoint)"
            let client = try BlobServiceClient(
                connectionString: text, options: BlobClientOptions(pipeline: stage.pipeline()))
            _ = try await client.container("pictures").properties()
        },
        Mistake("The emulator's address lacks the account") { stage in
            _ = try await stage.cat(at: "http://127.0.0.1:10000").download(upTo: 100)
        },
        Mistake("The endpoint has a container in it") { stage in
            _ = try stage.cat(at: "https://pictures.blob.core.windows.net/holiday")
        },
        Mistake("The endpoint lacks its scheme") { stage in
            _ = try stage.cat(at: "pictures.blob.core.windows.net")
        },
        Mistake("The connection string has spaces beside its equals signs") { _ in
            _ = try BlobServiceClient(connectionString: "AccountName = pictures; AccountKey = a2V5")
        },
        Mistake("The connection string has no key") { _ in
            _ = try BlobServiceClient(connectionString: "DefaultEndpointsProtocol=https;AccountName=pictures")
        },
        Mistake("The shared access signature has expired") { stage in
            let url = try stage.pictures().blob("cat.jpg").signedURL(
                permissions: .read, expiresOn: Date(timeIntervalSinceNow: -60))
            _ = try await BlobClient(url: url, options: .init(pipeline: stage.pipeline())).download(upTo: 100)
        },
        Mistake("The shared access signature is not valid yet") { stage in
            let url = try stage.pictures().blob("cat.jpg").signedURL(
                permissions: .read, expiresOn: Date(timeIntervalSinceNow: 7200)
            ) { $0.startsOn = AzureTimestamp(Date(timeIntervalSinceNow: 3600)) }
            _ = try await BlobClient(url: url, options: .init(pipeline: stage.pipeline())).download(upTo: 100)
        },
        Mistake("The shared access signature lacks the permission to write") { stage in
            let url = try stage.pictures().blob("cat.jpg").signedURL(
                permissions: .read, expiresOn: Date(timeIntervalSinceNow: 3600))
            try await BlobClient(url: url, options: .init(pipeline: stage.pipeline()))
                .upload(Data("meow".utf8), options: .init(overwrite: true))
        },
        Mistake("The shared access signature is another blob's") { stage in
            let url = try stage.pictures().blob("dog.jpg").signedURL(
                permissions: .read, expiresOn: Date(timeIntervalSinceNow: 3600))
            let other = URL(string: url.absoluteString.replacing("dog.jpg", with: "cat.jpg"))!
            _ = try await BlobClient(url: other, options: .init(pipeline: stage.pipeline())).download(upTo: 100)
        },
        Mistake("There is no credential, and the container is not public") { stage in
            let client = try BlobServiceClient(
                endpoint: stage.emulator.blobEndpoint, options: BlobClientOptions(pipeline: stage.pipeline()))
            _ = try await client.container("pictures").blob("cat.jpg").download(upTo: 100)
        },
        Mistake("This machine's clock is an hour slow") { stage in
            let slow = TimeSource(
                now: { Date(timeIntervalSinceNow: -3600) }, uptime: TimeSource.system.uptime,
                sleep: TimeSource.system.sleep)
            _ = try await stage.pictures({ $0.timeSource = slow }).properties()
        },
        Mistake("`DefaultAzureCredential` finds nothing in the environment") { _ in
            var options = CredentialOptions()
            options.environment = CredentialEnvironment(["AZURE_TOKEN_CREDENTIALS": "EnvironmentCredential"])
            let credential = try DefaultAzureCredential(options: options)
            _ = try await credential.token(for: TokenRequest(scopes: ["https://storage.azure.com/.default"]))
        },
        Mistake("A token is used over plain HTTP") { stage in
            let credential = ClosureCredential()
            let client = try BlobServiceClient(
                endpoint: stage.emulator.blobEndpoint, credential: .token(credential),
                options: BlobClientOptions(pipeline: stage.pipeline()))
            _ = try await client.container("pictures").properties()
        },
    ]
}

/// A credential whose token is nobody's.
private struct ClosureCredential: TokenCredential {
    func token(for request: TokenRequest) async throws -> AccessToken {
        AccessToken(token: "token", expiresOn: Date(timeIntervalSinceNow: 3600))
    }
}
