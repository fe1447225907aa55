/// Takes out of a picture what is not the picture: where and when it was taken, with what, by whom, and
/// what was hung on behind its end.
///
/// Nothing is decoded or encoded anew: the segments that draw the picture are copied byte for byte, all
/// others are left out. What says how to turn it (Exif's orientation) is written anew by itself.
package enum ImageFilter {
    /// Nil where the bytes are not a whole picture of `type`, or a type that this cannot filter.
    package static func stripped(_ bytes: [UInt8], _ type: FileType) -> [UInt8]? {
        switch type {
        case .jpeg: JPEGFilter(bytes).stripped()
        case .png: PNGFilter(bytes).stripped()
        case .webp: WebPFilter(bytes).stripped()
        case .gif, .heic, .pdf, .mp4, .mp3, .wav, .text: nil
        }
    }

    package static func canStrip(_ type: FileType) -> Bool {
        [.jpeg, .png, .webp].contains(type)
    }
}

/// How an Exif block (TIFF) says that a picture is to be turned.
enum ExifOrientation {
    /// 2…8; nil where it says nothing, nothing known, or that it stands upright.
    ///
    /// - Parameter tiff: From its `II` or `MM` on.
    static func read(_ tiff: ArraySlice<UInt8>) -> UInt8? {
        let base = tiff.startIndex
        let isLittle = tiff.starts(with: [0x49, 0x49, 0x2A, 0x00])
        guard isLittle || tiff.starts(with: [0x4D, 0x4D, 0x00, 0x2A]) else { return nil }
        func number(_ offset: Int, _ count: Int) -> Int? {
            guard offset >= 0, offset <= tiff.count - count else { return nil }
            let part = tiff[(base + offset)..<(base + offset + count)]
            return isLittle
                ? part.reversed().reduce(0) { $0 << 8 | Int($1) }
                : part.reduce(0) { $0 << 8 | Int($1) }
        }
        guard let first = number(4, 4), let entries = number(first, 2) else { return nil }
        for entry in 0..<min(entries, 512) {
            let at = first + 2 + entry * 12
            guard let tag = number(at, 2), let kind = number(at + 2, 2) else { return nil }
            guard tag == 0x0112, kind == 3, let value = number(at + 8, 2) else { continue }
            return (2...8).contains(value) ? UInt8(value) : nil
        }
        return nil
    }

    /// A TIFF block that says this and nothing else.
    static func block(_ orientation: UInt8) -> [UInt8] {
        [0x4D, 0x4D, 0x00, 0x2A, 0, 0, 0, 8]
            + [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]
            + [0, 0, 0, 0]
    }
}
