extension BlobServiceError {
    static func missingXmlNode(_ name: String) -> BlobServiceError {
        BlobServiceError(400, "MissingRequiredXmlNode", "The element \(name) is required.").with("XmlNodeName", name)
    }
    static func unsupportedXmlNode(_ name: String) -> BlobServiceError {
        BlobServiceError(400, "UnsupportedXmlNode", "The element \(name) is not known here.").with("XmlNodeName", name)
    }
    static func invalidXmlValue(_ name: String, _ value: String, reason: String) -> BlobServiceError {
        BlobServiceError(400, "InvalidXmlNodeValue", "The value of the element \(name) is not valid.")
            .with("XmlNodeName", name).with("XmlNodeValue", value).with("Reason", reason)
    }
}
