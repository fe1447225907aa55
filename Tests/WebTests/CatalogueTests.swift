import Casework
import Database
import Ledger
import Testing
import Workflow

@testable import Web

/// The catalogues of the tourists' pages: whole, alike, and enough for every page.
struct CatalogueTests {
    typealias Pairs = KeyValuePairs<String, String>

    private static let russian: [Pairs] = [
        Catalogue.russianPages, Catalogue.russianFund, Catalogue.russianStates,
        Catalogue.russianProblems, Catalogue.russianTerms,
    ]
    private static let korean: [Pairs] = [
        Catalogue.koreanPages, Catalogue.koreanFund, Catalogue.koreanStates,
        Catalogue.koreanProblems, Catalogue.koreanTerms,
    ]

    @Test func `both catalogues have the same keys, each once, and no text is empty`() {
        for (one, other) in zip(Self.russian, Self.korean) {
            #expect(one.map(\.key) == other.map(\.key))
        }
        for catalogue in [Self.russian, Self.korean] {
            let all = catalogue.flatMap { $0.map { $0 } }
            #expect(Set(all.map(\.key)).count == all.count, "a key stands twice")
            for (key, text) in all { #expect(!text.isEmpty && text != key, "\(key)") }
        }
    }

    @Test func `a text is in its language's own letters, and its places are the key's`() {
        let places = /\{[0-9]\}/
        for (catalogue, letters) in [
            (Self.russian, 0x0400...0x04FF), (Self.korean, 0xAC00...0xD7A3),
        ] {
            for (key, text) in catalogue.flatMap({ $0.map { $0 } }) {
                #expect(
                    text.unicodeScalars.contains { letters.contains(Int($0.value)) }, "\(text)")
                let known = Set(key.matches(of: places).map { String($0.0) })
                #expect(Set(text.matches(of: places).map { String($0.0) }).isSubset(of: known))
                #expect(known == Set((0..<known.count).map { "{\($0)}" }), "\(key)")
            }
        }
    }

    @Test func `a sentence with something in it is found by what stands around it`() {
        let table: [(english: String, russian: String?)] = [
            ("Try again in 20 seconds.", "Попробуйте снова через 20 с."),
            ("Try again in a while.", nil),
            (
                "has 120 characters; at most 100 are taken",
                "знаков: 120; допускается не больше 100"
            ),
            ("is needed for this matter: Day of receipt", "нужно для этого случая: День получения"),
            ("Done: Withdraw the complaint", "Готово: Отозвать жалобу"),
            ("Yes", "Да"), ("nothing of the kind", nil),
        ]
        for (english, russian) in table {
            #expect(Catalogue.russian.text(for: english) == russian)
            let phrase = Phrase("…", english)
            #expect(phrase[.russian] == russian ?? english)
            #expect(phrase.isSaid(in: .russian) == (russian != nil))
            #expect(phrase.isSaid(in: .english) && phrase[.chinese] == "…")
        }
    }

    @Test func `all that a tourist can meet is said in every language`() {
        var phrases = StageName.allCases.flatMap {
            [Names.stage($0.rawValue), TouristText.next($0)]
        }
        phrases += [Clock.Name.acceptance, .audit, .closing, .freeze].map(Names.clock)
        phrases += Standing.allCases.map(Names.standing)
        phrases += [
            "proposed", "refused", "awaitingFunds", "reserved", "returned", "payable", "paid", "",
        ].map(Names.advance)
        phrases += [
            "ordered", "underWay", "unknown", "confirmed", "failed", "lapsed", "bounced",
        ].map(Names.payout)
        phrases += Page.Section.allCases.filter { [.file, .track, .fund, .merchants].contains($0) }
            .map(\.name)
        for problem in Self.problems { phrases += [problem.title, problem.detail] }
        for phrase in phrases {
            for language in [Language.russian, .korean] {
                #expect(phrase.isSaid(in: language), "\(language): \(phrase.en)")
            }
        }
    }

    /// What the pages of a tourist can refuse with.
    private static let problems: [Problem] = [
        .malformedForm, .foreignForm, .logInNeeded, .trackingNeeded, .trackingCodeWrong,
        .forbidden, .tooMany(retryAfter: 20), .tooLarge(1_000), .fileTooLarge(10 << 20),
        .ourMistake,
        Problem(WorkflowError.evidenceType), Problem(WorkflowError.evidenceTooMany(limit: 200)),
        Problem(WorkflowError.changedMeanwhile(ID("SY-24-0000001-7"), version: 3)),
        Problem(Refusal.outOfTurn(.contest, stage: .closed(.noAgreement))),
        Problem(Refusal.payoutOpen(number: "P1")), Problem(Refusal.reasonMissing(.contest)),
        Problem(DatabaseError.busy), Problem(DatabaseError.lost), Problem(DatabaseError.closed),
        Problem(DatabaseError.full), Problem(DatabaseError.commitUnknown),
    ]

