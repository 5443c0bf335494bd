/// The content types that belong to the extensions of file names.
///
/// The types are those that IANA has registered for the usual extensions, and where it has none those that browsers and
/// servers use. Extensions that mean several things are left out, as are those of programs. Texts get no `charset`:
/// nothing tells it.
public enum BlobContentType {
    /// The content type for a name.
    ///
    /// - Parameter name: The name of a file or blob, or its path. Case is ignored.
    /// - Returns: Such as `image/jpeg` for `cats/tom.JPG`; nil for an extension that is not in the table, or none.
    public static func forName(_ name: String) -> String? {
        let last = name.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        // A name that only begins with a dot has no extension.
        guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return nil }
        let ending = last[last.index(after: dot)...]
        return ending.utf8.count <= longest ? byExtension[ending.lowercased()] : nil
    }

    private static let longest = 12

    /// The table, by extension without its dot.
    public static let byExtension: [String: String] = [
        // Texts
        "css": "text/css", "csv": "text/csv", "htm": "text/html", "html": "text/html", "ics": "text/calendar",
        "js": "text/javascript", "log": "text/plain", "markdown": "text/markdown", "md": "text/markdown",
        "mjs": "text/javascript", "tsv": "text/tab-separated-values", "txt": "text/plain", "vcf": "text/vcard",
        "vtt": "text/vtt",
        // Data
        "geojson": "application/geo+json", "json": "application/json", "jsonld": "application/ld+json",
        "map": "application/json", "parquet": "application/vnd.apache.parquet", "rss": "application/rss+xml",
        "sql": "application/sql", "sqlite": "application/vnd.sqlite3", "toml": "application/toml",
        "wasm": "application/wasm", "webmanifest": "application/manifest+json", "xhtml": "application/xhtml+xml",
        "xml": "application/xml", "xsd": "application/xml", "xsl": "application/xslt+xml",
        "xslt": "application/xslt+xml", "yaml": "application/yaml", "yml": "application/yaml",
        "atom": "application/atom+xml",
        // Pictures
        "apng": "image/apng", "avif": "image/avif", "bmp": "image/bmp", "gif": "image/gif", "heic": "image/heic",
        "heif": "image/heif", "ico": "image/vnd.microsoft.icon", "jpeg": "image/jpeg", "jpg": "image/jpeg",
        "jxl": "image/jxl", "png": "image/png", "svg": "image/svg+xml", "tif": "image/tiff", "tiff": "image/tiff",
        "webp": "image/webp",
        // Sound and films
        "aac": "audio/aac", "flac": "audio/flac", "m4a": "audio/mp4", "mid": "audio/midi", "mka": "audio/matroska",
        "mkv": "video/matroska", "mov": "video/quicktime", "mp3": "audio/mpeg", "mp4": "video/mp4",
        "mpeg": "video/mpeg", "mpg": "video/mpeg", "oga": "audio/ogg", "ogg": "audio/ogg", "ogv": "video/ogg",
        "opus": "audio/ogg", "wav": "audio/wav", "weba": "audio/webm", "webm": "video/webm",
        "m3u8": "application/vnd.apple.mpegurl", "mpd": "application/dash+xml",
        // Fonts
        "otf": "font/otf", "ttc": "font/collection", "ttf": "font/ttf", "woff": "font/woff", "woff2": "font/woff2",
        // Archives
        "7z": "application/x-7z-compressed", "bz2": "application/x-bzip2", "gz": "application/gzip",
        "jar": "application/java-archive", "tar": "application/x-tar", "tgz": "application/gzip",
        "xz": "application/x-xz", "zip": "application/zip", "zst": "application/zstd",
        // Documents
        "doc": "application/msword", "epub": "application/epub+zip",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "odp": "application/vnd.oasis.opendocument.presentation",
        "ods": "application/vnd.oasis.opendocument.spreadsheet", "odt": "application/vnd.oasis.opendocument.text",
        "pdf": "application/pdf", "ppt": "application/vnd.ms-powerpoint",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "ps": "application/postscript", "rtf": "application/rtf", "xls": "application/vnd.ms-excel",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
}
