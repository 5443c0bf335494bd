import AzureCore
import BlobStorage
import Foundation
import HTTPTypes

/// Takes a value apart: a text for every leaf, by its path, such as `lease.state` or `rules[0].allowedMethods[1]`.
///
/// Values with one property `rawValue` stand for it, and nil stands for nothing.
enum Reflected {
    static func leaves(of value: Any) -> [String: String] {
        var result: [String: String] = [:]
        add(value, at: "", to: &result)
        return result
    }

    private static func add(_ value: Any, at path: String, to result: inout [String: String]) {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .optional {
            if let child = mirror.children.first { add(child.value, at: path, to: &result) }
            return
        }
        if let text = text(of: value) {
            result[path] = text
            return
        }
        switch mirror.displayStyle {
        case .collection, .set:
            for (index, child) in mirror.children.enumerated() {
                add(child.value, at: "\(path)[\(index)]", to: &result)
            }
        case .dictionary:
            for child in mirror.children {
                let pair = Array(Mirror(reflecting: child.value).children)
                add(pair[1].value, at: "\(path)[\(pair[0].value)]", to: &result)
            }
        case .struct, .class, .tuple, .enum:
            guard !mirror.children.isEmpty else {
                result[path] = String(describing: value)
                return
            }
            for child in mirror.children {
                let label = child.label ?? "_"
                add(child.value, at: path.isEmpty ? label : "\(path).\(label)", to: &result)
            }
        default: result[path] = String(describing: value)
        }
    }

    private static func text(of value: Any) -> String? {
        switch value {
        case let timestamp as AzureTimestamp: return timestamp.date?.formatted(.iso8601) ?? timestamp.text
        case let date as Date: return date.formatted(.iso8601)
        case let data as Data: return data.base64EncodedString()
        case let id as BlockID: return id.base64Encoded
        case let status as HTTPResponse.Status: return String(status.code)
        case let value as any RawRepresentable: return String(describing: value.rawValue)
        case is String, is any Numeric, is Bool, is Duration: return String(describing: value)
        default: return nil
        }
    }
}
