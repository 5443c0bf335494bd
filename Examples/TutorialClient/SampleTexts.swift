import Foundation

/// The texts that are counted when no others are given.
enum SampleTexts {
    static var paths: [String] {
        ["taskdata1.txt", "taskdata2.txt", "taskdata3.txt"].map { name in
            Bundle.module.bundleURL.appending(path: "Texts/\(name)").path
        }
    }
}
