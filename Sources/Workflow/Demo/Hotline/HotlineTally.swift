import Casework
import Ledger
import Store

/// What the tallies of the year say: the only source of the report's figures.
struct HotlineTally: Sendable {
    let all: PeriodTally
    /// By area, where the edition has several.
    let areas: [String: PeriodTally]
    /// Categories of the edition; what lies outside of them are the claims of a fund.
    let categories: [String]
    /// The firms that business was referred to.
    let firms: [BulletinInput.Group]
    /// Of cases filed at any time of the run, also after the year: what the fund paid, in fen.
    let paidInAll: Int64
    /// So many of them are warned at the end of the year; zero: none.
    let warned: Int

    static func read(_ office: Office) async throws -> HotlineTally {
        guard let edition = office.hotlinePolicies.editions.last else {
            throw DemoError.stuck(at: office.now())
        }
        let codes = edition.hotline.areas.map(\.code)
        let warned = edition.hotline.providers?.redWarningLast ?? 0
        let period = ReportPeriod.year(OfficeYear.year)
        let run = ReportPeriod.days(
            OfficeYear.firstDay, OfficeYear.zone.day(at: OfficeYear.horizon))
        return try await office.read { transaction in
            var areas: [String: PeriodTally] = [:]
            for code in codes {
                areas[code] = try transaction.tallies(
                    period, scope: .area(code), by: [.total, .kind, .category])
            }
            return HotlineTally(
                all: try transaction.tallies(period, by: Facet.allCases), areas: areas,
                categories: edition.hotline.categories.map(\.code),
                firms: try transaction.merchantTallies(period, minimum: Self.leastCalls),
                paidInAll: try transaction.tallies(run, cells: [.recoveredFen]).total.value(
                    .recoveredFen),
                warned: warned)
        }
    }

    /// Firms with fewer calls are not compared.
    private static let leastCalls: Int64 = 10

    /// The firms with the worst call-backs, the worst first: A, B and C as 100, 60 and 0 points.
    var redWarnings: [String] {
        Casework.League(
            firms.map { ($0.code, $0.counts) }, by: .grades(a: 100, b: 60, c: 0),
            minimum: Self.leastCalls
        ).redWarnings(warned).map(\.code)
    }

    /// All calls: the claims of a fund are counted beside them.
    var calls: CellCounts { categories.reduce(into: CellCounts()) { $0.add(category($1)) } }

    func category(_ code: String) -> CellCounts { Self.part(all, .category, code) }
    func kind(_ code: String) -> CellCounts { Self.part(all, .kind, code) }

    func area(_ code: String) -> CellCounts { areas[code]?.total ?? CellCounts() }

    func category(_ code: String, in area: String) -> CellCounts {
        areas[area].map { Self.part($0, .category, code) } ?? CellCounts()
    }

    func kind(_ code: String, in area: String) -> CellCounts {
        areas[area].map { Self.part($0, .kind, code) } ?? CellCounts()
    }

    private static func part(_ tally: PeriodTally, _ facet: Facet, _ code: String) -> CellCounts {
        tally.parts(facet).first { $0.code == code }?.counts ?? CellCounts()
    }

    /// The parts of what was registered, held to their total.
    var ties: [HotlineReport.Tie] {
        let facets: [(Facet, Words)] = [
            (.category, Words("按类别", "by category")), (.kind, Words("按类型", "by kind")),
            (.channel, Words("按渠道", "by channel")), (.bureau, Words("按承办单位", "by bureau")),
            (.edition, Words("按规则版本", "by edition")),
        ]
        var ties = facets.map { facet, name in
            HotlineReport.Tie(name, Breakdown(.registered, of: all, by: facet), isPublished: false)
        }
        if !areas.isEmpty {
            let name = Words("按区域", "by area")
            // Claims belong to no area.
            let parts = all.parts(.area)
            let known = parts.reduce(Int64(0)) { $0 + $1.counts.value(.registered) }
            let rest = kind("claim").value(.registered)
            ties.append(
                HotlineReport.Tie(
                    name,
                    Breakdown(
                        total: all.total.value(.registered),
                        parts: [.init("areas", known), .init("claim", rest)]),
                    isPublished: false))
        }
        return ties
    }
}
