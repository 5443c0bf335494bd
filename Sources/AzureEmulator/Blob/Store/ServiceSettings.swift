/// The properties of the service: elements of `StorageServiceProperties`, each checked and kept as it came.
struct ServiceSettings: Sendable, Hashable {
    /// The sections in the order in which the service writes them.
    private static let order = [
        "Logging", "HourMetrics", "MinuteMetrics", "Cors", "DefaultServiceVersion", "DeleteRetentionPolicy",
        "StaticWebsite",
    ]

    /// What a section holds: an element with a text, or one with elements.
    indirect enum Section: Sendable, Hashable {
        case text(String)
        case elements([Element])
    }

    /// An element of a section.
    struct Element: Sendable, Hashable {
        let name: String
        let content: Section
    }

    private var sections: [String: Section]

    /// The settings of an account that nobody has changed.
    init() {
        let off = Element(name: "RetentionPolicy", content: .elements([.init("Enabled", "false")]))
        let metrics = Section.elements([.init("Version", "1.0"), .init("Enabled", "false"), off])
        sections = [
            "Logging": .elements(
                ["Version", "Delete", "Read", "Write"].map { .init($0, $0 == "Version" ? "1.0" : "false") } + [off]),
            "HourMetrics": metrics, "MinuteMetrics": metrics, "Cors": .elements([]),
            "DeleteRetentionPolicy": .elements([.init("Enabled", "false")]),
            "StaticWebsite": .elements([.init("Enabled", "false")]),
        ]
    }

    /// How many days deleted blobs are kept; nil when they are not.
    var deleteRetentionDays: Int? {
        guard case .elements(let elements) = sections["DeleteRetentionPolicy"],
            elements.contains(.init("Enabled", "true"))
        else { return nil }
        return elements.first { $0.name == "Days" }.flatMap { $0.text.flatMap { Int($0) } }
    }

    /// Whether kept blobs may be deleted for good before their time.
    var allowsPermanentDelete: Bool {
        guard case .elements(let elements) = sections["DeleteRetentionPolicy"] else { return false }
        return elements.contains(.init("AllowPermanentDelete", "true"))
    }

    /// Replaces the sections that a document has, and leaves the others as they are.
    mutating func apply(_ document: XMLTree) throws {
        guard document.name == "StorageServiceProperties" else { throw BlobServiceError.invalidXml }
        var changed: [String: Section] = [:]
        for element in document.children {
            guard Self.order.contains(element.name) else { throw BlobServiceError.unsupportedXmlNode(element.name) }
            guard changed[element.name] == nil else { throw BlobServiceError.invalidXml }
            changed[element.name] = try ServiceSettingsRules.section(element)
        }
        sections.merge(changed) { $1 }
    }

    func write(to xml: inout XMLText) {
        xml.open("StorageServiceProperties")
        for name in Self.order {
            if let section = sections[name] { Self.write(section, name, to: &xml) }
        }
        xml.close("StorageServiceProperties")
    }

    private static func write(_ section: Section, _ name: String, to xml: inout XMLText) {
        switch section {
        case .text(let text): xml.element(name, text)
        case .elements([]): xml.element(name, "")
        case .elements(let elements):
            xml.open(name)
            for element in elements { write(element.content, element.name, to: &xml) }
            xml.close(name)
        }
    }
}

extension ServiceSettings.Element {
    init(_ name: String, _ text: String) {
        self.init(name: name, content: .text(text))
    }

    var text: String? {
        if case .text(let text) = content { text } else { nil }
    }
}
