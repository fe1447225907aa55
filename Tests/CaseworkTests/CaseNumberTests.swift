import Casework
import Ledger
import Testing

@Suite struct CaseNumberTests {
    private static let numbers = [1, 7, 42, 1_234, 99_999, 1_000_000, 5_550_555, 9_999_999].flatMap
    { sequence in
        ["SY", "HAINAN"].map { CaseNumber.make(prefix: $0, year: 2024, sequence: sequence) }
    }

    @Test func `a number is read back as it was made`() {
        #expect(
            CaseNumber.make(prefix: "SY", year: 2024, sequence: 1_234).text.hasPrefix(
                "SY-24-0001234-"))
        for number in Self.numbers { #expect(CaseNumber.read(number.text) == number) }
    }

    @Test func `every single wrong digit is found`() {
        for number in Self.numbers {
            for (index, digit) in number.text.enumerated() where digit.isNumber {
                for wrong in "0123456789" where wrong != digit {
                    #expect(CaseNumber.read(replacing(number.text, [index: wrong])) == nil)
                }
            }
        }
    }

    @Test func `every swap of neighbours is found`() {
        for number in Self.numbers {
            let places = number.text.enumerated().filter { $1.isNumber }
            for (left, right) in zip(places, places.dropFirst()) where left.element != right.element
            {
                let swapped = replacing(
                    number.text, [left.offset: right.element, right.offset: left.element])
                #expect(CaseNumber.read(swapped) == nil, "\(number) \(swapped)")
            }
        }
    }

