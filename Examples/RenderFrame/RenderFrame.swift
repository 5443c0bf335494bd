import ArgumentParser
import AzureCore
import BlobStorage
import Foundation
import FramePicture

/// The program that runs on the nodes: computes a frame, or puts all frames together.
@main
struct RenderFrame: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "RenderFrame",
        abstract: "Computes a frame of a film, or puts the frames together, and uploads the result.",
        discussion: """
            The environment variable FRAMES_URL is the URL of the container, with a signature: one that may write is \
            enough for a frame; the film is read from there, too.
            """,
        version: PackageVersion.current,
        subcommands: [FrameCommand.self, FilmCommand.self])
}

/// Computes one frame.
struct FrameCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "frame", abstract: "Computes one frame.")

    @Option(help: "The number of the frame, from 0.")
    var number: Int

    @Option(help: "The number of pixels of a line.")
    var width: Int

    @Option(help: "The number of lines.")
    var height: Int

    @Option(help: "How much narrower each frame is than the one before, as a factor.")
    var zoom: Double

    func validate() throws {
        let sides = 1...Picture.longestSide
        guard number >= 0, sides.contains(width), sides.contains(height), zoom > 0, zoom < 1 else {
            throw ValidationError("The frame, its size, or its zoom is none.")
        }
    }

    func run() async throws {
        try await FrameStore.run { store in
            let picture = try MandelbrotFilm(width: width, height: height, zoom: zoom).frame(number)
            try await store.write(picture.ppm, to: FrameStore.name(ofFrame: number), type: "image/x-portable-pixmap")
        }
    }
}

/// Puts the frames together.
struct FilmCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "film", abstract: "Puts the frames together: a film, and one picture of them all.")

    @Option(help: "How many frames there are.")
    var frames: Int

    @Option(help: "How many are shown in a second.")
    var rate = 25

    func validate() throws {
        guard frames > 0, rate > 0 else { throw ValidationError("A film has frames, and shows some in a second.") }
    }

    func run() async throws {
        try await FrameStore.run { store in
            var film: [UInt8] = []
            var sheet = ContactSheet(for: frames, reduction: 4)
            for number in 0..<frames {
                let picture = try await store.picture(number)
                if number == 0 {
                    film = Film.header(width: picture.width, height: picture.height, rate: rate)
                }
                film += Film.frame(picture)
                sheet.add(picture)
            }
            try await store.write(film, to: "film.y4m", type: "video/x-yuv4mpeg")
            guard let picture = sheet.picture else { throw FrameFailure("the frames are too many for one picture") }
            try await store.write(picture.ppm, to: "contact.ppm", type: "image/x-portable-pixmap")
        }
    }
}
