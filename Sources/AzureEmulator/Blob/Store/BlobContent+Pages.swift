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

    /// The content with other pages in a range that it has.
    func replacing(_ range: Range<Int64>, with piece: ContentPiece) throws -> BlobContent {
        try replacing(range) { $0.addPages(piece) }
    }

    /// The content with the pages of a range cleared. Those that nobody wrote stay as they are.
    func clearing(_ range: Range<Int64>) throws -> BlobContent {
        let mark = ContentPiece.newMark()
        return try replacing(range) { pages in
            var cursor = try BlobContentCursor(self, at: range.lowerBound)
            while let piece = cursor.piece, cursor.start < range.upperBound {
                let part = cursor.range.clamped(to: range)
                let count = part.upperBound - part.lowerBound
                if count > 0 {
                    pages.addPages(piece.isZeros ? piece[0..<count] : ContentPiece(zeros: count, mark: mark))
                }
                try cursor.advance()
            }
        }
    }

    /// - Parameter add: Adds what is to be in the range.
    private func replacing(
        _ range: Range<Int64>, _ add: (inout [Block]) throws -> Void
    ) throws -> BlobContent {
        let first = run(at: range.lowerBound)
        let last = run(at: range.upperBound - 1)
        let touched = try runs[first...last].flatMap { try $0.blocks() }
        var changed: [Block] = []
        var start = starts[first]
        for block in touched {
            let end = start + block.piece.length
            if start < range.lowerBound { changed.addPages(block.piece[0..<min(end, range.lowerBound) - start]) }
            if start <= range.lowerBound, range.lowerBound < end { try add(&changed) }
            if range.upperBound < end {
                changed.addPages(block.piece[max(range.upperBound, start) - start..<end - start])
            }
            start = end
        }
        var result = self
        result.replaceRuns(first...last, with: changed)
        return result
    }

    /// The content with another length: cut off, or with zeros at its end.
    func resized(to length: Int64) throws -> BlobContent {
        guard length != self.length else { return self }
        guard length < self.length else {
            var result = self
            try result.append(Block(id: nil, piece: ContentPiece(zeros: length - self.length)))
            return result
        }
        guard length > 0 else { return BlobContent([]) }
        var kept: [Block] = []
        let last = run(at: length - 1)
        var start = starts[last]
        for block in try runs[last].blocks() where start < length {
            kept.append(Block(id: nil, piece: block.piece[0..<min(block.piece.length, length - start)]))
            start += block.piece.length
        }
        var result = self
        result.replaceRuns(last...(runs.count - 1), with: kept)
        return result
    }

    /// The parts that were written, those next to each other as one.
    ///
    /// - Parameter limit: The number of parts after which no more are looked for.
    func writtenRanges(in range: Range<Int64>, limit: Int = .max) throws -> [PageChange] {
        var result: [PageChange] = []
        var cursor = try BlobContentCursor(self, at: range.lowerBound)
        while let piece = cursor.piece, cursor.start < range.upperBound, result.count <= limit {
            let part = cursor.range.clamped(to: range)
            if !piece.isZeros, !part.isEmpty { result.add(PageChange(range: part, isCleared: false)) }
            try cursor.advance()
        }
        return result
    }

    /// The parts that are not what they were: written since, or cleared.
    ///
    /// - Parameter limit: The number of parts after which no more are looked for.
    func changes(since earlier: BlobContent, in range: Range<Int64>, limit: Int = .max) throws -> [PageChange] {
        var changes: [PageChange] = []
        var cursor = try BlobContentCursor(self, at: range.lowerBound)
        var other = try BlobContentCursor(earlier.resized(to: length), at: range.lowerBound)
        while let now = cursor.piece, let before = other.piece, changes.count <= limit {
            let part = cursor.range.clamped(to: other.range)
            guard part.lowerBound < range.upperBound else { break }
            let asked = part.clamped(to: range)
            let (ownOffset, otherOffset) = (part.lowerBound - cursor.start, part.lowerBound - other.start)
            if !asked.isEmpty,
                !now[ownOffset..<now.length].isSame(as: before[otherOffset..<before.length])
            {
                changes.add(PageChange(range: asked, isCleared: now.isZeros))
            }
            if cursor.range.upperBound == part.upperBound { try cursor.advance() }
            if other.range.upperBound == part.upperBound { try other.advance() }
        }
        return changes
    }
}

extension [BlobContent.Block] {
    /// Adds pages; zeros become part of those before them that are the same.
    fileprivate mutating func addPages(_ piece: ContentPiece) {
        if piece.isZeros, let last, last.piece.isSame(as: piece) {
            self[count - 1] = BlobContent.Block(id: nil, piece: last.piece.extended(by: piece.length))
        } else {
            append(BlobContent.Block(id: nil, piece: piece))
        }
    }
}