    @Test func `what people write for a number is forgiven, and nothing else`() {
        let number = CaseNumber.make(prefix: "SY", year: 2024, sequence: 1_234)
        let digits = number.text.filter(\.isNumber)
        let check = digits.suffix(1)
        for form in [
            "SY\(digits)", "sy\(digits)", "sy24 0001234 \(check)", " SY–24—0001234-\(check)\t",
            "S Y 2 4 0 0 0 1 2 3 4 \(check)",
        ] { #expect(CaseNumber.read(form) == number, "\(form)") }
        for form in [
            "", "SY", digits, "S\(digits)", "SYSYSYS\(digits)", "SY\(digits)0",
            "SY\(digits.dropLast())",
            "SY.24.0001234.\(check)", "三亚\(digits)", "SY２４０００１２３４\(check)",
            "SY-24-000123x-\(check)",
            "SY\(digits)\n", "SY1\u{FE0F}\u{20E3}\(digits.dropFirst())",
        ] { #expect(CaseNumber.read(form) == nil, "\(form)") }
    }

    @Test func `numbers are found in what a bank passes on`() {
        let first = CaseNumber.make(prefix: "SY", year: 2024, sequence: 1_234)
        let second = CaseNumber.make(prefix: "SY", year: 2025, sequence: 77)
        let bare = second.text.filter { $0 != "-" }
        let cases: [(String, [ID<Case>])] = [
            ("退还先行赔付款\(first)椰梦酒店", [first]),
            ("偿还案件\(first.text.lowercased()),及\(bare)号", [first, second]),
            ("\(first) \(first)", [first]),
            ("用途:追偿 SY 24 0001234 \(first.text.suffix(1)) 300.00元", [first]),
            ("订单EASY\(bare.dropFirst(2))", []),
            ("SY\(bare.dropFirst(2))5", []),
            ("SYSY\(bare.dropFirst(2))", []),
            ("SSY", []), ("SY", []), ("SY-", []), ("", []),
            ("SY-24-0001234-x", []),
        ]
        for (text, found) in cases {
            #expect(CaseNumber.find(in: text, prefix: "SY") == found, "\(text)")
        }
        #expect(CaseNumber.find(in: "HN\(bare.dropFirst(2))", prefix: "SY").isEmpty)
    }

    @Test func `what a bank does to a number is undone`() {
        let number = CaseNumber.make(prefix: "SY", year: 2024, sequence: 1_234)
        let plain = number.text
        let bare = plain.filter { $0 != "-" }
        let wide = String(
            String.UnicodeScalarView(
                plain.unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0) ?? $0 }))
        let forms = [
            bare, wide, bare.lowercased(), plain.replacing("-", with: " "),
            plain.replacing("-", with: "—"), plain.replacing("-", with: "－"),
            plain.replacing("-", with: "\u{3000}"), plain.map(String.init).joined(separator: " "),
            plain.map(String.init).joined(separator: "\r\n"),
            "\(plain.prefix(9))\n\(plain.dropFirst(9))",
            "\(plain.dropLast(2)) \(plain.suffix(1))", "\(bare.dropLast())-\(bare.suffix(1))",
        ]
        for form in forms {
            for text in [
                form, "退还先行赔付款\(form)椰梦酒店", "（\(form)）", "案号:\(form),300.00元", "REF \(form)/X",
                "\(form)。\(form)",
            ] { #expect(CaseNumber.find(in: text, prefix: "SY") == [number], "\(text)") }
        }
    }

    @Test func `what was cut off or runs on is no number`() {
        let number = CaseNumber.make(prefix: "SY", year: 2024, sequence: 1_234).text
        for length in 0..<number.count {
            #expect(CaseNumber.find(in: String(number.prefix(length)), prefix: "SY").isEmpty)
            #expect(CaseNumber.find(in: "\(number.prefix(length))元", prefix: "SY").isEmpty)
        }
        for length in 1..<number.count {
            #expect(CaseNumber.find(in: String(number.suffix(length)), prefix: "SY").isEmpty)
        }
        for text in [
            "\(number)0", "\(number)\u{FF10}", "A\(number)", "Ａ\(number)", "\(number).50",

            number.replacing("-", with: "."), number.replacing("-", with: "--SY"),
            "\(number.prefix(8))-\(number.dropFirst(8))",
        ] { #expect(CaseNumber.find(in: text, prefix: "SY").isEmpty, "\(text)") }
        // A number cut short, with another sum behind it, does not borrow its digits.
        for sequence in 1...2_000 {
            let cut = CaseNumber.make(prefix: "SY", year: 2024, sequence: sequence).text.dropLast(4)
            for tail in [" 300元", " 300.00元", " 2025-03-01"] {
                #expect(CaseNumber.find(in: cut + tail, prefix: "SY").isEmpty, "\(cut)\(tail)")
            }
        }
    }

    @Test func `no text makes a number whose check digit fails`() {
        var random = Digits(seed: 9)
        var found = 0
        for _ in 0..<20_000 {
            let digits = (0..<10).map { _ in String(random.next() % 10) }.joined()
            let text = [
                "SY\(digits)",
                "SY-\(digits.prefix(2))-\(digits.dropFirst(2).prefix(7))-\(digits.suffix(1))",
            ]
            for number in CaseNumber.find(in: text[Int(random.next() % 2)], prefix: "SY") {
                found += 1
                #expect(CaseNumber.read(number.text) == number)
            }
        }
        // One in ten has the right digit by chance.
        #expect((1_800...2_200).contains(found))
    }

    private struct Digits {
        var seed: UInt64
        mutating func next() -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return seed >> 33
        }
    }

    private func replacing(_ text: String, _ changes: [Int: Character]) -> String {
        String(text.enumerated().map { changes[$0.offset] ?? $0.element })
    }
}

@Suite struct FileTypeTests {
    @Test func `a file is what its bytes say, whatever its name`() {
        let cases: [([UInt8], FileType?)] = [
            ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], .png),
            (Array("GIF89a".utf8), .gif), (Array("GIF87a".utf8), .gif),
            (Array("RIFF....WEBPVP8 ".utf8), .webp), (Array("RIFF....WAVEfmt ".utf8), .wav),
            (Array("RIFF....AVI LIST".utf8) + [0], nil),
            (Array("%PDF-1.7\n".utf8), .pdf),
            ([0, 0, 0, 24] + Array("ftypheic".utf8), .heic),
            ([0, 0, 0, 24] + Array("ftypisom".utf8), .mp4),
            ([0, 0, 0, 24] + Array("ftypavif".utf8), nil),
            (Array("ID3".utf8) + [4, 0], .mp3), ([0xFF, 0xFB, 0x90, 0x00], .mp3),
            (Array("聊天记录:同意退款\r\n".utf8), .text), (Array("a".utf8), .text),
            ([0xEF, 0xBB, 0xBF] + Array("说明".utf8), .text),
        ]
        for (bytes, type) in cases { #expect(FileType.sniff(bytes) == type, "\(bytes)") }
    }

