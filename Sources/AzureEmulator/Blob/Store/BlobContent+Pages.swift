#if Emulator
/// Pages that were written or cleared.
struct PageChange: Sendable, Hashable {
    var range: Range<Int64>
    let isCleared: Bool
}

extension [PageChange] {
    /// Adds a change; one that goes on where the last ends becomes part of it.
    mutating func add(_ change: PageChange) {
        if let last, last.isCleared == change.isCleared, last.range.upperBound == change.range.lowerBound {
            self[count - 1].range = last.range.lowerBound..<change.range.upperBound
        } else {
            append(change)
        }
    }
}

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
    func writtenRanges(in range: Range<Int64>) -> [PageChange] {
        var result: [PageChange] = []
        var start: Int64 = 0
        for block in blocks {
            let part = (start..<start + block.piece.length).clamped(to: range)
            start += block.piece.length
            guard !block.piece.isZeros, !part.isEmpty else { continue }
            result.add(PageChange(range: part, isCleared: false))
        }
        return result
    }

    /// The parts that are not what they were: written since, or cleared.
    func changes(since earlier: BlobContent, in range: Range<Int64>) -> [PageChange] {
        let earlier = earlier.resized(to: length)
        var changes: [PageChange] = []
        var (index, other) = (0, 0)
        var (start, otherStart, position) = (Int64(0), Int64(0), Int64(0))
        while position < length {
            let (now, before) = (blocks[index].piece, earlier.blocks[other].piece)
            let end = min(start + now.length, otherStart + before.length)
            let part = (position..<end).clamped(to: range)
            if !part.isEmpty,
                !now[position - start..<now.length]
                    .isSame(as: before[position - otherStart..<before.length])
            {
                changes.add(PageChange(range: part, isCleared: now.isZeros))
            }
            position = end
            if end == start + now.length { (index, start) = (index + 1, end) }
            if end == otherStart + before.length { (other, otherStart) = (other + 1, end) }
        }
        return changes
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
