import SampleSupport

/// What a run shall do.
struct ProofPlan: Sendable {
    /// The texts.
    var texts: [LocalFile]
    /// The lists of words.
    var words: [LocalFile]
    /// How many nodes the pool has.
    var nodes: Int
    /// How long to wait for the job.
    var timeout: Duration
    /// What the run makes, by name.
    var names: SampleNames

    /// The container for the lists of words.
    var wordContainer: String { names.containers[0] }
    /// The container for the texts.
    var textContainer: String { names.containers[1] }
    /// The container for what the tasks find.
    var findingContainer: String { names.containers[2] }
}
