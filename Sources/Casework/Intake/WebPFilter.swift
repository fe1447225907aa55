/// A WebP by its chunks (RFC 9649).
struct WebPFilter {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Flags of `VP8X` that announce what is left out: a profile, Exif, XMP.
    private static let announced: UInt8 = 0x20 | 0x08 | 0x04
    private static let exifFlag: UInt8 = 0x08
    private static let drawing: Set<String> = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"]
    /// The chunks of a frame of an animation.
    private static let drawingFrame: Set<String> = ["VP8 ", "VP8L", "ALPH"]
    /// Before the chunks of a frame stand its place, size and time.
    private static let frameHead_bytes = 16

    func stripped() -> [UInt8]? {
        guard bytes.count >= 12, bytes.starts(with: Array("RIFF".utf8)),
            bytes[8..<12].elementsEqual("WEBP".utf8)
        else { return nil }
        let size = number(at: 4)
        // What follows the end is left out.
        guard size >= 4, size <= bytes.count - 8, let chunks = chunks(in: 12..<(8 + size)) else {
            return nil
        }
        var body: [UInt8] = []
        body.reserveCapacity(size)
        var flagsAt: Int?
        for chunk in chunks where Self.drawing.contains(chunk.name) {
            var content = Array(bytes[chunk.content])
            if chunk.name == "VP8X" {
                guard content.count == 10, flagsAt == nil, body.isEmpty else { return nil }
                content[0] &= ~Self.announced
                flagsAt = 8
            }
            if chunk.name == "ANMF" {
                guard let frame = frame(chunk.content) else { return nil }
                content = frame
            }
            body += Self.chunk(chunk.name, content)
        }
        guard chunks.contains(where: { ["VP8 ", "VP8L", "ANMF"].contains($0.name) }) else {
            return nil
        }
        if let flagsAt, let orientation = orientation(in: chunks) {
            body[flagsAt] |= Self.exifFlag
            body += Self.chunk("EXIF", ExifOrientation.block(orientation))
        }
        return Array("RIFF".utf8) + Self.number(body.count + 4) + Array("WEBP".utf8) + body
    }

    private struct Chunk {
        let name: String
        let content: Range<Int>
    }

    /// Nil where one runs over the end.
    private func chunks(in range: Range<Int>) -> [Chunk]? {
        var found: [Chunk] = []
        var at = range.lowerBound
        while at + 8 <= range.upperBound {
            let length = number(at: at + 4)
            guard length <= range.upperBound - at - 8 else { return nil }
            let name = String(decoding: bytes[at..<(at + 4)], as: UTF8.self)
            found.append(Chunk(name: name, content: (at + 8)..<(at + 8 + length)))
            at += 8 + length + length % 2
        }
        return found
    }

    private func frame(_ range: Range<Int>) -> [UInt8]? {
        guard range.count >= Self.frameHead_bytes else { return nil }
        let inside = range.lowerBound + Self.frameHead_bytes
        guard let chunks = chunks(in: inside..<range.upperBound) else { return nil }
        let drawn = chunks.filter { Self.drawingFrame.contains($0.name) }
        guard drawn.contains(where: { $0.name != "ALPH" }) else { return nil }
        return drawn.reduce(into: Array(bytes[range.lowerBound..<inside])) {
            $0 += Self.chunk($1.name, Array(bytes[$1.content]))
        }
    }

    private func orientation(in chunks: [Chunk]) -> UInt8? {
        guard let exif = chunks.first(where: { $0.name == "EXIF" }) else { return nil }
        let head = Array("Exif\0\0".utf8)
        let content = bytes[exif.content]
        // Some writers keep JPEG's head before it.
        return ExifOrientation.read(
            content.starts(with: head) ? content.dropFirst(head.count) : content)
    }

    private func number(at place: Int) -> Int {
        bytes[place..<(place + 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func number(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(value >> ($0 * 8) & 255) }
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        Array(name.utf8) + number(content.count) + content
            + (content.count.isMultiple(of: 2) ? [] : [0])
    }
}