    @Test func `archives, programs and what can carry script are refused`() {
        let refused: [[UInt8]] = [
            [], [0x50, 0x4B, 0x03, 0x04, 20, 0], [0x1F, 0x8B, 8, 0],
            Array("7z".utf8) + [0xBC, 0xAF],
            [0x4D, 0x5A, 0x90, 0], [0x7F, 0x45, 0x4C, 0x46], [0xD0, 0xCF, 0x11, 0xE0, 0],
            Array("<!doctype html><script>".utf8), Array("  \n<svg onload=x>".utf8),
            Array("<?xml version='1.0'?>".utf8), [0xEF, 0xBB, 0xBF] + Array("<html>".utf8),
            Array("{\\rtf1\\ansi".utf8),
            // HTML in UTF-16, whose mark looks like the sync bits of MPEG audio.
            [0xFF, 0xFE] + "<html>".utf8.flatMap { [$0, 0] },
            [0xFF, 0xFE, 0x3C], Array("ok".utf8) + [0], [0xC3, 0x28], [0xFF, 0xE0, 0xFF],
        ]
        for bytes in refused { #expect(FileType.sniff(bytes) == nil, "\(bytes)") }
    }
}

@Suite struct MerchantTests {
    private func change(_ standing: Standing, _ day: String) -> StandingChange {
        StandingChange(standing, from: Day(day)!, reason: "committee")
    }

    @Test func `the standing that counts is that of the day of purchase`() throws {
        var merchant = Merchant(id: ID("M00012"), name: "椰梦酒店", trade: "lodging")
        try merchant.change(change(.enrolled, "2024-01-01"))
        try merchant.change(change(.warned, "2024-06-01"))
        try merchant.change(change(.suspended, "2024-07-01"))
        try merchant.change(change(.enrolled, "2024-09-01"))
        try merchant.change(change(.delisted, "2025-01-01"))
        let cases: [(String, Standing, Bool)] = [
            ("2023-12-31", .none, false), ("2024-01-01", .enrolled, true),
            ("2024-05-31", .enrolled, true), ("2024-06-01", .warned, true),
            ("2024-08-31", .suspended, false), ("2024-09-01", .enrolled, true),
            ("2024-12-31", .enrolled, true), ("2025-01-01", .delisted, false),
        ]
        for (day, standing, isCovered) in cases {
            #expect(merchant.standing(on: Day(day)!) == standing, "\(day)")
            #expect(merchant.standing(on: Day(day)!).isCovered == isCovered, "\(day)")
        }
    }

    @Test func `stars count from their day, only for who is on the list`() throws {
        var merchant = Merchant(id: ID("M00012"), name: "椰梦酒店", trade: "lodging")
        let first = Rating(stars: 4, from: Day("2024-02-01")!, reason: "评审")
        #expect(throws: StandingRefusal.notOnTheList(.none)) { try merchant.rate(first) }
        try merchant.change(change(.enrolled, "2024-01-01"))
        try merchant.rate(first)
        for stars in [0, 6, -1] {
            #expect(throws: StandingRefusal.starsOutOfRange(stars)) {
                try merchant.rate(Rating(stars: stars, from: Day("2024-03-01")!, reason: "x"))
            }
        }
        #expect(
            throws: StandingRefusal.backDated(
                lastChange: Day("2024-02-01")!, wanted: Day("2024-01-15")!)
        ) { try merchant.rate(Rating(stars: 5, from: Day("2024-01-15")!, reason: "x")) }
        try merchant.rate(Rating(stars: 5, from: Day("2024-05-01")!, reason: "复评"))
        try merchant.change(change(.suspended, "2024-06-01"))
        let stars = ["2024-01-31", "2024-02-01", "2024-05-01", "2024-06-01"].map {
            merchant.stars(on: Day($0)!)
        }
        #expect(stars == [nil, 4, 5, nil])
        #expect(throws: StandingRefusal.notOnTheList(.suspended)) {
            try merchant.rate(Rating(stars: 3, from: Day("2024-06-02")!, reason: "x"))
        }
    }

    @Test func `history is not rewritten, and no step is skipped`() throws {
        var merchant = Merchant(id: ID("M00012"), name: "椰梦酒店", trade: "lodging")
        #expect(throws: StandingRefusal.outOfTurn(from: .none, to: .warned)) {
            try merchant.change(change(.warned, "2024-01-01"))
        }
        try merchant.change(change(.enrolled, "2024-01-01"))
        try merchant.change(change(.suspended, "2024-06-01"))
        #expect(
            throws: StandingRefusal.backDated(
                lastChange: Day("2024-06-01")!, wanted: Day("2024-05-01")!)
        ) {
            try merchant.change(change(.warned, "2024-05-01"))
        }
        #expect(throws: StandingRefusal.outOfTurn(from: .suspended, to: .warned)) {
            try merchant.change(change(.warned, "2024-06-01"))
        }
        try merchant.change(change(.delisted, "2024-06-01"))
        #expect(merchant.standing(on: Day("2024-06-01")!) == .delisted)
    }
}
