extension BulletinInput {
    var bureaus: Bulletin.Section? {
        let groups = now.parts(.bureau)
        guard !groups.isEmpty else { return nil }
        let league = League(
            groups, by: parameters.bureauScoring, minimum: parameters.leagueMinimum)
        return Bulletin.Section(
            "bureaus", Words("承办单位排名", "Bureaus"), paragraphs: unweighed,
            tables: [
                table(league, "bureaus", Words("承办单位", "Bureaus")) {
                    labels.name(of: $0, .bureau)
                }
            ])
    }

    /// What the edition weighs and this league cannot: without the sentence the score would look whole.
    private var unweighed: [Words] {
        parameters.unweighed.sorted { $0.key < $1.key }.map { name, percent in
            Words(
                "政策给“\(name)”的权重\(percent)%没有对应的比率，未计入得分；其余权重按比例计。",
                "The edition's weight of \(percent) percent for “\(name)” has no rate to weigh and is not in"
                    + " the score; the other weights count in proportion.")
        }
    }

    var merchantLeague: Bulletin.Section? {
        guard !merchants.isEmpty else { return nil }
        let shown = ranked(merchants: parameters.merchantLines)
        return Bulletin.Section(
            "merchants", Words("商家排名", "Merchants"),
            tables: [
                table(shown, "merchants", Words("商家", "Merchants"), name: labels.merchant)
            ])
    }

    /// 年度红色警告. Nil where nobody is compared.
    var redWarnings: Bulletin.Section? {
        let league = ranked(merchants: nil)
        let warned = league.redWarnings(parameters.redWarnings)
        guard !warned.isEmpty else { return nil }
        return Bulletin.Section(
            "red-warnings", Words("年度红色警告", "Red warnings of the year"),
            paragraphs: [
                Words(
                    "年度得分后\(parameters.redWarnings)名（含并列）的商家给予红色警告。",
                    "The last \(parameters.redWarnings) of the year, and whoever is level with them, are"
                        + " warned.")
            ],
            tables: [
                Bulletin.Table(
                    "red-warnings", Words("红色警告", "Red warnings"),
                    columns: [
                        Bulletin.Column("rank", Words("名次", "rank"), unit: .text),
                        Bulletin.Column("score", Words("得分", "score"), unit: .points),
                    ],
                    rows: warned.map { place in
                        Bulletin.Row(
                            place.code, labels.merchant(place.code),
                            [place.rankValue, place.score.map { .score($0) } ?? .noData])
                    }, notes: [league.scoring.rule])
            ])
    }

    /// - Parameter lines: Nil for all of them.
    private func ranked(merchants lines: Int?) -> League {
        let league = League(
            merchants.map { ($0.code, $0.counts) }, by: parameters.merchantScoring,
            minimum: parameters.leagueMinimum)
        return lines.map { league.first($0) } ?? league
    }

    private func table(
        _ league: League, _ code: String, _ title: Words, name: (String) -> Words
    ) -> Bulletin.Table {
        let measures = league.scoring.measures
        let volumes = code == "merchants" ? parameters.volumes : [:]
        func row(_ place: League.Place) -> Bulletin.Row {
            Bulletin.Row(
                place.code, name(place.code),
                [place.rankValue, place.score.map { .score($0) } ?? .noData]
                    + ([.registered] + measures).map { $0.figure(of: place.counts).value }
                    + (volumes.isEmpty ? [] : [burden(of: place, volumes[place.code])]))
        }
        return Bulletin.Table(
            code, title,
            columns: [
                Bulletin.Column("rank", Words("名次", "rank"), unit: .text),
                Bulletin.Column("score", Words("得分", "score"), unit: .points),
                Bulletin.Column(.registered),
            ] + measures.map(Bulletin.Column.init) + (volumes.isEmpty ? [] : [Self.perVolume]),
            rows: (league.places + league.unranked).map(row),
            notes: [
                league.scoring.rule,
                Words(
                    "登记量不足\(parameters.leagueMinimum)件的，或者某项比率无数据的，不参加排名。",
                    "Whoever has fewer than \(parameters.leagueMinimum) items, or a rate without data,"
                        + " is not ranked."),
            ], facet: code == "bureaus" ? .bureau : nil)
    }
}

extension BulletinInput {
    private static let perVolume = Bulletin.Column(
        "complaints-per-10000",
        Words("每万人次（笔）投诉", "complaints per 10,000 visitors or sales"), unit: .items)

    /// No data where nobody knows how many the merchant served.
    private func burden(of place: League.Place, _ volume: Int64?) -> FigureValue {
        let complaints = place.counts.value(.complaint)
        let (scaled, overflow) = complaints.multipliedReportingOverflow(by: 10_000)
        guard let volume, volume > 0, !overflow else { return .noData }
        return Rate(scaled, of: volume).map { .mean($0) } ?? .noData
    }
}

extension League.Place {
    fileprivate var rankValue: FigureValue {
        rank.map { .count(Int64($0)) } ?? .text(Words("不排名", "not ranked"))
    }
}

extension League {
    /// Only the first `count` places, and none that are not ranked.
    fileprivate func first(_ count: Int) -> League {
        League(scoring: scoring, places: Array(places.prefix(count)), unranked: [])
    }

    fileprivate init(scoring: Scoring, places: [Place], unranked: [Place]) {
        self.scoring = scoring
        self.places = places
        self.unranked = unranked
    }
}
