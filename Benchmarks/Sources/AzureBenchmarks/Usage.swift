#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What this process has used so far.
enum Usage {
    /// The most memory that was resident at a time, in bytes.
    static var peakMemory: Int {
        // Linux counts in KiB, macOS in bytes.
        #if os(Linux)
        usage.ru_maxrss * 1024
        #else
        usage.ru_maxrss
        #endif
    }

    /// The time of the processors, in seconds.
    static var processorTime: Double {
        [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    private static var usage: rusage {
        var usage = rusage()
        #if os(Linux)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #else
        getrusage(RUSAGE_SELF, &usage)
        #endif
        return usage
    }
}
