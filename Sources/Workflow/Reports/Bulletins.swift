package import Casework
import Ledger
import Store

/// Bulletins in the names and with the parameters of the editions in force.
extension Office {
    /// Draws up the bulletin of a period as the reports hold it now.
    package func bulletin(
        _ period: ReportPeriod, scope: ReportScope = .all
    ) async throws -> Bulletin {
        let request = bulletinRequest(period, scope: scope)
        return try await read { [books] transaction in
            var request = request
            // A part of the office has no fund or list of its own.
            guard scope == .all, request.form.hasLeagues else {
                return try transaction.bulletin(request)
            }
            let (first, last) = period.days
            if let changes = try transaction.listChanges(from: first, through: last) {
                request.further.append(changes.section)
            }
            if books.hasFund {
                request.fund = BulletinInput.FundLine.lines(
                    of: try transaction.fundStatement(of: books.fund, from: first, through: last))
                request.further.append(
                    try transaction.unidentifiedLines(on: request.drawnUp).section)
            }
            return try transaction.bulletin(request)
        }
    }

    func bulletinRequest(_ period: ReportPeriod, scope: ReportScope) -> BulletinRequest {
        let hotline = hotlinePolicies.editions.last
        let jurisdiction = (policies.editions.last ?? hotline)?.jurisdiction
        var request = BulletinRequest(
            period.form, period,
            office: Words(jurisdiction?.chinese ?? "", jurisdiction?.english ?? ""),
            drawnUp: books.zone.day(at: now()))
        request.scope = scope
        // What both name is called as the hotline calls it: reports are mostly of its orders.
        for edition in [policies.editions.last, hotline].compactMap({ $0 }) {
            for (facet, names) in edition.reportLabels {
                request.labels[facet, default: [:]].merge(names) { _, later in later }
            }
        }
        request.labels[.edition] = editionLabels
        if let scoring = hotline?.hotline.bureauScoring {
            request.parameters.bureauScoring = scoring
        }
        request.parameters.unweighed = hotline?.hotline.unweighed ?? [:]
        request.parameters.publishedSets = hotline?.hotline.publishedSets ?? []
        return request
    }
}

extension Office {
    /// Each edition by the name that terms carry.
    private var editionLabels: [String: Words] {
        Dictionary(
            (policies.editions + hotlinePolicies.editions).map {
                ($0.name, Words("\($0.chinese)（\($0.id)）", "\($0.english) (\($0.id))"))
            }, uniquingKeysWith: { first, _ in first })
    }
}

extension Edition {
    /// What it calls the codes that reports break down by.
    var reportLabels: [Facet: [String: Words]] {
        func named(_ list: [Named]) -> [String: Words] {
            Dictionary(
                list.map { ($0.code, Words($0.chinese, $0.english)) }, uniquingKeysWith: { $1 })
        }
        func kinds(_ list: [OrderKind]) -> [String: Words] {
            Dictionary(
                list.map { ($0.code, Words($0.chinese, $0.english)) }, uniquingKeysWith: { $1 })
        }
        return [
            .area: named(hotline.areas), .bureau: named(bureaus), .channel: named(channels),
            .kind: kinds(hotline.kinds), .category: kinds(hotline.categories),
        ]
    }
}

extension Hotline {
    /// How the league of bureaus is scored; nil where the edition weighs no rate that is kept.
    ///
    /// A number of items is no rate and cannot be weighed with rates: see `unweighed`.
    var bureauScoring: Scoring? {
        guard let league = weights.first(where: { $0.name == "bureaus" }) else { return nil }
        let parts = league.measures.compactMap { weight -> Scoring.Weighted? in
            guard weight.percent > 0, let measure = Self.rates[weight.measure] else { return nil }
            return Scoring.Weighted(measure, Int64(weight.percent))
        }
        return parts.isEmpty ? nil : .rates(parts)
    }

    /// The weights of the bureaus' league that `bureauScoring` leaves out, by measure.
    var unweighed: [String: Int] {
        guard let league = weights.first(where: { $0.name == "bureaus" }) else { return [:] }
        return Dictionary(
            league.measures.filter { $0.percent > 0 && Self.rates[$0.measure] == nil }
                .map { ($0.measure, $0.percent) }, uniquingKeysWith: { $1 })
    }

    /// By the names that editions use.
    private static let rates: [String: Measure] = [
        "timelyContact": .contactRate, "onTime": .onTimeRate, "satisfaction": .satisfaction,
        "solved": .solvedRate, "response": .responseRate,
    ]
}