    @Test(arguments: [Language.russian, .korean])
    func `no other language is left on a tourist's page but what is marked as such`(
        _ language: Language
    ) async throws {
        try await Service.run { service in
            let browser = Browser(service)
            let lang = "lang=\(language.code)"
            let matters = try service.office.policies.edition(inForceOn: Day("2024-08-01")!).matters
            var paths = ["/", "/file", "/track", "/merchants", "/fund", "/lost-code"].map {
                "\($0)?\(lang)"
            }
            paths += matters.map { "/file?matter=\($0.code)&\(lang)" }
            for path in paths { expectOwn(language, try await browser.open(path), path) }

            let filed = try await service.filePaid()
            let own = "/track/\(filed.number)"
            _ = try await browser.send(
                "/track?\(lang)", [("number", filed.number), ("code", filed.code)])
            for path in [own, "/cases/\(filed.number)/payee", "/cases/\(filed.number)/withdrawal"] {
                expectOwn(language, try await browser.open("\(path)?\(lang)"), path)
            }
            for changes: [String: String?] in [
                ["order": "\"W-1\"", "occurred_on": "\"2024-07-03\""],
                ["order": "\"D-1\"", "occurred_on": "\"2023-01-01\""],
            ] {
                let other = try await service.file(changes)
                let own = Browser(service)
                _ = try await own.send(
                    "/track?\(lang)", [("number", other.number), ("code", other.code)])
                expectOwn(
                    language, try await own.open("/track/\(other.number)?\(lang)"), "\(changes)")
            }
            let wrong = try await browser.send(
                "/cases/\(filed.number)/withdrawal?\(lang)", [("reason", ""), ("key", "x")])
            expectOwn(language, wrong, "withdrawal without a reason")
            let blank = try await Browser(service).send(
                "/file?matter=overcharge&\(lang)", [("matter", "overcharge"), ("key", "e-1")])
            #expect(blank.status == 400)
            expectOwn(language, blank, "an empty complaint")
        }
    }

    private func expectOwn(_ language: Language, _ reply: Reply, _ place: String) {
        #expect(reply.text.contains("<html lang=\"\(language.rawValue)\">"), "\(place)")
        #expect(reply.headers["content-language"] == language.rawValue)
        for rest in foreign(in: reply.text) { Issue.record("\(place) says “\(rest)”") }
    }

    /// What people themselves wrote, and what is called alike in every language.
    private static let names: Set<String> = [
        "海棠湾百货", "亚龙湾酒店", "王小明", "OpenAPI", "API", "JSON", "PDF", "MB", "JPEG", "PNG", "GIF",
        "WebP",
        "HEIC",
        "MP", "WAV", "Office", "SY", "receipt", "photo", "png",
    ]

    /// Words of Latin or Chinese letters in texts that nothing marks as being in another language.
    private func foreign(in page: String) -> [String] {
        var found: [String] = []
        // How many elements deep each mark lies; what stands between the first and its end is not read.
        var (depth, marked): (Int, Int?) = (0, nil)
        for piece in page.split(separator: "<").dropFirst() {
            let parts = piece.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
            let (tag, text) = (parts[0], parts.count > 1 ? parts[1] : "")
            let name = tag.prefix { $0.isLetter || $0.isNumber }
            let isVoid = ["meta", "link", "input", "br"].contains(name) || tag.hasPrefix("!")
            if tag.hasPrefix("/") {
                depth -= 1
                if let start = marked, depth < start { marked = nil }
            } else if !isVoid {
                depth += 1
                let isOther = tag.contains(" lang=\"") && name != "html"
                if marked == nil, isOther || ["code", "script"].contains(name) { marked = depth }
            }
            guard marked == nil else { continue }
            let labels = tag.matches(of: /(aria-label|title)="([^"]*)"/).map { String($0.2) }
            for words in labels + [String(text)] {
                found += words.matches(of: /[A-Za-z]{2,}|[\u{4E00}-\u{9FFF}]+/).map { String($0.0) }
            }
        }
        return found.filter { !Self.names.contains($0) && !["quot", "amp"].contains($0) }
    }
}
