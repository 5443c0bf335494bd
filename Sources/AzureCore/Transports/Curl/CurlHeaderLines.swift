#if Curl
import CCurl
import Foundation
import HTTPTypes

/// The header fields of a request as libcurl takes them, a list of lines, in one piece of memory.
struct CurlHeaderLines {
    private let memory: UnsafeMutableRawPointer

    /// The beginning of the list.
    var first: UnsafeMutableRawPointer { memory }

    /// Makes the list.
    ///
    /// - Parameters:
    ///   - fields: What is sent. Its length is for libcurl to say.
    ///   - unwanted: What libcurl must not add of its own.
    init(_ fields: HTTPFields, without unwanted: [HTTPField.Name]) {
        var lines: [(name: String, separator: StaticString, value: String)] = []
        lines.reserveCapacity(fields.count + unwanted.count)
        // A name without a value switches a field off.
        for name in unwanted where fields.value(name) == nil { lines.append((name.rawName, ":", "")) }
        for field in fields where field.name != .contentLength {
            lines.append((field.name.rawName, field.value.isEmpty ? ";" : ": ", field.value))
        }
        let nodes = lines.count * MemoryLayout<curl_slist>.stride
        let texts = lines.reduce(0) { sum, line in
            sum + line.name.utf8.count + line.separator.utf8CodeUnitCount + line.value.utf8.count + 1
        }
        precondition(!lines.isEmpty, "There is always something that libcurl must not add.")
        memory = .allocate(byteCount: nodes + texts, alignment: MemoryLayout<curl_slist>.alignment)
        let list = memory.bindMemory(to: curl_slist.self, capacity: lines.count)
        var text = memory.advanced(by: nodes).bindMemory(to: CChar.self, capacity: texts)
        func add(_ bytes: UnsafeBufferPointer<UInt8>) {
            guard let start = bytes.baseAddress else { return }
            memcpy(text, start, bytes.count)
            text += bytes.count
        }
        for (number, line) in lines.enumerated() {
            var (name, value) = (line.name, line.value)
            list[number] = curl_slist(data: text, next: number + 1 < lines.count ? list + number + 1 : nil)
            name.withUTF8 { add($0) }
            add(UnsafeBufferPointer(start: line.separator.utf8Start, count: line.separator.utf8CodeUnitCount))
            value.withUTF8 { add($0) }
            text.pointee = 0
            text += 1
        }
    }

    /// Gives the memory back.
    func free() {
        memory.deallocate()
    }
}
#endif
