/// What a value has written of itself so far: the texts of its keys and leaves one after another in one run
/// of bytes, and the objects and arrays that are made of them.
///
/// Nothing is copied until it is all there; then keys are put in order and every byte is written once.
struct JSONSheet {
    /// Where a value lies.
    enum Piece {
        case leaf(start: Int32, end: Int32)
        case node(Int32)
    }

    struct Entry {
        /// The key's bytes; none in an array.
        let key: Range<Int32>
        let value: Piece
    }

    struct Node {
        let isObject: Bool
        var entries: [Entry] = []
    }

    private var bytes: [UInt8] = []
    private var nodes: [Node] = []

    init() {
        // An event is some two kilobytes and some twenty objects.
        bytes.reserveCapacity(2_048)
        nodes.reserveCapacity(24)
    }

    // MARK: Writing

    /// A new object or array, by its number.
    mutating func open(isObject: Bool) -> Int32 {
        nodes.append(Node(isObject: isObject))
        return Int32(nodes.count - 1)
    }

    func isObject(_ node: Int32) -> Bool { nodes[Int(node)].isObject }

    func count(of node: Int32) -> Int { nodes[Int(node)].entries.count }

    /// The bytes of a key, as they are: they are put in order before they are escaped.
    mutating func key(_ text: String) -> Range<Int32> {
        let start = Int32(bytes.count)
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
        return start..<Int32(bytes.count)
    }

    mutating func key(snakeCase text: String) -> Range<Int32> {
        let start = Int32(bytes.count)
        var text = text
        text.withUTF8 { appendSnakeCase($0, to: &bytes) }
        return start..<Int32(bytes.count)
    }

    mutating func add(_ value: Piece, under key: Range<Int32> = 0..<0, to node: Int32) {
        nodes[Int(node)].entries.append(Entry(key: key, value: value))
    }

    mutating func leaf(_ text: StaticString) -> Piece {
        leaf {
            $0.append(
                contentsOf: UnsafeBufferPointer(
                    start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
    }

    mutating func leaf(quoting text: String) -> Piece {
        leaf { bytes in
            var text = text
            text.withUTF8 { quote($0, into: &bytes) }
        }
    }

    mutating func leaf(_ number: some FixedWidthInteger) -> Piece {
        leaf { bytes in
            guard let small = Int64(exactly: number) else {
                return bytes.append(contentsOf: String(number).utf8)
            }
            digits(of: small, into: &bytes)
        }
    }

    private mutating func leaf(_ write: (inout [UInt8]) -> Void) -> Piece {
        let start = Int32(bytes.count)
        write(&bytes)
        return .leaf(start: start, end: Int32(bytes.count))
    }

    // MARK: The whole

    /// The text of `piece`, with the keys of every object in the order of their bytes.
    func text(of piece: Piece) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 2)
        bytes.withUnsafeBufferPointer { write(piece, from: $0, into: &out) }
        return out
    }

    private func write(
        _ piece: Piece, from bytes: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]
    ) {
        switch piece {
        case .leaf(let start, let end):
            out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[Int(start)..<Int(end)]))
        case .node(let index) where nodes[Int(index)].isObject:
            let entries = sorted(nodes[Int(index)].entries, by: bytes)
            out.append(UInt8(ascii: "{"))
            for (place, entry) in entries.enumerated() {
                if place > 0 { out.append(UInt8(ascii: ",")) }
                quote(text(entry.key, in: bytes), into: &out)
                out.append(UInt8(ascii: ":"))
                write(entry.value, from: bytes, into: &out)
            }
            out.append(UInt8(ascii: "}"))
        case .node(let index):
            out.append(UInt8(ascii: "["))
            for (place, entry) in nodes[Int(index)].entries.enumerated() {
                if place > 0 { out.append(UInt8(ascii: ",")) }
                write(entry.value, from: bytes, into: &out)
            }
            out.append(UInt8(ascii: "]"))
        }
    }

    private func sorted(_ entries: [Entry], by bytes: UnsafeBufferPointer<UInt8>) -> [Entry] {
        entries.sorted { one, other in
            let (one, other) = (text(one.key, in: bytes), text(other.key, in: bytes))
            let common = min(one.count, other.count)
            for index in 0..<common where one[index] != other[index] {
                return one[index] < other[index]
            }
            return one.count < other.count
        }
    }

    private func text(
        _ range: Range<Int32>, in bytes: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(range.lowerBound)..<Int(range.upperBound)])
    }
}

/// A JSON string: only what must be escaped is.
private func quote(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    var plain = 0
    for (index, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
        out.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain..<index]))
        escape(byte, into: &out)
        plain = index + 1
    }
    out.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain...]))
    out.append(UInt8(ascii: "\""))
}

private func escape(_ byte: UInt8, into out: inout [UInt8]) {
    out.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: out.append(UInt8(ascii: "b"))
    case 0x09: out.append(UInt8(ascii: "t"))
    case 0x0A: out.append(UInt8(ascii: "n"))
    case 0x0C: out.append(UInt8(ascii: "f"))
    case 0x0D: out.append(UInt8(ascii: "r"))
    case 0x22, 0x5C: out.append(byte)
    default:
        let hex = Array("0123456789abcdef".utf8)
        out += [UInt8(ascii: "u"), hex[0], hex[0], hex[Int(byte >> 4)], hex[Int(byte & 15)]]
    }
}

private func digits(of number: Int64, into out: inout [UInt8]) {
    if number < 0 { out.append(UInt8(ascii: "-")) }
    var left = number.magnitude
    let start = out.count
    repeat {
        out.append(UInt8(ascii: "0") + UInt8(left % 10))
        left /= 10
    } while left > 0
    out[start...].reverse()
}
