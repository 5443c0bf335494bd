#if Curl
import CCurl
import Foundation

/// The sockets that libcurl wants to hear of, and a pipe that wakes the thread that waits for them.
///
/// Belongs to that thread; only ``wake()`` is for others.
final class CurlSockets: @unchecked Sendable {
    // Unchecked: the variables are touched on the engine's thread only.

    /// The first is the pipe.
    private var polled: [pollfd]
    private var places: [curl_socket_t: Int] = [:]
    /// What can be read or written without waiting, for `curl_multi_socket_action`.
    private(set) var ready: [(socket: curl_socket_t, events: Int32)] = []
    private let waker: Int32

    /// Opens the pipe; nil when there are no file descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard azure_curl_make_pipe(&ends) == 0 else { return nil }
        polled = [pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)]
        waker = ends[1]
    }

    deinit {
        close(polled[0].fd)
        close(waker)
    }

    /// Ends the waiting, now or the next time.
    func wake() {
        var byte: UInt8 = 1
        // When the pipe is full, the thread will wake anyway.
        _ = write(waker, &byte, 1)
    }

    /// Takes note of what libcurl waits for.
    func watch(_ socket: curl_socket_t, _ what: Int32) {
        guard what != CURL_POLL_REMOVE else { return forget(socket) }
        var events: Int32 = 0
        if what & CURL_POLL_IN != 0 { events |= POLLIN }
        if what & CURL_POLL_OUT != 0 { events |= POLLOUT }
        if let place = places[socket] {
            polled[place].events = Int16(events)
        } else {
            places[socket] = polled.count
            polled.append(pollfd(fd: socket, events: Int16(events), revents: 0))
        }
    }

    private func forget(_ socket: curl_socket_t) {
        guard let place = places.removeValue(forKey: socket) else { return }
        let last = polled.removeLast()
        guard place < polled.count else { return }
        polled[place] = last
        places[last.fd] = place
    }

    /// Whether libcurl still wants to hear of a socket.
    func isWatched(_ socket: curl_socket_t) -> Bool { places[socket] != nil }

    /// Waits until something is ``ready``, somebody calls ``wake()``, or the time is over.
    func wait(milliseconds: Int) {
        ready.removeAll(keepingCapacity: true)
        var found = poll(&polled, nfds_t(polled.count), Int32(clamping: milliseconds))
        guard found > 0 else { return }
        if polled[0].revents != 0 {
            empty()
            found -= 1
        }
        for entry in polled.dropFirst() where entry.revents != 0 {
            guard found > 0 else { break }
            found -= 1
            // What is wrong with a socket turns out when it is used for what it is waited for.
            let isBroken = entry.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
            let happened = isBroken ? entry.events : entry.revents
            var events: Int32 = 0
            if happened & Int16(POLLIN) != 0 { events |= CURL_CSELECT_IN }
            if happened & Int16(POLLOUT) != 0 { events |= CURL_CSELECT_OUT }
            ready.append((entry.fd, events))
        }
    }

    private func empty() {
        withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
            while read(polled[0].fd, buffer.baseAddress, buffer.count) == buffer.count {}
        }
    }
}
#endif
