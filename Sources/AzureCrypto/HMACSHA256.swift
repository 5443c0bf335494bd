import COpenSSL
import Synchronization

package import struct Foundation.Data

/// HMAC with SHA-256 under one key.
///
/// The keyed context is made once and copied for each message, which costs a third of starting from the key. A few
/// copies are kept, so that concurrent callers do not wait for each other. It cannot be printed.
package final class HMACSHA256: Sendable {
    /// A context of OpenSSL; it is owned by one call at a time.
    private struct Context: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private let keyed: Context
    private let idle = Mutex<[Context]>([])

    /// Prepares a key.
    package init(key: Data) {
        let algorithm = EVP_MAC_fetch(nil, "HMAC", nil)
        defer { EVP_MAC_free(algorithm) }
        guard let context = EVP_MAC_CTX_new(algorithm) else {
            preconditionFailure("OpenSSL cannot make an HMAC context: is libcrypto 3 installed?")
        }
        var value = Array("SHA256".utf8CString)
        // Parameters keep pointers to their names, so that these must live as long as the call.
        let isReady = "digest".withCString { name in
            value.withUnsafeMutableBufferPointer { value in
                var parameters = [
                    OSSL_PARAM_construct_utf8_string(name, value.baseAddress, 0), OSSL_PARAM_construct_end(),
                ]
                // An empty key still needs an address.
                return (key + [0]).withUnsafeBytes {
                    EVP_MAC_init(context, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), key.count, &parameters)
                }
            }
        }
        precondition(isReady == 1, "OpenSSL refused the key.")
        keyed = Context(pointer: context)
    }

    deinit {
        EVP_MAC_CTX_free(keyed.pointer)
        for context in idle.withLock({ $0 }) { EVP_MAC_CTX_free(context.pointer) }
    }

    /// Computes the code of a message.
    package func authenticationCode(for message: some Sequence<UInt8>) -> [UInt8] {
        let context = idle.withLock { $0.popLast() } ?? Context(pointer: EVP_MAC_CTX_dup(keyed.pointer))
        defer { idle.withLock { $0.append(context) } }
        // Without a key the context starts over with the one that it has.
        EVP_MAC_init(context.pointer, nil, 0, nil)
        if message.withContiguousStorageIfAvailable({ EVP_MAC_update(context.pointer, $0.baseAddress, $0.count) })
            == nil
        {
            let bytes = Array(message)
            EVP_MAC_update(context.pointer, bytes, bytes.count)
        }
        var code = [UInt8](repeating: 0, count: 32)
        var count = 0
        EVP_MAC_final(context.pointer, &code, &count, code.count)
        return code
    }
}

extension HMACSHA256: CustomReflectable, CustomStringConvertible {
    package var description: String { "HMACSHA256" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
