import AzureCore

/// Cuts a transfer into parts. It sends nothing.
struct TransferPlan: Sendable, Hashable {
    /// The size of the parts; the last may be smaller.
    let partSize: Int64
    /// The first byte.
    let offset: Int64
    /// How many bytes in all.
    let length: Int64

    /// Plans an upload in blocks.
    ///
    /// - Throws: An ``AzureError`` when no size of blocks suffices.
    static func upload(length: Int64, partSize: Int) throws -> TransferPlan {
        try Checks.size(length, atMost: Limits.block * Int64(Limits.blocks), of: "A blob")
        let mebibyte = Limits.mebibyte
        let needed = (length + Int64(Limits.blocks) - 1) / Int64(Limits.blocks)
        let whole = (needed + mebibyte - 1) / mebibyte * mebibyte
        return TransferPlan(
            partSize: needed <= Int64(partSize) ? Int64(partSize) : min(whole, Limits.block), offset: 0, length: length)
    }

    /// How many parts there are. Any length that somebody announces has a count.
    var count: Int {
        guard length > 0 else { return 0 }
        return Int((length - 1) / partSize) + 1
    }

    /// One part.
    subscript(index: Int) -> (offset: Int64, length: Int64) {
        let start = Int64(index) * partSize
        return (offset + start, min(partSize, length - start))
    }
}
