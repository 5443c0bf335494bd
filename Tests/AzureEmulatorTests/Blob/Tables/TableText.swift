import Foundation

@testable import AzureEmulator

/// What tables hold, as text that can be compared.
enum TableText {
    /// All that can be read from tables, read in pages.
    static func all(_ tables: any BlobTables, names: [BlobName], containerNames: [String]) throws -> [String] {
        var lines = ["ticks \(try tables.lastTicks())", "days \(try tables.settings().deleteRetentionDays ?? 0)"]
        for name in containerNames {
            lines.append("\(name) \(try tables.container(name).map(text) ?? "-")")
            lines.append("\(name) until \(try tables.endOfDeletion(of: name).map { "\($0)" } ?? "-")")
        }
        for container in try tables.containers(in: NameRange(), withDeleted: true, limit: .max) {
            lines.append(text(container))
            let id = container.id
            for row in try tables.names(in: id, NameRange(), from: [.blobs, .staged, .editions], limit: .max) {
                lines.append(text(row))
            }
            lines += try tables.taggedBlobs(in: id, NameRange(), limit: .max).map {
                "tagged \($0.name.text) \($0.tags)"
            }
            for name in names {
                lines.append("\(name.text) \(try tables.blob(name, in: id).map(text) ?? "-")")
                lines.append("  staging \(try tables.staging(of: name, in: id).map { "\($0)" } ?? "-")")
                if let staged = try tables.stagedBlocks(of: name, in: id) {
                    lines += staged.order.map { "  block \($0) \(staged.pieces[$0]?.length ?? -1)" }
                }
                lines += try tables.editions(of: name, in: id).map { "  \(text($0))" }
                lines.append("  last \(try tables.lastEdition(of: name, in: id).map(text) ?? "-")")
            }
        }
        return lines
    }

    static func text(_ container: ContainerRecord) -> String {
        "\(container.id.number) \(container.name) \(container.deletion.map { "\($0)" } ?? "") \(container.version.etag)"
    }

    static func text(_ blob: BlobRecord) -> String {
        "\(blob.version.etag) \(blob.content.length) \(blob.tags.map(\.name)) \(blob.isCurrent) \(blob.identity)"
    }

    static func text(_ edition: BlobEdition) -> String {
        "\(edition.kind) \(edition.id) \(text(edition.blob)) \(edition.deletion.map { "\($0)" } ?? "")"
    }

    static func text(_ row: NamedRow) -> String {
        "\(Array(row.name.text.utf8)) \(row.blob.map(text) ?? "") \(row.isStaged) \(row.hasEditions)"
    }
}
