import Testing
import WordCount

@testable import TutorialTask

@Suite("The report")
struct ReportTests {
    let counts = [WordCount(word: "the", count: 12), WordCount(word: "", count: 3)]

    @Test("It lists the words and names node, task, job and pool")
    func complete() {
        let report = Report(
            counts: counts,
            environment: [
                "AZ_BATCH_NODE_ID": "tvm-1", "AZ_BATCH_TASK_ID": "topNtask0", "AZ_BATCH_JOB_ID": "SwiftTutorialJob",
                "AZ_BATCH_POOL_ID": "SwiftTutorialPool", "AZ_BATCH_ACCOUNT_NAME": "other",
            ])
        #expect(
            report.text == """
                Word\tCount
                ------------------------------
                the:\t12
                :\t3
                ------------------------------
                Node: tvm-1
                Task: topNtask0
                Job:  SwiftTutorialJob
                Pool: SwiftTutorialPool

                """)
    }

    @Test("Outside of a node the names are empty")
    func outside() {
        let report = Report(counts: [], environment: [:])
        #expect(report.text.hasSuffix("\nNode: \nTask: \nJob:  \nPool: \n"))
    }
}
