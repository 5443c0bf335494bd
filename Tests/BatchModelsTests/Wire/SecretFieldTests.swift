import AzureCore
import BatchModels
import Foundation
import Testing

@Suite("Fields that are secret")
struct SecretFieldTests {
    private struct Facts: Decodable {
        struct Model: Decodable {
            struct Field: Decodable {
                var wire: String
                var secret: Bool?
                var signedURL: Bool?
            }
            var fields: [Field]
        }
        var models: [String: Model]
    }

    private static func facts() throws -> Facts {
        try JSONDecoder().decode(Facts.self, from: ModelFacts.newestFile())
    }

    @Test("are those with passwords, keys, values of environment variables, options that hold such, and signed URLs")
    func list() throws {
        let models = try Self.facts().models
        let secrets = models.flatMap { name, model in
            model.fields.filter { $0.secret == true }.map { "\(name).\($0.wire)" }
        }
        #expect(
            Set(secrets) == [
                "AzureBlobFileSystemConfiguration.accountKey", "AzureBlobFileSystemConfiguration.sasKey",
                "AzureBlobFileSystemConfiguration.blobfuseOptions", "AzureFileShareConfiguration.accountKey",
                "AzureFileShareConfiguration.mountOptions", "BatchNodeUserCreateOptions.password",
                "BatchNodeUserReplaceOptions.password", "BatchTaskContainerSettings.containerRunOptions",
                "CifsMountConfiguration.mountOptions", "CifsMountConfiguration.password",
                "ContainerRegistryReference.password", "EnvironmentSetting.value",
                "LinuxUserConfiguration.sshPrivateKey",
                "NfsMountConfiguration.mountOptions", "UserAccount.password", "VMExtension.protectedSettings",
            ])
        let urls = models.flatMap { name, model in
            model.fields.filter { $0.signedURL == true }.map { "\(name).\($0.wire)" }
        }
        #expect(
            Set(urls) == [
                "AzureFileShareConfiguration.azureFileUrl", "OutputFileBlobContainerDestination.containerUrl",
                "ResourceFile.storageContainerUrl", "ResourceFile.httpUrl",
                "UploadBatchServiceLogsOptions.containerUrl",
            ])
    }

    @Test("show in no description, debug description, mirror or dump, wherever they are nested")
    func hidden() throws {
        for (name, model) in try Self.facts().models {
            let probe = try #require(FieldTable.byName[name])
            // Every field has its own path as its value.
            let printed = try probe.printed("s3cr3t")
            for field in model.fields where field.secret == true {
                #expect(!printed.contains("s3cr3t.\(field.wire)"), "\(name).\(field.wire)")
            }
        }
        for probe in FieldTable.all {
            let printed = try probe.printed("s3cr3t")
            for secret in [
                "environmentSettings.value", "commonEnvironmentSettings.value", ".password", ".sshPrivateKey",
            ] {
                #expect(!printed.contains(secret), "\(probe.name): \(secret)")
            }
        }
    }

    @Test("that are URLs show of their query only what is known to be harmless")
    func urls() {
        let url = "https://a.example/c?sv=1&X-Amz-Signature=s3cr3t&code=s3cr3t&sig=s3%2Bcr3t%3D"
        let models: [any BatchModel] = [
            ResourceFile(httpURL: url, filePath: "f"), ResourceFile(storageContainerURL: url),
            UploadBatchServiceLogsOptions(containerURL: url, startTime: "2026-01-02T03:04:05Z"),
            OutputFileBlobContainerDestination(containerURL: url),
        ]
        for model in models {
            #expect(!"\(model)".contains("cr3t"))
            #expect("\(model)".contains("https://a.example/c?sv=1&"))
        }
    }

    @Test("are found percent-encoded as well")
    func encodedKeys() {
        let task = BatchTaskCreateOptions(
            id: "t",
            commandLine: "run \(PercentEncoding.encode(SecretsTests.key)) 'u=https%3A%2F%2Fa%2Fc%3Fsig%3Ds3cr3t'")
        #expect(!"\(task)".contains("s3cr3t"))
        #expect(!"\(task)".contains("Ab3%2F"))
    }

    @Test("are kept by Codable and sent")
    func kept() throws {
        let setting = EnvironmentSetting(name: "PASSWORD", value: "s3cr3t")
        #expect(try requestText(setting) == #"{"name":"PASSWORD","value":"s3cr3t"}"#)
        #expect("\(setting)" == #"EnvironmentSetting {"name":"PASSWORD","value":"REDACTED"}"#)
        let kept = try JSONDecoder().decode(EnvironmentSetting.self, from: JSONEncoder().encode(setting))
        #expect(kept == setting)
    }
}
