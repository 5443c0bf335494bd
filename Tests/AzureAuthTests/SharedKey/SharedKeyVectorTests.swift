import AzureAuth
import AzureCore
import AzureTesting
import Testing

@Suite("Vectors of Shared Key")
struct SharedKeyVectorTests {
    @Test(
        "A request to Blob Storage is signed as the official client signs it",
        arguments: try sharedKeyVectors("blob-sharedkey-vectors", "blob-sharedkey-more-vectors"))
    func blob(_ vector: SharedKeyVector) throws {
        let text = StorageSharedKeySigner.stringToSign(try vector.request, accountName: vector.account)
        #expect(text == vector.stringToSign)
        let key = try StorageSharedKey(accountName: vector.account, key: wellKnownKey)
        #expect("SharedKey \(vector.account):\(key.sign(text))" == vector.authorization)
    }

    @Test(
        "A request to Batch is signed as the official client signs it",
        arguments: try sharedKeyVectors("batch-sharedkey-vectors", "batch-sharedkey-more-vectors"))
    func batch(_ vector: SharedKeyVector) throws {
        let text = BatchSharedKeySigner.stringToSign(try vector.request, accountName: vector.account)
        #expect(text == vector.stringToSign)
        let key = try BatchSharedKey(accountName: vector.account, key: wellKnownKey)
        #expect("SharedKey \(vector.account):\(key.sign(text))" == vector.authorization)
    }

    @Test("The vectors are all there")
    func count() throws {
        #expect(try sharedKeyVectors("blob-sharedkey-vectors").count == 9)
        #expect(try sharedKeyVectors("batch-sharedkey-vectors").count == 5)
        #expect(try VectorFile<SharedKeyVector>.load("blob-sharedkey-vectors").accountKey == wellKnownKey)
    }
}
