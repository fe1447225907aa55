import Testing

@testable import Casework

/// Pictures without what is not the picture.
struct ImageFilterTests {
    static let secret = Array("GPS 18.2528N 109.5119E 王小明".utf8)

    // MARK: Pictures as cameras and programs write them

    static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker, UInt8((content.count + 2) >> 8), UInt8((content.count + 2) & 255)] + content
    }

    /// A little-endian Exif block with a camera's name, the orientation, and the secret behind.
    static func exif(_ orientation: UInt8) -> [UInt8] {
        [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 2, 0]
            + [0x0F, 0x01, 2, 0, 4, 0, 0, 0, 0x41, 0x42, 0x43, 0]
            + [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
            + [0, 0, 0, 0] + secret
    }

    /// - Parameter scan: With a stuffed FF and a restart in it.
    static let scan: [UInt8] = [0x12, 0x34, 0xFF, 0x00, 0x56, 0xFF, 0xD0, 0x78]

    static func jpeg(orientation: UInt8 = 6) -> [UInt8] {
        let jfif = Array("JFIF\0".utf8) + [1, 2, 0, 0, 72, 0, 72, 1, 1] + Array("abc".utf8)
        return [0xFF, 0xD8] + segment(0xE0, jfif)
            + segment(0xE1, Array("Exif\0\0".utf8) + exif(orientation))
            + segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0".utf8) + secret)
            + segment(0xE2, Array("MPF\0".utf8) + secret) + segment(0xED, secret)
            + segment(0xFE, secret)
            + segment(0xEE, Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 1] + secret)
            + segment(0xDB, [0] + Array(repeating: 1, count: 64))
            + segment(0xC2, [8, 0, 1, 0, 1, 1, 1, 0x11, 0])
            + segment(0xDA, [1, 1, 0, 0, 63, 0]) + scan
            + segment(0xC4, [0x10, 1] + Array(repeating: 0, count: 16))
            + segment(0xDA, [1, 1, 0, 0, 63, 1]) + scan + [0xFF, 0xD9] + secret
    }

    static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        return [24, 16, 8, 0].map { UInt8(count >> $0 & 255) } + Array(name.utf8) + content
            + [1, 2, 3, 4]
    }

    static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        + chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
        + chunk("tEXt", Array("Comment\0".utf8) + secret) + chunk("iTXt", secret)
        + chunk("zTXt", secret) + chunk("eXIf", exif(6)) + chunk("tIME", [7, 232, 8, 1, 10, 0, 0])
        + chunk("iCCP", secret) + chunk("prVt", secret)
        + chunk("pHYs", Array(repeating: 1, count: 9))
        + chunk("IDAT", [1, 2, 3]) + chunk("IDAT", [4, 5]) + chunk("IEND", []) + secret

    static func riff(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        return Array(name.utf8) + [0, 8, 16, 24].map { UInt8(count >> $0 & 255) } + content
            + (count.isMultiple(of: 2) ? [] : [0])
    }

    static let webp: [UInt8] = {
        let body =
            Array("WEBP".utf8) + riff("VP8X", [0x2C, 0, 0, 0, 0, 0, 0, 0, 0, 0])
            + riff("ICCP", secret) + riff("VP8L", [0x2F, 1, 2]) + riff("EXIF", exif(8))
            + riff("XMP ", secret) + riff("priv", secret)
        return riff("RIFF", body) + secret
    }()

    static let animated: [UInt8] = {
        let frame =
            Array(repeating: UInt8(0), count: 16) + riff("VP8L", [0x2F, 1]) + riff("priv", secret)
        let body =
            Array("WEBP".utf8) + riff("VP8X", [0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0])
            + riff("ANIM", [0, 0, 0, 0, 0, 0]) + riff("ANMF", frame) + riff("ANMF", frame)
        return riff("RIFF", body)
    }()

    static let samples: [(name: String, type: FileType, bytes: [UInt8])] = [
        ("jpeg", .jpeg, jpeg()), ("upright jpeg", .jpeg, jpeg(orientation: 1)), ("png", .png, png),
        ("webp", .webp, webp), ("animated webp", .webp, animated),
    ]

    static func holds(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        guard bytes.count >= part.count else { return false }
        return (0...(bytes.count - part.count)).contains { bytes[$0...].starts(with: part) }
    }

    // MARK: What must hold

    @Test
    func `a stripped picture draws the same and says neither where, when, with what nor by whom`()
        throws
    {
        for (name, type, bytes) in Self.samples {
            let plain = try #require(ImageFilter.stripped(bytes, type), "\(name)")
            #expect(FileType.sniff(plain) == type, "\(name)")
            for part in [
                Self.secret, Array("ABC".utf8), Array("abc".utf8), Array("adobe.com".utf8),
            ] {
                #expect(!Self.holds(plain, part), "\(name)")
            }
            #expect(ImageFilter.stripped(plain, type) == plain, "\(name): twice is once")
        }
        let picture = try #require(ImageFilter.stripped(Self.jpeg(), .jpeg))
        #expect(
            Self.holds(
                picture, Self.segment(0xDA, [1, 1, 0, 0, 63, 1]) + Self.scan + [0xFF, 0xD9]))
        #expect(Self.holds(picture, Array("Adobe".utf8)), "else the colours are wrong")
        let plain = try #require(ImageFilter.stripped(Self.png, .png))
        #expect(Self.holds(plain, Self.chunk("IDAT", [1, 2, 3]) + Self.chunk("IDAT", [4, 5])))
    }

    @Test func `a picture that lay on its side is still turned`() throws {
        let turned = try #require(ImageFilter.stripped(Self.jpeg(), .jpeg))
        #expect(Self.holds(turned, Array("Exif\0\0".utf8) + ExifOrientation.block(6)))
        #expect(ExifOrientation.read(ExifOrientation.block(6)[...]) == 6)
        let upright = try #require(ImageFilter.stripped(Self.jpeg(orientation: 1), .jpeg))
        #expect(!Self.holds(upright, Array("Exif".utf8)))
        let webp = try #require(ImageFilter.stripped(Self.webp, .webp))
        #expect(Self.holds(webp, Self.riff("EXIF", ExifOrientation.block(8))))
        #expect(
            webp[20] == 0x08, "of profile, Exif and XMP it announces only the one that is there")
    }

    @Test func `a picture that is cut short, or of a type without a filter, is not shown`() {
        for (name, type, bytes) in Self.samples {
            let end = bytes.count - (Self.holds(bytes, Self.secret) ? Self.secret.count : 0)
            for cut in stride(from: 0, to: end - 2, by: 7) {
                #expect(
                    ImageFilter.stripped(Array(bytes.prefix(cut)), type) == nil, "\(name) \(cut)")
            }
        }
        for type in FileType.allCases where !ImageFilter.canStrip(type) {
            #expect(ImageFilter.stripped(Self.jpeg(), type) == nil)
        }
        #expect(ImageFilter.stripped(Self.png, .jpeg) == nil)
    }

    /// Bytes changed, put in, taken out and moved: the filter neither traps nor lets the secret through, nor
    /// makes a second pass find more to take out.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `whatever is done to a picture, the filter holds`(_ seed: UInt64) {
        var random = Mulberry(seed)
        for round in 0..<4_000 {
            let (name, type, whole) = Self.samples[Int(random.next() % UInt64(Self.samples.count))]
            var bytes = whole
            for _ in 0...Int(random.next() % 4) {
                guard !bytes.isEmpty else { break }
                let at = Int(random.next() % UInt64(bytes.count))
                let value = UInt8(truncatingIfNeeded: random.next())
                switch random.next() % 5 {
                case 0: bytes[at] = value
                case 1: bytes.insert(value, at: at)
                case 2: bytes.remove(at: at)
                case 3: bytes[at] = [0xFF, 0xD9, 0xDA, 0xE1, 0x00][Int(value % 5)]
                default:
                    let end = min(bytes.count, at + Int(value % 40))
                    bytes.insert(
                        contentsOf: bytes[at..<end], at: Int(random.next() % UInt64(bytes.count)))
                }
            }
            guard let plain = ImageFilter.stripped(bytes, type) else { continue }
            #expect(plain.count <= bytes.count + 40, "\(name), seed \(seed), round \(round)")
            #expect(
                ImageFilter.stripped(plain, type) == plain, "\(name), seed \(seed), round \(round)")
        }
    }
}

/// A small generator with a seed.
private struct Mulberry: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
