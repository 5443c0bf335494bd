import BatchService
import BlobStorage
import Foundation

// MARK: Docs/Batch.md

public func taskWithFiles(
    from books: BlobContainerClient, to results: BlobContainerClient
) throws -> BatchTaskCreateOptions {
    // snippet.batch-files
    let until = Date(timeIntervalSinceNow: 24 * 3600)
    let task = BatchTaskCreateOptions(
        id: "count", commandLine: ShellCommand.linux(["wc -w book.txt > result.txt"]),
        resourceFiles: [try .blob(books.blob("book.txt"), readableUntil: until)],
        outputFiles: [try .upload("result.txt", to: results, path: "book/result.txt", writableUntil: until)])
    // snippet.end
    return task
}

public func schedule(after task: BatchTask) -> BatchJobScheduleConfiguration {
    // snippet.batch-dates
    let schedule = BatchJobScheduleConfiguration(
        doNotRunUntil: .init(.now + 3600), startWindow: "P1M", recurrenceInterval: .hours(6))
    if let end = task.executionInfo?.endTime?.date { print(end) }
    // snippet.end
    return schedule
}
