/// What the properties of the service may be.
enum ServiceSettingsRules {
    typealias Section = ServiceSettings.Section
    typealias Element = ServiceSettings.Element

    private static let methods: Set<String> = [
        "DELETE", "GET", "HEAD", "MERGE", "POST", "OPTIONS", "PUT", "PATCH",
    ]
    private static let maxCORSRules = 5

    /// Checks a section and takes it over.
    static func section(_ element: XMLTree) throws -> Section {
        switch element.name {
        case "Logging":
            return .elements(
                [try version(element)] + (try ["Delete", "Read", "Write"].map { try flag(element, $0) })
                    + [try retention(element)])
        case "HourMetrics", "MinuteMetrics": return try metrics(element)
        case "Cors":
            guard element.children.count <= maxCORSRules else {
                throw BlobServiceError.invalidXmlValue("Cors", "", reason: "There are more than 5 rules.")
            }
            return .elements(try element.children.map(corsRule))
        case "DefaultServiceVersion":
            guard BlobServiceVersion.isKnown(element.text) else {
                throw BlobServiceError.invalidXmlValue(element.name, element.text, reason: "It is no version.")
            }
            return .text(element.text)
        case "DeleteRetentionPolicy":
            let permanent = element.child("AllowPermanentDelete") == nil ? [] : ["AllowPermanentDelete"]
            return .elements(try policy(element) + (try permanent.map { try flag(element, $0) }))
        default: return try staticWebsite(element)
        }
    }

    private static func metrics(_ element: XMLTree) throws -> Section {
        let enabled = try flag(element, "Enabled")
        var elements = [try version(element), enabled]
        if enabled.text == "true" {
            elements.append(try flag(element, "IncludeAPIs"))
        } else if element.child("IncludeAPIs") != nil {
            throw BlobServiceError.invalidXmlValue(
                "IncludeAPIs", element.child("IncludeAPIs")?.text ?? "", reason: "The metrics are not enabled.")
        }
        if element.child("RetentionPolicy") != nil { elements.append(try retention(element)) }
        return .elements(elements)
    }

    private static func staticWebsite(_ element: XMLTree) throws -> Section {
        let names = ["IndexDocument", "DefaultIndexDocumentPath", "ErrorDocument404Path"]
        let given = names.compactMap { name in
            element.child(name).flatMap { $0.text.isEmpty ? nil : Element(name, $0.text) }
        }
        if given.first?.name == "IndexDocument", given.dropFirst().first?.name == "DefaultIndexDocumentPath" {
            throw BlobServiceError.invalidXmlValue(
                "DefaultIndexDocumentPath", given[1].text ?? "", reason: "There is an IndexDocument too.")
        }
        return .elements([try flag(element, "Enabled")] + given)
    }

    private static func corsRule(_ element: XMLTree) throws -> Element {
        guard element.name == "CorsRule" else { throw BlobServiceError.unsupportedXmlNode(element.name) }
        let names = ["AllowedOrigins", "AllowedMethods", "MaxAgeInSeconds", "ExposedHeaders", "AllowedHeaders"]
        let values = try names.map { Element($0, try required(element, $0).text) }
        guard values[0].text?.isEmpty == false else {
            throw BlobServiceError.invalidXmlValue(names[0], "", reason: "A rule needs an origin.")
        }
        let asked = (values[1].text ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
        guard !asked.isEmpty, methods.isSuperset(of: asked) else {
            throw BlobServiceError.invalidXmlValue(names[1], values[1].text ?? "", reason: "It is no list of methods.")
        }
        guard let age = Int(values[2].text ?? ""), age >= 0 else {
            throw BlobServiceError.invalidXmlValue(
                names[2], values[2].text ?? "", reason: "It is no number of seconds.")
        }
        return Element(name: "CorsRule", content: .elements(values))
    }

    private static func retention(_ parent: XMLTree) throws -> Element {
        Element(name: "RetentionPolicy", content: .elements(try policy(try required(parent, "RetentionPolicy"))))
    }

    private static func policy(_ element: XMLTree) throws -> [Element] {
        let enabled = try flag(element, "Enabled")
        guard enabled.text == "true" else { return [enabled] }
        let days = try required(element, "Days").text
        guard let number = Int(days), (1...365).contains(number) else {
            throw BlobServiceError.invalidXmlValue("Days", days, reason: "It is not from 1 to 365.")
        }
        return [enabled, Element("Days", days)]
    }

    private static func version(_ element: XMLTree) throws -> Element {
        let version = try required(element, "Version").text
        guard ["1.0", "2.0"].contains(version) else {
            throw BlobServiceError.invalidXmlValue("Version", version, reason: "It is not known.")
        }
        return Element("Version", version)
    }

    private static func flag(_ element: XMLTree, _ name: String) throws -> Element {
        let text = try required(element, name).text.lowercased()
        guard ["true", "false"].contains(text) else {
            throw BlobServiceError.invalidXmlValue(name, text, reason: "It is neither true nor false.")
        }
        return Element(name, text)
    }

    private static func required(_ element: XMLTree, _ name: String) throws -> XMLTree {
        guard let child = element.child(name) else { throw BlobServiceError.missingXmlNode(name) }
        return child
    }
}
