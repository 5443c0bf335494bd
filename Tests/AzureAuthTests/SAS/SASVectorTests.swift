import AzureAuth
import AzureCore
import Testing

@Suite("Vectors of shared access signatures")
struct SASVectorTests {
    @Test("A signature is what the official client makes of the same arguments", arguments: try SASVector.load())
    func vectors(_ vector: SASVector) throws {
        let account = vector.inputs.account_name
        let text: String
        let token: String
        if vector.function == "generate_account_sas" {
            let key = try StorageSharedKey(accountName: account, key: try #require(vector.inputs.account_key))
            text = try vector.accountSAS.stringToSign(accountName: account)
            token = try vector.accountSAS.token(signedWith: key)
        } else if let delegation = vector.inputs.user_delegation_key {
            text = try vector.blobSAS.stringToSign(accountName: account, key: try delegation.key)
            token = try vector.blobSAS.token(signedWith: try delegation.key, accountName: account)
        } else {
            let key = try StorageSharedKey(accountName: account, key: try #require(vector.inputs.account_key))
            text = try vector.blobSAS.stringToSign(accountName: account)
            token = try vector.blobSAS.token(signedWith: key)
        }
        #expect(text == vector.stringToSign)
        #expect(token == vector.token)
        #expect(token.hasSuffix("&sig=\(PercentEncoding.encodePath(vector.signature))"))
    }

    @Test("The vectors are all there, and for the version that this package writes")
    func count() throws {
        #expect(try VectorFile<SASVector>.load("sas-vectors").vectors.count == 9)
        #expect(try SASVector.load().allSatisfy { $0.token.contains("sv=\(sasVersion)&") })
    }
}
