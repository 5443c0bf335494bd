public import AzureCore
import HTTPTypes
import StorageCore

/// Options for writing pages.
public struct PageBlobWriteOptions: Sendable {
    /// A checksum of the bytes. The default is none.
    public var checksum: ContentChecksum?
    /// Conditions on the sequence number.
    public var sequenceNumber: SequenceNumberConditions
    /// Under which conditions to write.
    public var conditions: BlobAccessConditions
    /// Server-side encryption; it must be the same as when the blob was created.
    public var encryption: BlobEncryption
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        checksum: ContentChecksum? = nil,
        sequenceNumber: SequenceNumberConditions = SequenceNumberConditions(),
        conditions: BlobAccessConditions = BlobAccessConditions(),
        encryption: BlobEncryption = BlobEncryption(),
        call: CallOptions = CallOptions()
    ) {
        self.checksum = checksum
        self.sequenceNumber = sequenceNumber
        self.conditions = conditions
        self.encryption = encryption
        self.call = call
    }
}

/// Conditions on the sequence number of a page blob. Conditions that are nil are not checked.
///
/// When a condition does not hold the operation fails with
/// ``AzureCore/AzureErrorCode/sequenceNumberConditionNotMet``.
public struct SequenceNumberConditions: Sendable, Hashable {
    /// It is this number or a smaller one.
    public var ifLessThanOrEqual: Int64?
    /// It is smaller than this number.
    public var ifLessThan: Int64?
    /// It is this number.
    public var ifEqual: Int64?

    /// Creates conditions. By default there are none.
    public init(ifLessThanOrEqual: Int64? = nil, ifLessThan: Int64? = nil, ifEqual: Int64? = nil) {
        self.ifLessThanOrEqual = ifLessThanOrEqual
        self.ifLessThan = ifLessThan
        self.ifEqual = ifEqual
    }

    func apply(to fields: inout HTTPFields) throws {
        for number in [ifLessThanOrEqual, ifLessThan, ifEqual] {
            try PageBlobClient.check(sequenceNumber: number)
        }
        fields.set(.ifSequenceNumberLessOrEqual, ifLessThanOrEqual)
        fields.set(.ifSequenceNumberLess, ifLessThan)
        fields.set(.ifSequenceNumberEqual, ifEqual)
    }
}
