/// Refuses a document type wherever it stands, an instruction that says nothing, and a declared encoding other
/// than UTF-8.
///
/// The reader of FoundationXML ends the process at `<?x?>`, by reading through a null pointer. And in another
/// encoding than the one in which we look, all three could hide.
func checkDeclarations(_ bytes: [UInt8]) throws(StatementError) {
    var line = 1
    var lineStart = bytes.startIndex
    let doctype = Array("<!DOCTYPE".utf8)
    for index in bytes.indices {
        if bytes[index] == 10 { (line, lineStart) = (line + 1, index + 1) }
        guard bytes[index] == doctype[0] else { continue }
        let place = Place(line: line, column: index - lineStart + 1)
        if bytes[index...].starts(with: doctype) { throw .refusedDeclaration(place, "<!DOCTYPE") }
        if let name = emptyInstruction(bytes[index...]) {
            throw .refusedDeclaration(place, "<?\(name)?>")
        }
    }
    if let encoding = declaredEncoding(bytes), encoding.lowercased() != "utf-8" {
        throw .refusedDeclaration(Place(line: 1, column: 1), "encoding \(encoding)")
    }
}

/// The name of the instruction that `bytes` begin with, where it has nothing but a name.
private func emptyInstruction(_ bytes: ArraySlice<UInt8>) -> String? {
    let mark = UInt8(ascii: "?")
    guard bytes.dropFirst().first == mark else { return nil }
    let name = bytes.dropFirst(2).prefix { $0 > UInt8(ascii: " ") && $0 != mark }
    let rest = bytes[name.endIndex...].drop { $0 <= UInt8(ascii: " ") }
    guard rest.starts(with: "?>".utf8) else { return nil }
    return String(decoding: name.prefix(40), as: UTF8.self)
}

/// What the declaration at the beginning says, however long it is; nil where it says nothing of it.
private func declaredEncoding(_ bytes: [UInt8]) -> String? {
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard bytes[mark...].starts(with: "<?xml".utf8),
        let end = bytes.indices.first(where: { bytes[$0...].starts(with: "?>".utf8) }),
        let name = bytes[..<end].indices.first(where: {
            bytes[$0..<end].starts(with: "encoding".utf8)
        })
    else { return nil }
    let value = bytes[(name + "encoding".utf8.count)..<end].drop { " =\t\r\n\"'".utf8.contains($0) }
        .prefix { !"\"' \t\r\n".utf8.contains($0) }
    return String(decoding: value.prefix(40), as: UTF8.self)
}
