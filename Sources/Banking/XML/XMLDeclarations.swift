import Foundation

/// Refuses a document type wherever it stands, and a declared encoding other than UTF-8.
func checkDeclarations(_ bytes: [UInt8]) throws(StatementError) {
    var line = 1
    let doctype = Array("<!DOCTYPE".utf8)
    for index in bytes.indices {
        if bytes[index] == 10 { line += 1 }
        if bytes[index] == doctype[0], bytes[index...].starts(with: doctype) {
            throw .refusedDeclaration(Place(line: line, column: 1), "<!DOCTYPE")
        }
    }
    let head = String(decoding: bytes.prefix(256), as: UTF8.self)
    guard let end = head.range(of: "?>"),
        let name = head[..<end.lowerBound].range(of: "encoding")
    else { return }
    let value = head[name.upperBound..<end.lowerBound].drop { " =\t\r\n\"'".contains($0) }
        .prefix { !"\"' \t\r\n".contains($0) }
    guard value.lowercased() == "utf-8" else {
        throw .refusedDeclaration(Place(line: 1, column: 1), "encoding \(value)")
    }
}
