#if Emulator
extension BlobContent {
    /// The size of a page.
    static let page: Int64 = 512

    /// The content of a page blob that nobody has written to.
    static func emptyPages(_ length: Int64) -> BlobContent {
        BlobContent(length == 0 ? [] : [Block(id: nil, piece: ContentPiece(zeros: length))])
    }

    /// The content with other pages in a range.
    func replacing(_ range: Range<Int64>, with piece: ContentPiece) -> BlobContent {
        BlobContent(
            blocks(in: 0..<range.lowerBound) + [Block(id: nil, piece: piece)] + blocks(in: range.upperBound..<length))
    }

    /// The content with another length: cut off, or with zeros at its end.
    func resized(to length: Int64) -> BlobContent {
        guard length > self.length else { return BlobContent(blocks(in: 0..<length)) }
        return BlobContent(blocks + [Block(id: nil, piece: ContentPiece(zeros: length - self.length))])
    }

    /// The parts that were written, those next to each other as one.
    func writtenRanges(in range: Range<Int64>) -> [Range<Int64>] {
        var result: [Range<Int64>] = []
        var start: Int64 = 0
        for block in blocks {
            let part = (start..<start + block.piece.length).clamped(to: range)
            start += block.piece.length
            guard !block.piece.isZeros, !part.isEmpty else { continue }
            if let last = result.last, last.upperBound == part.lowerBound {
                result[result.count - 1] = last.lowerBound..<part.upperBound
            } else {
                result.append(part)
            }
        }
        return result
    }

    private func blocks(in range: Range<Int64>) -> [Block] {
        var result: [Block] = []
        var start: Int64 = 0
        for block in blocks {
            let part = (start..<start + block.piece.length).clamped(to: range)
            if !part.isEmpty {
                result.append(Block(id: nil, piece: block.piece[part.lowerBound - start..<part.upperBound - start]))
            }
            start += block.piece.length
        }
        return result
    }
}
#endif
