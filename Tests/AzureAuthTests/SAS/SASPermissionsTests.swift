import AzureAuth
import AzureCore
import Foundation
import Testing

@Suite("Permissions of shared access signatures")
struct SASPermissionsTests {
    @Test("All permissions are written in the service's order, however they were combined")
    func order() throws {
        #expect(try BlobSASPermissions(letters: "iemtlyxdwcar").description == "racwdxyltmei")
        #expect(try ContainerSASPermissions(letters: "iemftlyxdwcar").description == "racwdxyltfmei")
        #expect(try AccountSASPermissions(letters: "itfpucalyxdwr").description == "rwdxylacupfti")
        #expect(try AccountSAS.Services(letters: "fqb").description == "bqf")
        #expect(try AccountSAS.ResourceTypes(letters: "ocs").description == "sco")
        #expect(([.list, .read] as ContainerSASPermissions).description == "rl")
        #expect(([.write, .create, .read] as BlobSASPermissions).description == "rcw")
    }

    @Test("Each permission has its letter")
    func letters() {
        #expect(BlobSASPermissions.setImmutabilityPolicy.description == "i")
        #expect(ContainerSASPermissions.filterByTags.description == "f")
        #expect(AccountSASPermissions.process.description == "p")
        #expect(BlobSASPermissions.letters.count == 12)
        #expect(ContainerSASPermissions.letters.count == 13)
        #expect(AccountSASPermissions.letters.count == 13)
        #expect(BlobSASPermissions().description.isEmpty)
    }

    @Test("Letters that stand there twice count once, and unknown ones are refused")
    func parsing() throws {
        #expect(try BlobSASPermissions(letters: "rrr") == .read)
        #expect(try BlobSASPermissions(letters: "") == [])
        for text in ["f", "R", "r ", "é", "z"] {
            let failure = #expect(throws: AzureError.self) { try BlobSASPermissions(letters: text) }
            #expect(failure?.code == .invalidArgument)
        }
    }

    /// "Specify the permissions in this order" stands at the field `sp` of "Create a service SAS"; the service answers 403
    /// to any other.
    @Test(
        "Permissions that were given as a text are signed and written in the service's order, each once",
        arguments: [("wr", "rw"), ("rr", "r"), ("wdcar", "racwd"), ("rw", "rw"), ("lr", "rl")])
    func rawText(given: String, expected: String) throws {
        let key = try StorageSharedKey(accountName: "account", key: "a2V5")
        let expiry = Date(timeIntervalSince1970: 2_000_000_000)
        for resource in [BlobSAS.Resource.container, .blob("b"), .directory("d")] {
            var sas = BlobSAS(container: "c", resource: resource, permissions: given)
            sas.expiresOn = AzureTimestamp(expiry)
            let token = try sas.token(signedWith: key)
            #expect(token.contains("sp=\(expected)&"))
            sas.permissions = expected
            #expect(try sas.token(signedWith: key) == token)
        }
    }

    @Test("A permission that does not exist is refused, and none is signed", arguments: ["rz", "R", "r w", "r\n"])
    func unknownLetter(letters: String) throws {
        let key = try StorageSharedKey(accountName: "account", key: "a2V5")
        var sas = BlobSAS(container: "c", resource: .blob("b"), permissions: letters)
        sas.expiresOn = AzureTimestamp(Date(timeIntervalSince1970: 2_000_000_000))
        let error = #expect(throws: AzureError.self) { try sas.token(signedWith: key) }
        #expect(error?.code == .invalidArgument)
    }
}
