import AzureAuth
import AzureCore
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
}
