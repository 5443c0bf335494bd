import AzureCore
import StorageCore

import struct Foundation.Data

extension BlobServiceProperties {
    /// The most rules for pages of other origins.
    private static let maxCORSRules = 5

    /// Reads `StorageServiceProperties`.
    init(_ element: AzureCore.XMLElement) {
        logging = element.child("Logging").map { Logging($0) }
        hourMetrics = element.child("HourMetrics").map { Metrics($0) }
        minuteMetrics = element.child("MinuteMetrics").map { Metrics($0) }
        cors = element.child("Cors").map { $0.children.map { CORSRule($0) } }
        defaultServiceVersion = element.text("DefaultServiceVersion").map { BlobServiceVersion(rawValue: $0) }
        deleteRetention = element.child("DeleteRetentionPolicy").map { RetentionPolicy($0) }
        staticWebsite = element.child("StaticWebsite").map { StaticWebsite($0) }
    }

    /// Writes `StorageServiceProperties` with what is not nil.
    func document() throws -> Data {
        guard cors?.count ?? 0 <= Self.maxCORSRules else {
            throw AzureError.invalidArgument(
                "The service keeps \(Self.maxCORSRules) CORS rules; \(cors?.count ?? 0) were given.")
        }
        var writer = XMLWriter()
        try writer.element("StorageServiceProperties") { writer in
            if let logging { try writer.element("Logging") { try logging.write(to: &$0) } }
            if let hourMetrics { try writer.element("HourMetrics") { try hourMetrics.write(to: &$0) } }
            if let minuteMetrics { try writer.element("MinuteMetrics") { try minuteMetrics.write(to: &$0) } }
            if let cors {
                try writer.element("Cors") { writer in
                    for rule in cors { try writer.element("CorsRule") { try rule.write(to: &$0) } }
                }
            }
            try writer.element("DefaultServiceVersion", optional: defaultServiceVersion?.rawValue)
            if let deleteRetention {
                try writer.element("DeleteRetentionPolicy") { try deleteRetention.write(to: &$0) }
            }
            if let staticWebsite { try writer.element("StaticWebsite") { try staticWebsite.write(to: &$0) } }
        }
        return writer.data
    }
}

extension BlobServiceProperties.RetentionPolicy {
    fileprivate init(_ element: AzureCore.XMLElement) {
        isEnabled = element.flag("Enabled") ?? false
        days = element.integer("Days")
        allowsPermanentDelete = element.flag("AllowPermanentDelete")
    }

    fileprivate func write(to writer: inout XMLWriter) throws {
        guard days == nil || (1...365).contains(days ?? 0) else {
            throw AzureError.invalidArgument("Something is kept for 1 to 365 days, not for \(days ?? 0).")
        }
        guard !isEnabled || days != nil else {
            throw AzureError.invalidArgument("A retention policy that is enabled needs a number of days.")
        }
        try writer.element("Enabled", flag: isEnabled)
        try writer.element("Days", integer: days)
        try writer.element("AllowPermanentDelete", flag: allowsPermanentDelete)
    }
}

extension BlobServiceProperties.Logging {
    fileprivate init(_ element: AzureCore.XMLElement) {
        version = element.text("Version") ?? ""
        logsDelete = element.flag("Delete") ?? false
        logsRead = element.flag("Read") ?? false
        logsWrite = element.flag("Write") ?? false
        retention = element.child("RetentionPolicy").map { .init($0) } ?? .disabled
    }

    fileprivate func write(to writer: inout XMLWriter) throws {
        try writer.element("Version", text: version)
        try writer.element("Delete", flag: logsDelete)
        try writer.element("Read", flag: logsRead)
        try writer.element("Write", flag: logsWrite)
        try writer.element("RetentionPolicy") { try retention.write(to: &$0) }
    }
}

extension BlobServiceProperties.Metrics {
    fileprivate init(_ element: AzureCore.XMLElement) {
        version = element.text("Version")
        isEnabled = element.flag("Enabled") ?? false
        includesOperations = element.flag("IncludeAPIs")
        retention = element.child("RetentionPolicy").map { .init($0) }
    }

    fileprivate func write(to writer: inout XMLWriter) throws {
        guard !isEnabled || includesOperations != nil else {
            throw AzureError.invalidArgument(
                "Metrics that are enabled need a choice for 'includesOperations'.")
        }
        try writer.element("Version", optional: version)
        try writer.element("Enabled", flag: isEnabled)
        try writer.element("IncludeAPIs", flag: includesOperations)
        if let retention { try writer.element("RetentionPolicy") { try retention.write(to: &$0) } }
    }
}

extension BlobServiceProperties.StaticWebsite {
    fileprivate init(_ element: AzureCore.XMLElement) {
        isEnabled = element.flag("Enabled") ?? false
        indexDocument = element.text("IndexDocument")
        errorDocument404Path = element.text("ErrorDocument404Path")
        defaultIndexDocumentPath = element.text("DefaultIndexDocumentPath")
    }

    fileprivate func write(to writer: inout XMLWriter) throws {
        guard indexDocument == nil || defaultIndexDocumentPath == nil else {
            throw AzureError.invalidArgument(
                "A static web site has either an index document or a default index document path.")
        }
        try writer.element("Enabled", flag: isEnabled)
        try writer.element("IndexDocument", optional: indexDocument)
        try writer.element("ErrorDocument404Path", optional: errorDocument404Path)
        try writer.element("DefaultIndexDocumentPath", optional: defaultIndexDocumentPath)
    }
}

extension CORSRule {
    fileprivate init(_ element: AzureCore.XMLElement) {
        func list(_ name: String) -> [String] {
            element.text(name)?.split(separator: ",").map { $0.trimmingSpaces } ?? []
        }
        allowedOrigins = list("AllowedOrigins")
        allowedMethods = list("AllowedMethods")
        allowedHeaders = list("AllowedHeaders")
        exposedHeaders = list("ExposedHeaders")
        maxAge = .seconds(element.integer("MaxAgeInSeconds") ?? 0)
    }

    fileprivate func write(to writer: inout XMLWriter) throws {
        guard !allowedOrigins.isEmpty, !allowedMethods.isEmpty else {
            throw AzureError.invalidArgument("A CORS rule needs at least one origin and one method.")
        }
        guard let maxAge = maxAge.wholeSeconds, maxAge >= 0 else {
            throw AzureError.invalidArgument(
                "Browsers remember a CORS rule for a whole number of seconds from 0 up; not \(maxAge.formattedSeconds)."
            )
        }
        for (name, values) in [
            ("AllowedOrigins", allowedOrigins), ("AllowedMethods", allowedMethods),
            ("AllowedHeaders", allowedHeaders), ("ExposedHeaders", exposedHeaders),
        ] {
            guard !values.contains(where: { $0.isEmpty || $0.contains(",") }) else {
                throw AzureError.invalidArgument(
                    "A value of '\(name)' is empty or has a comma, which separates values.")
            }
            try writer.element(name, text: values.joined(separator: ","))
        }
        try writer.element("MaxAgeInSeconds", text: String(maxAge))
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
