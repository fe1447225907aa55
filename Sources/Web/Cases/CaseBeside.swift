import Casework
import Ledger
import Store
import Workflow

/// What a case's page shows beside the case: who else looks at it, what it resembles, how it was rated.
struct BesideCase: Sendable {
    /// The reader among them.
    let people: [Presence]
    let reader: String
    let similar: [(by: FoundCase.Likeness, view: CaseRowView)]
    let rating: CaseRating?
    let now: Timestamp

    /// Those who look at it once the reader's own page is listening.
    var listeners: [Presence] {
        let own = Presence(person: reader, displayName: "")
        return people.contains { $0.person == reader }
            ? people : (people + [own]).sorted { $0.person < $1.person }
    }
}

extension Call {
    /// How many cases are shown as like one another.
    private static let similar = 8

    func beside(_ file: Case) async throws -> BesideCase {
        let (zone, now, own) = (zone, office.now(), ownBureau)
        let name = actor.name
        return try await office.read { transaction in
            let found = try transaction.cases(like: file, limit: Self.similar)
                // A bureau sees no other bureau's cases.
                .filter { own == nil || $0.row.bureau == own }
            return BesideCase(
                people: try transaction.present(at: file.id, since: LiveBoard.presentSince(now)),
                reader: name,
                similar: found.map { ($0.by, CaseRowView($0.row, zone, at: now)) },
                rating: try transaction.rating(of: file.id), now: Timestamp(zone.text(now)))
        }
    }
}

extension CasePage {
    /// Others who have the page open just now; they see the reader as well.
    var present: HTML? {
        let others = beside.people.filter { $0.person != beside.reader }.map(\.displayName)
        guard !others.isEmpty else { return nil }
        let names = others.joined(separator: language == .chinese ? "、" : ", ")
        return "<p class=\"present\">\(parts.say(CounterText.alsoHere)) \(names)</p>"
    }

    /// The clock that limits the decision, large, as long as it runs.
    var countdown: HTML? {
        guard let clock = view.clocks.first(where: { $0.name == Clock.Name.audit.rawValue }),
            clock.isRunning, let due = clock.due
        else { return nil }
        let left = parts.pace(
            leftMs: clock.leftMs, of: clock.usedMs + clock.leftMs, due: due, in: .countdown)
        return "<p class=\"hero-label\">\(parts.say(Names.clock(.audit)))</p><p>\(left)</p>"
    }

    var similar: HTML? {
        let rated: HTML? = beside.rating.map { rating in
            let words: HTML? =
                rating.text.isEmpty
                ? nil : "<blockquote>\(call.sight.text(rating.text))</blockquote>"
            return
                "<section><h2>\(parts.say(TouristText.rate))</h2><p><span aria-hidden=\"true\">\(String(repeating: "★", count: rating.stars))</span> \(parts.say(TouristText.grades[rating.stars - 1]))</p>\(words)</section>"
        }
        guard !beside.similar.isEmpty else { return rated }
        let items: [HTML] = beside.similar.map { by, view in
            """
            <li>\(parts.caseLink(view.number)) \(parts.stage(view.stage, isOpen: view.isOpen)) \(view.merchantName)
            <span class="under">\(parts.say(CounterText.name(of: by))) · \(parts.yuan(view.claimedFen)) · \(parts.time(view.filedAt))</span></li>

            """
        }
        return """
            \(rated)<section aria-labelledby="similar"><h2 id="similar">\(parts.say(CounterText.similar))</h2>
            <ul class="found">\(items)</ul></section>
            """
    }
}
