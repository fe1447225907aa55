/// A JPEG by its segments (ITU-T T.81, annex B).
struct JPEGFilter {
    private let bytes: [UInt8]
    private var orientation: UInt8?
    private var kept: [UInt8] = []

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// What follows the end of the image is left out: some telephones hang a film there.
    func stripped() -> [UInt8]? {
        var filter = self
        return filter.read() ? filter.whole : nil
    }

    private var whole: [UInt8] {
        var result: [UInt8] = [0xFF, 0xD8]
        if let orientation {
            let block = Array("Exif\0\0".utf8) + ExifOrientation.block(orientation)
            result += [0xFF, 0xE1, 0, UInt8(block.count + 2)] + block
        }
        return result + kept
    }

    /// False where it is not whole.
    private mutating func read() -> Bool {
        guard bytes.starts(with: [0xFF, 0xD8]) else { return false }
        kept.reserveCapacity(bytes.count)
        var at = 2
        var hasScan = false
        while at + 1 < bytes.count {
            guard bytes[at] == 0xFF else { return false }
            let marker = bytes[at + 1]
            switch marker {
            case 0xFF: at += 1
            case 0xD9:
                kept += [0xFF, 0xD9]
                return hasScan
            // A length of two bytes follows all markers but these, which stand in a scan only.
            case 0x00, 0x01, 0xD0...0xD8: return false
            default:
                guard at + 3 < bytes.count else { return false }
                let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
                guard length >= 2, at + 2 + length <= bytes.count else { return false }
                keep(marker, bytes[(at + 4)..<(at + 2 + length)])
                at += 2 + length
                if marker == 0xDA {
                    hasScan = true
                    at = copyScan(from: at)
                }
            }
        }
        return false
    }

    private mutating func keep(_ marker: UInt8, _ content: ArraySlice<UInt8>) {
        switch marker {
        case 0xE0:
            // JFIF's own head, its thumbnail left out.
            guard content.starts(with: Array("JFIF\0".utf8)), content.count >= 14 else { return }
            kept += [0xFF, 0xE0, 0, 16] + Array(content.prefix(12)) + [0, 0]
        case 0xE1:
            let head = Array("Exif\0\0".utf8)
            if orientation == nil, content.starts(with: head) {
                orientation = ExifOrientation.read(content.dropFirst(head.count))
            }
        case 0xEE:
            // Adobe's: how the colours are to be read. Nothing else of it is kept than that.
            guard content.starts(with: Array("Adobe".utf8)), content.count >= 12 else { return }
            kept += [0xFF, 0xEE, 0, 14] + Array(content.prefix(12))
        case 0xE2...0xED, 0xEF, 0xFE: return
        // Tables, frames and scans; what is reserved or unknown draws nothing.
        case 0xC0...0xCF, 0xDA...0xDF:
            let length = content.count + 2
            kept += [0xFF, marker, UInt8(length >> 8), UInt8(length & 255)] + content
        default: return
        }
    }

    /// The data of a scan, up to the marker that ends it.
    private mutating func copyScan(from start: Int) -> Int {
        var at = start
        while at < bytes.count {
            // A byte FF of the data is followed by 00; restarts belong to it as well.
            if bytes[at] == 0xFF, at + 1 < bytes.count,
                bytes[at + 1] != 0x00, !(0xD0...0xD7).contains(bytes[at + 1])
            {
                break
            }
            at += 1
        }
        kept += bytes[start..<at]
        return at
    }
}
