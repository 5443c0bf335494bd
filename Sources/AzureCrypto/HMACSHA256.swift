import COpenSSL
import Synchronization

package import struct Foundation.Data

/// HMAC with SHA-256 under one key.
///
/// The keyed context is made once; copies of it are reset for each message, which costs a third of starting from the
/// key. A copy is made whenever all are in use, so that concurrent callers do not wait for each other. It cannot be
/// printed.
package final class HMACSHA256: Sendable {
    /// A context of OpenSSL; it is owned by one call at a time.
    private struct Context: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private static let byteCount = 32

    private let keyed: Context
    private let idle = Mutex<[Context]>([])

    /// Prepares a key.
    package init(key: Data) {
        let algorithm = EVP_MAC_fetch(nil, "HMAC", nil)
        defer { EVP_MAC_free(algorithm) }
        guard let algorithm, let context = EVP_MAC_CTX_new(algorithm) else {
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
        let context = idle.withLock { $0.popLast() } ?? copy()
        defer { idle.withLock { $0.append(context) } }
        let direct = message.withContiguousStorageIfAvailable { compute(UnsafeRawBufferPointer($0), in: context) }
        let code = direct ?? Array(message).withUnsafeBytes { compute($0, in: context) }
        // Once the key is in, nothing but a lack of memory can fail, and a wrong signature would puzzle everybody.
        guard let code else { preconditionFailure("OpenSSL could not compute an HMAC.") }
        return code
    }

    private func copy() -> Context {
        guard let context = EVP_MAC_CTX_dup(keyed.pointer) else {
            preconditionFailure("OpenSSL cannot copy an HMAC context.")
        }
        return Context(pointer: context)
    }

    private func compute(_ message: UnsafeRawBufferPointer, in context: Context) -> [UInt8]? {
        let bytes = message.baseAddress?.assumingMemoryBound(to: UInt8.self)
        // Without a key the context starts over with the one that it has.
        guard EVP_MAC_init(context.pointer, nil, 0, nil) == 1,
            message.isEmpty || EVP_MAC_update(context.pointer, bytes, message.count) == 1
        else { return nil }
        var code = [UInt8](repeating: 0, count: Self.byteCount)
        var count = 0
        guard EVP_MAC_final(context.pointer, &code, &count, code.count) == 1, count == code.count else { return nil }
        return code
    }
}

extension HMACSHA256: CustomReflectable, CustomStringConvertible {
    package var description: String { "HMACSHA256" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
