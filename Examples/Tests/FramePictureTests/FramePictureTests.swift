import Testing

@testable import FramePicture

/// Formats are those of the manuals of Netpbm (ppm) and of MJPEG Tools (yuv4mpeg); colors those of ITU-R BT.601, whose
/// white is 235, black 16, and red 82 with 90 and 240.
@Suite("Pictures of frames")
struct FramePictureTests {
    private func picture(_ width: Int, _ height: Int, _ bytes: [UInt8]) throws -> Picture {
        try #require(Picture(width: width, height: height, bytes: bytes))
    }

    @Test("A picture as a file, and back")
    func ppm() throws {
        let picture = try picture(2, 1, [1, 2, 3, 10, 32, 255])
        #expect(picture.ppm == Array("P6\n2 1\n255\n".utf8) + [1, 2, 3, 10, 32, 255])
        #expect(Picture(ppm: picture.ppm) == picture)
    }

    @Test(
        "What is no picture is not taken for one",
        arguments: [
            "", "P6", "P6\n", "P6\n1 1\n255\n", "P6\n1 1\n255\nab", "P6\n1 1\n255\nabcd", "P5\n1 1\n255\na",
            "P6\n0 1\n255\n", "P6\n-1 -1\n255\nabc", "P6\n1 1\n254\nabc", "P6\n99999999999999999999 1\n255\nabc",
            "P6\n9223372036854775807 3\n255\nabc", "P6\n16385 1\n255\nabc", "P6\n# x\n1 1\n255\nabc",
        ])
    func hostile(text: String) {
        #expect(Picture(ppm: Array(text.utf8)) == nil)
    }

    @Test("A film has a header, and each frame its brightnesses and colors")
    func film() throws {
        #expect(
            String(decoding: Film.header(width: 160, height: 90, rate: 25), as: UTF8.self)
                == "YUV4MPEG2 W160 H90 F25:1 Ip A1:1 C444\n")
        let frame = Film.frame(try picture(3, 1, [0, 0, 0, 255, 255, 255, 255, 0, 0]))
        #expect(frame == Array("FRAME\n".utf8) + [16, 235, 82] + [128, 128, 90] + [128, 128, 240])
    }

    @Test("Points of the set never leave, others do, and what lies mirrored leaves as soon")
    func points() {
        for (real, imaginary) in [(0.0, 0.0), (-1, 0), (-2, 0), (0.25, 0), (0, 1)] {
            #expect(MandelbrotFilm.iterations(real, imaginary, limit: 500) == 500, "\(real) \(imaginary)")
        }
        #expect(MandelbrotFilm.iterations(2, 2, limit: 500) == 1)
        #expect(MandelbrotFilm.iterations(0.5, 0, limit: 500) == 5)
        #expect(
            MandelbrotFilm.iterations(0.3, 0.6, limit: 500) == MandelbrotFilm.iterations(0.3, -0.6, limit: 500))
    }

    @Test("Frames have their size, differ, and are the same each time")
    func frames() throws {
        let film = MandelbrotFilm(width: 32, height: 18, zoom: 0.9)
        let first = try film.frame(0)
        #expect((first.width, first.height) == (32, 18))
        #expect(try film.frame(0) == first)
        #expect(try film.frame(10) != first)
        #expect(Set(first.bytes).count > 10)
    }

    @Test("A frame too deep for numbers of 64 bits says so")
    func tooDeep() throws {
        let film = MandelbrotFilm(width: 32, height: 18, zoom: 0.001)
        _ = try film.frame(3)
        let failure = try #require(throws: FrameFailure.self) { try film.frame(5) }
        #expect(failure.description.hasPrefix("frame 5: its pixels are "))
        #expect(throws: FrameFailure.self) { try film.frame(1000) }
    }

    @Test("A contact sheet has each picture, smaller")
    func contactSheet() throws {
        var sheet = ContactSheet(for: 3, reduction: 2)
        #expect(sheet.picture == nil)
        for value: UInt8 in [1, 2, 3] {
            sheet.add(try picture(4, 2, [UInt8](repeating: value, count: 24)))
        }
        let expected = [1, 1, 2, 2, 3, 3, 0, 0].flatMap { [UInt8](repeating: $0, count: 3) }
        #expect(sheet.picture == Picture(width: 4, height: 2, bytes: expected))
    }
}
