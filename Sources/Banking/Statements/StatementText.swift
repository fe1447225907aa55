import Glibc

/// The text of a statement file as UTF-8 without a byte order mark, whatever it came in.
///
/// Chinese banks export UTF-8, with or without a mark, or GB18030 (GBK and GB 2312 are parts of it).
/// What is well-formed UTF-8 is taken as UTF-8: a Chinese heading in GB18030 never is.
struct StatementText {
    let bytes: [UInt8]

    /// Refuses what is too large, contains a zero byte, or is neither UTF-8 nor GB18030.
    init(_ file: [UInt8]) throws(StatementError) {
        guard file.count <= StatementLimit.bytes else { throw .tooLarge(bytes: file.count) }
        if let zero = file.firstIndex(of: 0) { throw .notText(line: file.line(at: zero)) }
        if file.isUTF8 {
            bytes = file.starts(with: byteOrderMark) ? Array(file.dropFirst(3)) : file
        } else {
            bytes = try decodedGB18030(file)
        }
    }
}

/// Refuses bytes that are too many, not UTF-8, or contain a zero byte.
func checkUTF8(_ file: [UInt8]) throws(StatementError) {
    guard file.count <= StatementLimit.bytes else { throw .tooLarge(bytes: file.count) }
    if let zero = file.firstIndex(of: 0) { throw .notUTF8(line: file.line(at: zero)) }
    guard !file.isUTF8 else { return }
    var decoder = UTF8()
    var bytes = file.makeIterator()
    var line = 1
    while case .scalarValue(let scalar) = decoder.decode(&bytes) {
        if scalar == "\n" { line += 1 }
    }
    throw .notUTF8(line: line)
}

private let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

/// `file`, GB18030, as UTF-8.
///
/// The C library's iconv does it, not Foundation: it says at which byte it stopped, so the line can be
/// named; it refuses the 191 byte pairs that stand for no character, which Foundation lets pass; and it
/// ran at 40 to 200 MB/s where Foundation made 9. Its table is a file of the C library.
private func decodedGB18030(_ file: [UInt8]) throws(StatementError) -> [UInt8] {
    guard let converter = iconv_open("UTF-8", "GB18030"),
        Int(bitPattern: converter) != -1
    else { throw .notText(line: 1) }
    defer { iconv_close(converter) }
    var consumed = 0
    // The longest growth is from two bytes to four (characters beyond the basic plane).
    let text = [UInt8](unsafeUninitializedCapacity: file.count * 2) { target, written in
        target.withMemoryRebound(to: CChar.self) { target in
            file.withUnsafeBytes { source in
                var input = UnsafeMutablePointer(
                    mutating: source.bindMemory(to: CChar.self).baseAddress)
                var output = target.baseAddress
                var (left, room) = (source.count, target.count)
                _ = iconv(converter, &input, &left, &output, &room)
                (consumed, written) = (source.count - left, target.count - room)
            }
        }
    }
    guard consumed == file.count else { throw .notText(line: file.line(at: consumed)) }
    return text
}

extension [UInt8] {
    fileprivate var isUTF8: Bool { String(validating: self, as: UTF8.self) != nil }

    /// The line, from 1, in which the byte at `index` stands.
    fileprivate func line(at index: Int) -> Int { 1 + self[..<index].count { $0 == 10 } }
}
