import Foundation
import Testing

/// Holds `text` against the file of this name in `Golden/`; `UPDATE_GOLDEN=1` writes it anew. Read the
/// difference before committing it.
func checkGolden(
    _ text: String, _ name: String, at location: SourceLocation = #_sourceLocation
) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
        try Data(text.utf8).write(to: file)
    }
    let golden = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let goldenLines = golden.split(separator: "\n", omittingEmptySubsequences: false)
    for (line, goldenLine) in zip(lines, goldenLines) {
        #expect(line == goldenLine, "\(name)", sourceLocation: location)
    }
    #expect(lines.count == goldenLines.count, "\(name)", sourceLocation: location)
}
