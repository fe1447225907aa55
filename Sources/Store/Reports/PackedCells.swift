import Casework
import Database

/// Sums of cells in one text: `registered:12 accepted:11 handlingTimes/7:2`, by name, without zeros.
enum PackedCells {
    static func text(_ cells: [CellKey: Int64]) -> String {
        var text = ""
        text.reserveCapacity(cells.count * 20)
        for (key, value) in cells.sorted(by: { $0.key < $1.key }) where value != 0 {
            if !text.isEmpty { text += " " }
            text += key.cell.name
            if key.bucket != 0 {
                text += "/"
                text += String(key.bucket)
            }
            text += ":"
            text += String(value)
        }
        return text
    }

    /// Which cells are read. One that this release does not know was counted by a later one, and is
    /// passed over like those that are not wanted.
    struct Names {
        fileprivate let cells: [UInt64: Cell]

        init(_ wanted: some Sequence<Cell>) {
            cells = Dictionary(wanted.map { (hash(of: $0.name.utf8), $0) }) { first, _ in first }
        }

        static let all: Names = {
            let names = Names(Cell.allCases)
            precondition(
                names.cells.count == Cell.allCases.count, "two cells have one hash: rename one")
            return names
        }()
    }

    /// - Throws: `corrupt` for anything but such a text.
    static func cells(
        _ text: String, _ names: Names = .all
    ) throws(DatabaseError) -> [CellKey: Int64] {
        var cells: [CellKey: Int64] = [:]
        var text = text
        let isSound = text.withUTF8 { bytes in
            var reader = Reader(bytes)
            while reader.hasMore {
                guard let (name, bucket, value) = reader.sum() else { return false }
                if let cell = names.cells[name] { cells[CellKey(cell, bucket: bucket)] = value }
            }
            return true
        }
        guard isSound else { throw .corrupt("sums of the reports do not read: \(text)") }
        return cells
    }

    /// Both together. Nil where a sum does not fit 64 bits: nothing is written then.
    static func sum(_ a: [CellKey: Int64], _ b: [CellKey: Int64]) -> [CellKey: Int64]? {
        var sums = a
        for (key, value) in b {
            let (sum, overflow) = (sums[key] ?? 0).addingReportingOverflow(value)
            if overflow { return nil }
            sums[key] = sum
        }
        return sums
    }
}

/// Goes through the bytes once; names are met by their hash, so that none is made into a string.
private struct Reader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var hasMore: Bool { place < bytes.count }

    /// `name:value` or `name/bucket:value`, and the space behind it.
    mutating func sum() -> (name: UInt64, bucket: Int, value: Int64)? {
        let start = place
        while hasMore, bytes[place] != UInt8(ascii: ":"), bytes[place] != UInt8(ascii: "/") {
            if bytes[place] == UInt8(ascii: " ") { return nil }
            place += 1
        }
        guard hasMore, place > start else { return nil }
        let name = hash(of: bytes[start..<place])
        var bucket: Int64 = 0
        if bytes[place] == UInt8(ascii: "/") {
            place += 1
            guard let number = number() else { return nil }
            bucket = number
        }
        guard hasMore, bytes[place] == UInt8(ascii: ":") else { return nil }
        place += 1
        guard let value = number(), !hasMore || bytes[place] == UInt8(ascii: " ") else {
            return nil
        }
        place += 1
        return (name, Int(bucket), value)
    }

    private mutating func number() -> Int64? {
        let isNegative = hasMore && bytes[place] == UInt8(ascii: "-")
        if isNegative { place += 1 }
        let start = place
        var number: Int64 = 0
        while hasMore, (48...57).contains(bytes[place]) {
            let (scaled, tooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = scaled.subtractingReportingOverflow(Int64(bytes[place]) - 48)
            guard !tooLarge, !overflow else { return nil }
            number = sum
            place += 1
        }
        // Kept below zero until the end, where there is one more.
        guard place > start, isNegative || number != .min else { return nil }
        return isNegative ? number : -number
    }
}

/// FNV-1a.
private func hash(of bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
}
