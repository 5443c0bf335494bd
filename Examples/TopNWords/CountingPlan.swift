import SampleSupport

/// What a run of the client shall do.
struct CountingPlan: Sendable {
    /// The text.
    var book: LocalFile
    /// What the nodes run.
    var program: TaskProgram
    /// How many tasks there are.
    var tasks: Int
    /// How many words each task prints.
    var numwords: Int
    /// How many nodes the pool has.
    var nodes: Int
    /// How long to wait for the tasks.
    var timeout: Duration

    let applicationContainer = "application"
    let bookContainer = "books"
    let pool = "TopNWordsPool"
    let job = "TopNWordsJob"
}
