import BlobStorage

/// What is known of a file by its name.
enum PhotoFile {
    /// Patterns of what systems leave in directories of photos.
    static let rubbish = [".DS_Store", "Thumbs.db", "desktop.ini"]

    /// The extensions of pictures and films, which are large and seldom read again.
    private static let originals: Set<String> = [
        "jpg", "jpeg", "heic", "heif", "avif", "png", "tif", "tiff", "dng", "cr2", "cr3", "nef", "arw", "raf", "orf",
        "rw2", "mov", "mp4", "m4v", "avi",
    ]

    /// Whether a file is a picture or a film as it came from the camera, and not a note or an album beside it.
    static func isOriginal(_ name: String) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        return originals.contains(name[name.index(after: dot)...].lowercased())
    }

    /// Says when a picture was taken, as far as its file tells, and puts it where storing is cheap and reading is not.
    static func describe(_ file: inout TreeFile) {
        guard isOriginal(file.name) else { return }
        file.accessTier = .cool
        if let modified = file.modified { file.metadata["taken"] = modified.text }
    }
}
