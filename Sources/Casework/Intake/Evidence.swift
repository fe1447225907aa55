package import Ledger

/// A file that proves something, as the case knows it. The bytes are stored once, under their hash.
package struct Evidence: Hashable, Sendable, Codable {
    /// SHA-256 of the bytes, lower-case hex.
    package let hash: String
    /// In bytes.
    package let size: Int
    /// By content, never by name.
    package let type: FileType
    /// What it is, a code of the edition: `receipt`, `order`, `photo`, `confirmation` …
    package let kind: String
    /// As the sender called it; shown, never used as a path.
    package let name: String
    package let addedAt: Moment

    package init(
        hash: String, size: Int, type: FileType, kind: String, name: String, addedAt: Moment
    ) {
        self.hash = hash
        self.size = size
        self.type = type
        self.kind = kind
        self.name = name
        self.addedAt = addedAt
    }
}

/// The file types taken as evidence, told by their first bytes.
///
/// Archives are not among them: nothing is unpacked, so a zip bomb is only a refused file. Documents
/// that can carry script or macros (HTML, SVG, Office) are refused as well.
package enum FileType: String, Hashable, Sendable, Codable, CaseIterable {
    case jpeg, png, gif, webp, heic, pdf, mp4, mp3, wav, text

    package var mediaType: String {
        switch self {
        case .jpeg, .png, .gif, .webp, .heic: "image/\(rawValue)"
        case .pdf: "application/pdf"
        case .mp4: "video/mp4"
        case .mp3: "audio/mpeg"
        case .wav: "audio/wav"
        case .text: "text/plain; charset=utf-8"
        }
    }

    /// Nil when the bytes are of none of these types.
    package static func sniff(_ bytes: some RandomAccessCollection<UInt8>) -> FileType? {
        let head = Array(bytes.prefix(64))
        func has(_ magic: String, at offset: Int = 0) -> Bool {
            head.count >= offset + magic.utf8.count
                && head[offset...].starts(with: Array(magic.utf8))
        }
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if has("GIF87a") || has("GIF89a") { return .gif }
        if has("RIFF"), has("WEBP", at: 8) { return .webp }
        if has("RIFF"), has("WAVE", at: 8) { return .wav }
        if has("%PDF-") { return .pdf }
        if has("ftyp", at: 4) { return mediaContainer(brand: head.dropFirst(8).prefix(4)) }
        if has("ID3") || isMP3Frame(head) { return .mp3 }
        return isPlainText(bytes) ? .text : nil
    }

    /// Of the ISO base media family: photographs of telephones, and films.
    private static func mediaContainer(brand: ArraySlice<UInt8>) -> FileType? {
        switch String(decoding: brand, as: UTF8.self) {
        case "heic", "heix", "mif1", "msf1": .heic
        case "avif", "avis": nil
        default: .mp4
        }
    }

    /// An MPEG audio header of layer III. The sync bits alone would also fit a UTF-16 mark, and with it
    /// any HTML page so encoded.
    private static func isMP3Frame(_ head: [UInt8]) -> Bool {
        head.count > 2 && head[0] == 0xFF && head[1] & 0xE6 == 0xE2 && head[1] & 0x18 != 0x08
            && head[2] & 0xF0 != 0xF0 && head[2] & 0x0C != 0x0C
    }

    private static func isPlainText(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
        guard !bytes.isEmpty,
            !bytes.contains(where: {
                ($0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D) || $0 == 0x7F
            }),
            let text = String(validating: bytes, as: UTF8.self)
        else { return false }
        let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        return !start.hasPrefix("<") && !start.hasPrefix("{\\rtf")
    }
}
