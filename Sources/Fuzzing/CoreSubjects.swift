import Casework
import Decisions
import Ledger

/// Policies' language and models, pictures, and the small texts that numbers and times are written in.
package enum CoreSubjects {
    package static let all = [feel, unaryTests, model, jpeg, png, webp, number, time]

    private static let feelTokens = [
        "if ", " then ", " else ", "for x in ", " return ", "some ", " satisfies ", "function(a) a",
        "[", "]",
        "(", ")", "{", "}", "..", "..", "not(", "date(\"2025-02-30\")", "duration(\"P1Y\")", "@\"",
        "**", "-",
        "between 1 and 2", "instance of ", "null", "?", "\"", "1e", "in (", "and ", "or ", "list",
        "number",
        "string length(", "sort(", "((((((((((",
    ]

    private static let expressions = [
        "if affected > 100 then min(affected * 3, 500) else null",
        "for x in [1, 2, 3] return x ** 2", "{a: 1, \"b c\": {d: [1..5]}}.`b c`.d[item > 2]",
        "some x in [1,2] satisfies x = 2 and date(\"2025-03-01\") + duration(\"P1M\") > date(\"2025-03-30\")",
        "(function(n: number) n * 2)(21)", "count([1,2,3][item >= 2]) between 1 and 3",
        "replace(\"先行赔付\", \"(行)\", \"$1x\") + string(1.10)", "@\"2025-03-01T09:30:00+08:00\".year",
    ]

    private static let feel = FuzzSubject("feel", texts: expressions, tokens: feelTokens) { bytes in
        put(.expression(String(decoding: bytes, as: UTF8.self)))
    }

    private static let unaryTests = FuzzSubject(
        "unary tests",
        texts: [
            "> 100, [5..10), not(3)", "\"a\", \"b\"", "-", "< date(\"2025-01-01\")",
            "? > 3 and ? < 9",
        ],
        tokens: feelTokens
    ) { bytes in put(.unaryTests(String(decoding: bytes, as: UTF8.self))) }

    private static let model = FuzzSubject(
        "dmn",
        texts: [
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:f" name="f" id="f">
            <itemDefinition name="tMoney"><typeRef>number</typeRef><allowedValues><text>[0..100000]</text></allowedValues></itemDefinition>
            <inputData id="i" name="amount"><variable name="amount" typeRef="tMoney"/></inputData>
            <decision id="d" name="path"><variable name="path" typeRef="string"/>
            <informationRequirement><requiredInput href="#i"/></informationRequirement>
            <decisionTable hitPolicy="UNIQUE"><input><inputExpression typeRef="number"><text>amount</text></inputExpression></input>
            <output name="path" typeRef="string"><outputValues><text>"quick","slow"</text></outputValues></output>
            <rule><inputEntry><text>&lt;= 1000</text></inputEntry><outputEntry><text>"quick"</text></outputEntry></rule>
            <rule><inputEntry><text>&gt; 1000</text></inputEntry><outputEntry><text>"slow"</text></outputEntry></rule>
            </decisionTable></decision>
            <decision id="e" name="share"><variable name="share" typeRef="number"/>
            <informationRequirement><requiredDecision href="#d"/></informationRequirement>
            <literalExpression><text>if path = "quick" then 1 else 0.5</text></literalExpression></decision></definitions>
            """
        ],
        tokens: xmlTokens + feelTokens + [
            "hitPolicy=\"COLLECT\" aggregation=\"SUM\"", "<decisionTable>",
            "<context><contextEntry>",
            "href=\"#e\"", "href=\"#d\"", "<invocation>", "<relation>", "<import ",
            "typeRef=\"f:tMoney\"",
        ]
    ) { bytes in put(.model(bytes)) }

    /// Evaluation never throws: what is wrong gives null and a note.
    private static func put(_ one: Fuzz.Case) -> FuzzSubject.Verdict {
        Fuzz.run(one).refused > 0 ? .refused : .accepted
    }

    // MARK: Pictures

    private static let secret = Array("GPS 18.2528N".utf8)

    private static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker, UInt8((content.count + 2) >> 8), UInt8((content.count + 2) & 255)] + content
    }

    private static let exif: [UInt8] =
        [
            0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0,
            0, 0,
        ] + secret

    private static let scan: [UInt8] = [0x12, 0x34, 0xFF, 0x00, 0x56, 0xFF, 0xD0, 0x78]

    private static let jpeg = picture(
        "jpeg", .jpeg,
        [0xFF, 0xD8] + segment(0xE0, Array("JFIF\0".utf8) + [1, 2, 0, 0, 72, 0, 72, 0, 0])
            + segment(0xE1, Array("Exif\0\0".utf8) + exif) + segment(0xFE, secret)
            + segment(0xDB, [0] + Array(repeating: 1, count: 64))
            + segment(0xC2, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]) + segment(0xDA, [1, 1, 0, 0, 63, 0])
            + scan
            + [0xFF, 0xD9] + secret)

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(content.count >> $0 & 255) } + Array(name.utf8) + content + [
            1, 2, 3, 4,
        ]
    }

    private static let png = picture(
        "png", .png,
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]) + chunk("tEXt", secret)
            + chunk("eXIf", exif) + chunk("IDAT", [1, 2, 3]) + chunk("IEND", []) + secret)

    private static func riff(_ name: String, _ content: [UInt8]) -> [UInt8] {
        Array(name.utf8) + [0, 8, 16, 24].map { UInt8(content.count >> $0 & 255) } + content
            + (content.count.isMultiple(of: 2) ? [] : [0])
    }

    private static let webp = picture(
        "webp", .webp,
        riff(
            "RIFF",
            Array("WEBP".utf8) + riff("VP8X", [0x2C, 0, 0, 0, 0, 0, 0, 0, 0, 0])
                + riff("VP8L", [0x2F, 1, 2]) + riff("EXIF", exif) + riff("XMP ", secret)
                + riff("ANMF", Array(repeating: 0, count: 16) + riff("VP8L", [0x2F, 1]))))

    /// A picture that was stripped is stripped no further, and is no longer than it was but for the orientation.
    private static func picture(_ name: String, _ type: FileType, _ sound: [UInt8]) -> FuzzSubject {
        FuzzSubject(
            name, seeds: [sound], tokens: ["Exif\0\0", "IEND", "EXIF", "RIFF", "II*\0", "MM\0*"]
        ) { bytes in
            guard let plain = ImageFilter.stripped(bytes, type) else { return .refused }
            guard ImageFilter.stripped(plain, type) == plain else {
                return .wrong("twice is not once")
            }
            return plain.count <= bytes.count + 64
                ? .accepted : .wrong("it grew to \(plain.count) bytes")
        }
    }

    // MARK: Small texts

    private static let number = FuzzSubject(
        "numbers", texts: ["SY-24-0001234-7", "123.45", "-0.01", "1,234.50", "2024-02-05"],
        tokens: ["-", ".", ",", "０", "９", "+", "e", " "]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        var isRead = false
        if let money = Money(yuan: text) {
            isRead = true
            guard Money(yuan: money.description) == money else { return .wrong("yuan \(money)") }
        }
        if let day = Day(text) {
            isRead = true
            guard Day(day.description) == day else { return .wrong("day \(day)") }
        }
        if let id = CaseNumber.read(text) {
            isRead = true
            guard CaseNumber.read(id.text) == id else { return .wrong("case \(id)") }
        }
        return isRead ? .accepted : .refused
    }

    private static let time = FuzzSubject(
        "times", texts: ["2025-03-08T09:30:00+08:00", "2025-03-08T01:30:00.123Z"],
        tokens: ["T", "Z", "+", "-", ":", ".", "24:00:00", "60", "-00:00", "９"]
    ) { bytes in
        guard let moment = Moment(String(decoding: bytes, as: UTF8.self)) else { return .refused }
        let again = Moment(Zone.china.text(moment))
        return again == nil || again == moment
            ? .accepted : .wrong("\(moment) became \(again ?? moment)")
    }
}
