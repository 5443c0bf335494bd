/// What a run has made and must take away again. What was there before is never in it.
public actor Footprint {
    /// A blob in a container.
    public struct Blob: Sendable, Hashable {
        /// The container's name.
        public var container: String
        /// The blob's name.
        public var name: String

        /// Names a blob.
        public init(container: String, name: String) {
            self.container = container
            self.name = name
        }
    }

    /// A pool.
    public struct Pool: Sendable, Hashable {
        /// The pool's id.
        public var id: String
        /// Whether the run created it.
        public var isNew: Bool
    }

    /// The containers that the run created, in order.
    public private(set) var containers: [String] = []
    /// The blobs that the run put into containers that were there before, in order.
    public private(set) var blobs: [Blob] = []
    /// The job that the run created.
    public private(set) var job: String?
    /// The pool that the run created or found.
    public private(set) var pool: Pool?

    /// Nothing yet.
    public init() {}

    /// Notes a container that the run created.
    public func add(container: String) {
        containers.append(container)
    }

    /// Notes a blob that the run writes or has written.
    public func add(blob: Blob) {
        if !containers.contains(blob.container), !blobs.contains(blob) { blobs.append(blob) }
    }

    /// Notes the job that the run created.
    public func add(job: String) {
        self.job = job
    }

    /// Notes the pool that the run works with, and whether it created it.
    public func add(pool: String, isNew: Bool) {
        self.pool = Pool(id: pool, isNew: isNew)
    }

    /// Notes that a container is gone.
    public func remove(container: String) {
        containers.removeAll { $0 == container }
    }

    /// Notes that a blob is gone.
    public func remove(blob: Blob) {
        blobs.removeAll { $0 == blob }
    }

    /// Notes that the job is gone, or being deleted.
    public func removeJob() {
        job = nil
    }

    /// Notes that the pool is gone, or being deleted.
    public func removePool() {
        pool = nil
    }

    /// Whether the run created a container.
    public func owns(container: String) -> Bool {
        containers.contains(container)
    }

    /// Whether the run has left nothing in the storage account.
    public var hasNoBlobs: Bool { containers.isEmpty && blobs.isEmpty }

    /// What the run has made and not taken away, in words; empty when there is nothing.
    public var leftovers: [String] {
        var names = containers.map { "container [\($0)]" }
        names += blobs.map { "blob [\($0.name)] in container [\($0.container)]" }
        if let job { names.append("job [\(job)]") }
        if let pool, pool.isNew { names.append("pool [\(pool.id)]") }
        return names
    }
}
