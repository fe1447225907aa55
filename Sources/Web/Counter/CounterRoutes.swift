import Casework
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Store
import Workflow

/// One screen for a call: who rings, what was before, what is known, and the form with what the policy
/// says of it while it is filled in.
enum CounterRoutes {
    static let all: [Route] = [
        PageRoutes.page(
            "/desk", "deskPage", CounterText.desk, access, query: [words, matter]
        ) { call in
            try await call.counterPage(
                entries: FormEntries(), matter: call.query("matter")
            ).answer()
        },
        PageRoutes.page(
            "/desk/search", "deskSearch", CounterText.search, access, query: [words]
        ) { call in
            let found = try await call.search(call.query("q") ?? "")
            return call.fragment(SearchPart(parts: call.parts, found: found).markup)
        },
        PageRoutes.post(
            "/desk/preview", "deskPreview", CounterText.preview, access, query: [words, matter]
        ) { call in
            try await call.preview()
        },
    ]

    /// Those who speak with callers, and so may look for their cases by telephone.
    private static let access = Access.command(.followUp)

    private static let words = Route.QueryParameter(
        name: "q",
        about: Phrase("电话、订单号、案件编号、商家或任意字词", "telephone, order, case, merchant or any words"),
        schema: ["type": "string", "maxLength": 200])
    private static let matter = Route.QueryParameter(
        name: "matter", about: Phrase("事项代码", "a matter of the edition"),
        schema: ["type": "string"])
}

extension Call {
    /// A piece of a page, for the script to put in its place.
    func fragment(_ markup: HTML, _ status: Int = 200) -> Answer {
        Answer(status, "text/html; charset=utf-8", ByteBuffer(string: markup.text))
            .with(.contentLanguage, language.rawValue)
    }

    fileprivate func counterPage(
        entries: FormEntries, matter code: String?
    ) async throws -> CounterPage {
        let edition = try editionInForce()
        let words = query("q") ?? ""
        return CounterPage(
            call: self, edition: edition, matter: try code.map(edition.matter), words: words,
            found: words.isEmpty ? nil : try await search(words),
            merchants: try await merchantNames(), entries: entries)
    }

    fileprivate func search(_ words: String) async throws -> Found {
        let words = String(words.prefix(200)).trimmed
        guard !words.isEmpty else { return Found(words: words) }
        let (zone, now) = (zone, office.now())
        let today = zone.day(at: now)
        return try await office.read { transaction in
            // Digits alone are no part of a name.
            let isName = words.contains { !$0.isNumber && $0 != "-" && $0 != "+" }
            let merchants =
                isName ? try transaction.merchants(named: words, limit: SearchPart.merchants) : []
            let cases = try transaction.cases(
                matching: words, merchants: merchants.map(\.id), limit: SearchPart.cases)
            return Found(
                words: words, merchants: merchants.map { MerchantView($0, on: today) },
                cases: cases.map { ($0.by, CaseRowView($0.row, zone, at: now)) },
                articles: isName
                    ? try transaction.search(
                        words, inForceOn: today, limit: SearchPart.articles
                    ).map(\.article) : [])
        }
    }

    /// The form as it is so far, with what the policy says of it; the script asks for that alone.
    fileprivate func preview() async throws -> Answer {
        try desk.admit(desk.previews, actor.name)
        let entries = try await entries(upTo: Self.filesLimit_bytes)
        let part = PreviewPart(
            parts: parts, outcome: try await foresee(entries), names: EditionNames(office),
            label: try editionInForce().fieldName)
        if request.headers[.refresh] != nil { return fragment(part.markup) }
        var page = try await counterPage(entries: entries, matter: entries["matter"])
        page.preview = part
        return page.answer()
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
