import BlobStorage
import SampleSupport
import WordCount

/// What a task does: it reads a blob and prints its most frequent words.
struct CountingTask {
    /// The largest text that is read into memory.
    static let sizeLimit = 256 * 1024 * 1024

    /// The URL of the text, with a signature that may read it.
    var book: String
    /// How many words to print.
    var count: Int

    /// Prints a line `word count` for each word.
    ///
    /// - Returns: Whether it succeeded; if not, the console says why.
    func run(console: Console) async -> Bool {
        do {
            let text = try await BlobClient(url: book).download(upTo: Self.sizeLimit)
            for entry in try WordCount.mostCommon(count, in: Array(text)) {
                console.print("\(entry.word) \(entry.count)")
            }
            return true
        } catch let error as InvalidUTF8 {
            console.report(SampleFailure("The text is \(error)."))
        } catch {
            console.report(error)
        }
        return false
    }
}
