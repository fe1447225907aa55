import Ledger
import Randomness
import Testing

@testable import Web

/// What browsers send, and what a stranger might.
struct FormTests {
    private func multipart(_ text: String) throws(Problem) -> FormEntries {
        try FormEntries(
            multipart: Array(text.replacing("\n", with: "\r\n").utf8), boundary: "B")
    }

    @Test func `entries and files of a form are read as they were sent`() throws {
        let form = try multipart(
            """
            --B
            Content-Disposition: form-data; name="story"

            one
            two
            --B
            Content-Disposition: form-data; name="receipt"; filename="a.png"
            Content-Type: image/png

            \u{1}bytes
            --B
            Content-Disposition: form-data; name="empty"; filename=""
            Content-Type: application/octet-stream


            --B--

            """)
        #expect(form["story"] == "one\ntwo")
        #expect(form.files.map(\.name) == ["receipt"])
        #expect(form.files.first?.fileName == "a.png")
        #expect(form.files.first.map { String(decoding: $0.bytes, as: UTF8.self) } == "\u{1}bytes")
        let typed = try FormEntries(urlEncoded: Array("a=%E6%B5%B7+%26&a=2&b=&c".utf8))
        #expect(typed.all("a") == ["海 &", "2"] && typed["b"] == nil && typed["c"] == nil)
    }

    @Test(arguments: [
        "", "--B", "--B\n", "--C\n\n--C--", "--B\nContent-Disposition: form-data\n\nx\n--B--",
        "--B\nContent-Disposition: form-data; name=\"a\"\n\nnever ends",
    ])
    func `a body that is not whole is refused`(_ body: String) {
        #expect(throws: Problem.malformedForm) { try multipart(body) }
    }

    @Test func `no bytes make the readers fail otherwise than by refusing`() {
        var generator = SeededRandom(seed: 20_261_129)
        let pieces = [
            "--B", "\r\n", "\r\n\r\n", "--", "name=\"a\"", ";", "filename=\"", "%", "%zz", "=", "&",
            "\u{0}", "海",
        ]
        for _ in 0..<5_000 {
            let count = Int.random(in: 0...12, using: &generator)
            let body = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
                .joined()
            for text in [body, "--B\r\nContent-Disposition: form-data; \(body)"] {
                _ = try? FormEntries(multipart: Array(text.utf8), boundary: "B")
                _ = try? FormEntries(urlEncoded: Array(text.utf8))
            }
        }
    }

    @Test(arguments: [
        ("1,200", "120000"), ("¥ 12.5", "1250"), ("0.01", "1"), ("12,50", "\"12,50\""),
        ("1.005", "\"1.005\""), ("much", "\"much\""),
    ])
    func `yuan become fen, and what is no amount stays to be refused`(
        _ typed: String, _ json: String
    ) {
        var entries = FormEntries()
        entries.add("paid_fen", typed)
        let schema: JSONValue = ["properties": ["paid_fen": ["type": "integer"]]]
        let made = EntryJSON(entries: entries, zone: .china) { _ in .text }
            .object(schema)
        #expect(made.written == "{\"paid_fen\":\(json)}")
    }

    @Test func `several rows make a list, and rows that stayed empty are left out`() {
        var entries = FormEntries()
        for (name, value) in [
            ("list.0.on", "2026-01-01"), ("list.0.amount_fen", "5"), ("list.1.on", "2026-02-01"),
            ("list.1.amount_fen", "7"), ("list.2.on", ""), ("list.2.amount_fen", ""),
        ] { entries.add(name, value) }
        let row: JSONValue = [
            "type": "object",
            "properties": ["on": ["type": "string"], "amount_fen": ["type": "integer"]],
        ]
        let schema: JSONValue = ["properties": ["list": ["type": "array", "items": row]]]
        let made = EntryJSON(entries: entries, zone: .china) { _ in .text }
            .object(schema)
        #expect(
            made.written
                == #"{"list":[{"on":"2026-01-01","amount_fen":500},{"on":"2026-02-01","amount_fen":700}]}"#
        )
    }
}

@Suite struct LineEndTests {
    @Test(arguments: [
        ("a%0D%0Ab", "a\nb"), ("a%0Db", "a\nb"), ("a%0Ab", "a\nb"), ("%0D%0D%0A", "\n\n"),
        ("%0A%0D", "\n\n"), ("%0D%0A%0A", "\n\n"), ("plain", "plain"), ("", ""),
    ])
    func `whatever ends a line in a form, the office keeps a line feed`(sent: String, kept: String)
        throws
    {
        let form = try FormEntries(urlEncoded: Array("story=\(sent)".utf8))
        #expect(form.entries.first?.value == kept)
    }
}
