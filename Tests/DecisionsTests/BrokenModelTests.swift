import Decisions
import Foundation
import Testing

@Suite struct BrokenModelTests {
    /// What is said of the model: the error, or every problem, in English and in Chinese.
    private func verdict(_ xml: String) -> [String] {
        do {
            let model = try Model(xml: Array(xml.utf8), file: "m.dmn")
            return model.problems.flatMap {
                ["\($0.file) \($0.description)", "\($0.file) \($0.chineseDescription)"]
            }
        } catch {
            return [error.description, error.chineseDescription]
        }
    }

    @Test func `the model that is broken here is sound`() throws {
        let model = try Model(xml: Array(BrokenModel.sound.utf8), file: "m.dmn")
        #expect(model.problems.map(\.description) == [])
        let facts: [String: Value] = ["claim amount": .number(10), "kind": .string("hotel")]
        #expect(model.evaluate("Track", given: facts).value == .string("quick"))
        #expect(model.evaluate("Box", given: [:]).value == .number(Decimal128("50.0") ?? .zero))
    }

    /// Every break is told, with its place and how to mend it. `UPDATE_GOLDEN=1` writes the file anew.
    @Test func `nothing broken is accepted in silence`() throws {
        var text = ""
        for one in BrokenModel.all {
            let xml = try #require(BrokenModel.broken(one), "\(one.name): nothing to replace")
            let lines = verdict(xml)
            #expect(!lines.isEmpty, "\(one.name) is accepted")
            text += "# \(one.name)\n" + lines.map { "  \($0)\n" }.joined()
        }
        #expect(BrokenModel.all.count >= 165)
        let golden = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Golden/broken-models.txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try text.write(to: golden, atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOf: golden, encoding: .utf8)
        let lines = text.split(separator: "\n")
        for (said, wanted) in zip(lines, expected.split(separator: "\n")) where said != wanted {
            Issue.record("said:   \(said)\nwanted: \(wanted)")
        }
        #expect(text == expected)
    }

    /// A broken model still answers, never in silence.
    @Test func `deciding with a broken model ends with a note or a value`() throws {
        let facts: [String: Value] = ["claim amount": .number(10), "kind": .string("hotel")]
        for one in BrokenModel.all {
            // Those that are errors cannot be asked.
            guard let xml = BrokenModel.broken(one),
                let model = try? Model(xml: Array(xml.utf8), file: "m.dmn")
            else { continue }
            for decision in model.decisions {
                let evaluation = model.evaluate(decision.name, given: facts)
                #expect(!evaluation.value.isNull || !evaluation.notes.isEmpty, "\(one.name)")
            }
        }
    }

    @Test func `the policies in force have no problems`() throws {
        let policies = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "policies")
        let all = FileManager.default.enumerator(at: policies, includingPropertiesForKeys: nil)
        while let file = all?.nextObject() as? URL {
            guard file.pathExtension == "dmn" else { continue }
            let model = try Model(
                xml: [UInt8](Data(contentsOf: file)), file: file.lastPathComponent)
            #expect(model.problems.map(\.description) == [], "\(file.path())")
        }
    }

    @Test func `a file in another encoding is refused with its line`() {
        var bytes = Array(BrokenModel.sound.utf8)
        bytes.insert(contentsOf: [0xCD, 0xB6, 0xCB, 0xDF], at: 200)
        let error = #expect(throws: ModelError.self) { try Model(xml: bytes, file: "m.dmn") }
        #expect(error == .notUTF8(file: "m.dmn", line: 4))
    }

    /// In UTF-7 or UTF-16 a document type, or an instruction that ends the process, would not be seen.
    @Test(arguments: [
        ("UTF-7", false), ("utf-16", false), ("IBM037", false), ("x", false), ("UTF-8", true),
        ("us-ascii", true), ("ISO-8859-1", true),
    ])
    func `a file that says another encoding is refused before it is read`(
        encoding: String, isRead: Bool
    ) {
        let blanks = String(repeating: " ", count: 400)
        let xml =
            "<?xml version=\"1.0\"\(blanks)encoding=\"\(encoding)\"?>"
            + BrokenModel.sound.replacing(#/<\?xml[^>]*>/#, with: "")
        let isAccepted = (try? Model(xml: Array(xml.utf8), file: "m.dmn")) != nil
        #expect(isAccepted == isRead)
    }

    @Test func `a file of two bytes a character is refused before it is read`() {
        let bytes = "<a><?x?></a>".utf8.flatMap { [$0, UInt8(0)] }
        let error = #expect(throws: ModelError.self) { try Model(xml: bytes, file: "m.dmn") }
        #expect(error == .notUTF8(file: "m.dmn", line: 1))
    }

    @Test(arguments: ["<?x?>", "<?x ?>", "<?x\n?>"])
    func `an instruction that says nothing is refused, and ends no process`(_ text: String) {
        let xml = "<definitions>\n  \(text)</definitions>"
        var error: ModelError?
        do throws(ModelError) { _ = try Model(xml: Array(xml.utf8), file: "m.dmn") } catch let found
        {
            error = found
        }
        #expect(error == .malformed(file: "m.dmn", line: 2, column: 3, code: 46))
    }
}
