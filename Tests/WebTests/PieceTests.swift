import Casework
import Courier
import Ledger
import Testing

@testable import Web

struct PieceTests {
    @Test func `markup escapes what is interpolated and keeps what is markup`() {
        let name = "<b>\"A&B\"'</b>"
        let item: HTML = "<li title=\"\(name)\">\(name)</li>"
        #expect(
            item.text
                == "<li title=\"&lt;b&gt;&quot;A&amp;B&quot;&#39;&lt;/b&gt;\">&lt;b&gt;&quot;A&amp;B&quot;&#39;&lt;/b&gt;</li>"
        )
        let list: HTML = "<ul>\([item, item])\(nil as HTML?)\(7)</ul>"
        #expect(list.text == "<ul>\(item.text)\(item.text)7</ul>")
    }

    @Test func `every word stands in both languages`() {
        for word in Word.allCases {
            #expect(!word.phrase.zh.isEmpty && !word.phrase.en.isEmpty, "\(word)")
            let isChinese = word.phrase.zh.unicodeScalars.contains {
                (0x4E00...0x9FFF).contains($0.value)
            }
            #expect(isChinese, "\(word)")
        }
        for stage in StageName.allCases {
            #expect(Names.stage(stage.rawValue).zh != stage.rawValue)
        }
    }

    @Test func `the reader's language is the address's, then the browser's, then Chinese`() {
        let table: [(query: String?, header: String?, Language)] = [
            (nil, nil, .chinese), ("en", "zh-CN", .english), ("zh", "en", .chinese),
            ("xx", "en-GB,zh", .english),
            (nil, "fr, en;q=0.5", .english), (nil, "en;q=0, zh", .chinese), (nil, "fr", .chinese),
            ("ru", "zh", .russian), (nil, "ko-KR,ko;q=0.9,en;q=0.8", .korean),
            (nil, "kok, ru-RU", .russian), (nil, "ru;q=0, en", .english), (nil, "*", .chinese),
        ]
        for (query, header, language) in table {
            #expect(
                Language(query: query, accepted: header) == language,
                "\(query ?? "–") \(header ?? "–")")
        }
    }

    @Test func `amounts and spans read as people write them`() {
        #expect(Money(fen: 107_747_321).yuan == "1,077,473.21")
        #expect(Money(fen: -5).yuan == "\u{2212}0.05")
        #expect(Money(fen: Int64.min).yuan == "\u{2212}92,233,720,368,547,758.08")
        #expect(spanText(26 * 3_600_000 + 59_000).zh == "1天2小时")
        #expect(spanText(-61_000).en == "1 min")
        #expect(spanText(59_999).zh == "59秒")
        #expect(spanText(0).zh == "0分钟")
        #expect(spanText(.min).zh.hasSuffix("小时"))
    }

    @Test func `a mask hides the person and leaves what people recognise`() {
        #expect(Sight.masked.name(Personal("王小明")) == "王**")
        #expect(Sight.masked.name(Personal("李")) == "**")
        #expect(Sight.masked.phone(Personal("13800138000")) == "138****8000")
        #expect(Sight.masked.account(Personal("123")) == "***")
        #expect(Sight.masked.text("电话13800138000，订单A-1001") == "电话*********00，订单A-1001")
        #expect(Sight.personal.name(Personal("王小明")) == "王小明")
        #expect(Sight.personal.phone(Personal("13800138000")) == "138****8000")
        #expect(Sight.personal.text("电话13800138000") == "电话*********00")
        #expect(Sight.personal.reference("20240801123456") == "20240801123456")
        #expect(Sight.masked.reference("20240801123456") == "************56")
        #expect(Sight(Actor(name: "a", roles: [.auditor])) == .masked)
        #expect(Sight(Actor(name: "b", roles: [.auditor, .agent])) == .personal)
    }

    @Test func `a bucket lets a burst pass, then one after another, and stays small`() {
        let limit = RateLimit(burst: 2, everySeconds: 10, keyLimit: 3)
        let start = Moment(ms: 0)
        #expect(limit.take("a", at: start) == nil)
        #expect(limit.take("a", at: start) == nil)
        #expect(limit.take("a", at: start) == 10)
        #expect(limit.take("b", at: start) == nil)
        #expect(limit.take("a", at: Moment(ms: 10_000)) == nil)
        #expect(
            limit.take("a", at: Moment(ms: 5_000)) == 10, "a clock that goes back gives nothing")
        for key in 0..<100 { #expect(limit.take("k\(key)", at: Moment(ms: 10_000)) == nil) }
    }

    @Test func `JSON is read strictly, and what is read is written again`() throws {
        let sound = [
            "{\"a\":[1,-2.5e3,true,false,null,\"\\u4e2d\\ud83d\\ude00\\n\\\"\\/\"]}", " [ ] ",
            "{ }", "0", "\"\"",
        ]
        for text in sound {
            let value = try JSONReader.read(Array(text.utf8))
            #expect(try JSONReader.read(Array(value.written.utf8)) == value)
        }
        let unsound = [
            "", "nul", "[1,]", "{\"a\"}", "{a:1}", "01", "1.", "+1", "\"\t\"", "\"\\x\"",
            "\"\\ud800x\"", "[1] 2", "\"",
            "{\"a\":1 \"b\":2}", "'a'", "-", "1e", "[", "\u{FEFF}1",
        ]
        for text in unsound {
            #expect(throws: MalformedJSON.self, "\(text)") { try JSONReader.read(Array(text.utf8)) }
        }
        #expect(throws: MalformedJSON.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
        let deep = String(repeating: "[", count: 33) + String(repeating: "]", count: 33)
        #expect(throws: MalformedJSON.self) { try JSONReader.read(Array(deep.utf8)) }
        do {
            _ = try JSONReader.read(Array("{\n  \"a\": tru\n}".utf8))
        } catch {
            #expect(error.line == 2 && error.column == 8)
        }
    }

    @Test func `links encode what stands in them`() {
        #expect(Link.apiToken("a/b c").text == "/api/v1/tokens/a%2Fb%20c")
        #expect(Link.fund.with("before", 7).with(.english).text == "/fund?before=7&lang=en")
    }
}
