/// Writes a field's name as Foundation's `.convertToSnakeCase` does: a word begins at a capital, and capitals
/// together are one word, of which the last is the next word's when a small letter follows (`aURLText`:
/// `a_url_text`).
///
/// - Parameter name: Of ASCII, as all names of fields are.
func appendSnakeCase(_ name: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    var start = 0
    /// A word, in small letters.
    func append(_ word: Range<Int>) {
        if start > 0 { out.append(UInt8(ascii: "_")) }
        for byte in name[word] { out.append(isCapital(byte) ? byte | 0x20 : byte) }
    }
    var search = min(1, name.count)
    while let capital = name[search...].firstIndex(where: isCapital) {
        append(start..<capital)
        start = capital
        guard let small = name[capital...].firstIndex(where: isSmall) else { break }
        if small > capital + 1 {
            append(capital..<(small - 1))
            start = small - 1
        }
        search = small + 1
    }
    append(start..<name.count)
}

private func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
private func isSmall(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
