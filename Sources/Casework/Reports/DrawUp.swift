import Ledger

extension Bulletin {
    /// Draws up a bulletin; the form says which sections it has.
    package init(_ input: BulletinInput) {
        let sections: [Section?] =
            switch input.form {
            case .daily:
                [
                    input.overview, input.breakdown(.kind), input.breakdown(.category),
                    input.trendSection, input.warnings,
                ]
            case .month, .quarter, .halfYear:
                [input.overview] + input.published
                    + [
                        input.breakdown(.kind), input.breakdown(.category),
                        input.breakdown(.channel), input.byEdition, input.quality, input.speed,
                        input.bureaus, input.merchantLeague, input.scheme,
                    ] + input.others + [input.control, input.trendSection, input.warnings]
            case .year:
                [input.overview] + input.published
                    + [
                        input.breakdown(.kind), input.breakdown(.category),
                        input.breakdown(.channel), input.breakdown(.area), input.byEdition,
                        input.quality, input.speed, input.bureaus, input.merchantLeague,
                        input.redWarnings,
                        input.scheme,
                    ] + input.others + [input.control, input.trendSection, input.warnings]
            case .special:
                [
                    input.overview, input.breakdown(.kind), input.breakdown(.category),
                    input.breakdown(.channel), input.breakdown(.bureau), input.byEdition,
                    input.quality, input.trendSection, input.warnings,
                ]
            }
        let scope: Words? =
            switch input.now.scope {
            case .all: nil
            case .area(let code): input.labels.name(of: code, .area)
            case .bureau(let code): input.labels.name(of: code, .bureau)
            }
        let name = input.form.name
        let period = input.now.period.name
        self.init(
            form: input.form,
            title: Words(
                "\(input.office.chinese)\(scope?.chinese ?? "")\(name.chinese)（\(period.chinese)）",
                "\(input.office.english)\(scope.map { ", " + $0.english } ?? ""): "
                    + "\(name.english) (\(period.english))"),
            office: input.office, period: input.now.period, drawnUp: input.drawnUp,
            sections: sections.compactMap { $0 })
    }
}

extension BulletinInput {
    /// The figures at the head, beside those of the period before and of last year.
    fileprivate var overview: Bulletin.Section {
        let measures: [Measure] =
            form == .daily
            ? [.registered, .accepted, .endedThen, .urgent, .joint, .overdue, .complaints]
            : [
                .registered, .accepted, .endedThen, .overdue, .endedRate, .onTimeRate,
                .contactRate, .satisfaction, .complaints, .advancedMoney, .recoveredMoney,
            ]
        let registered = now.total.value(.registered)
        let (accepted, ended) = (now.total.value(.accepted), now.total.value(.endedThen))
        let head = Words(
            "\(now.period.name.chinese)登记诉求\(registered)件，受理\(accepted)件，办结\(ended)件，"
                + "回访满意率\(Measure.satisfaction.figure(of: now.total).value.text.chinese)。",
            "\(registered) items registered, \(accepted) accepted, \(ended) ended; satisfaction "
                + "\(Measure.satisfaction.figure(of: now.total).value.text.english).")
        return Bulletin.Section(
            "overview", Words("总体情况", "Overview"), paragraphs: [head],
            tables: [compared("overview", Words("主要指标", "Main figures"), measures)])
    }

    /// Each measure now, before and a year ago.
    func compared(_ code: String, _ title: Words, _ measures: [Measure]) -> Bulletin.Table {
        let rows = measures.map { measure -> Bulletin.Row in
            let figures = [now, before, lastYear].map { measure.figure(of: $0.total) }
            return Bulletin.Row(
                measure.code, measure.name,
                [
                    figures[0].value, .text(measure.unit.name), figures[1].value,
                    figures[0].change(since: figures[1]), figures[2].value,
                    figures[0].change(since: figures[2]),
                ], measure: measure)
        }
        return Bulletin.Table(
            code, title,
            columns: [
                Bulletin.Column("now", Words("本期", "now"), unit: nil),
                Bulletin.Column("unit", Words("单位", "unit"), unit: .text),
                Bulletin.Column("before", Words("上期", "before"), unit: nil),
                Bulletin.Column("change", Words("环比", "change"), unit: nil),
                Bulletin.Column("last-year", Words("去年同期", "last year"), unit: nil),
                Bulletin.Column("change-year", Words("同比", "on last year"), unit: nil),
            ], rows: rows,
            notes: [
                Words(
                    "上期为\(before.period.name.chinese)，去年同期为\(lastYear.period.name.chinese)；"
                        + "件数、金额和用时为增减百分比，比率为百分点之差。",
                    "Before: \(before.period.name.english); last year: "
                        + "\(lastYear.period.name.english). Growth of numbers in percent, of rates in"
                        + " percentage points.")
            ])
    }

    /// Parts with their shares, and whether they tie. Nil where nothing is sorted so.
    func breakdown(_ facet: Facet) -> Bulletin.Section? {
        let parts = now.parts(facet)
        guard !parts.isEmpty else { return nil }
        let tie = Breakdown(.registered, of: now, by: facet)
        let measures: [Measure] =
            form == .daily ? [.accepted, .overdue] : [.endedRate, .onTimeRate, .satisfaction]
        // Growth by group where the groups of the period before were asked for too.
        let earlier = before.groups[facet]
        func row(
            _ code: String, _ name: Words, _ counts: CellCounts, before: CellCounts
        ) -> Bulletin.Row {
            let registered = Measure.registered.figure(of: counts)
            let then = Measure.registered.figure(of: before)
            return Bulletin.Row(
                code, name,
                [
                    registered.value,
                    Rate(registered.numerator, of: tie.total).map { .rate($0) } ?? .noData,
                ] + (earlier == nil ? [] : [then.value, registered.change(since: then)])
                    + measures.map { $0.figure(of: counts).value })
        }
        var rows = parts.map {
            row(
                $0.code, labels.name(of: $0.code, facet), $0.counts,
                before: earlier?[$0.code] ?? CellCounts())
        }
        let growth = [
            Bulletin.Column("before", Words("上期登记量", "before"), unit: .items),
            Bulletin.Column("change", Words("环比", "change"), unit: .percent),
        ]
        if !tie.isTied {
            let blanks = (earlier == nil ? 0 : growth.count) + measures.count + 1
            rows.append(
                Bulletin.Row(
                    "difference", Words("差额", "difference"),
                    [.count(tie.difference)] + Array(repeating: .noData, count: blanks)))
        }
        rows.append(row("total", Words("总计", "total"), now.total, before: before.total))
        return Bulletin.Section(
            "by-\(facet.rawValue)",
            Words("按\(facet.name.chinese)", "By \(facet.name.english)"),
            tables: [
                Bulletin.Table(
                    "by-\(facet.rawValue)",
                    Words("\(facet.name.chinese)构成", "Items by \(facet.name.english)"),
                    columns: [
                        Bulletin.Column(.registered),
                        Bulletin.Column("share", Words("占比", "share"), unit: .percent),
                    ] + (earlier == nil ? [] : growth) + measures.map(Bulletin.Column.init),
                    rows: rows, notes: [tie.note],
                    facet: facet)
            ])
    }

    /// Where the rules changed within the period, or cases of before are still under others: figures of
    /// different rules are not to be compared unawares. Nil where all stand under the same.
    fileprivate var byEdition: Bulletin.Section? {
        now.parts(.edition).count > 1 ? breakdown(.edition) : nil
    }

    fileprivate var quality: Bulletin.Section {
        Bulletin.Section(
            "quality", Words("办理质量", "Quality"), paragraphs: [threeRates],
            tables: [compared("quality", Words("质量指标", "Quality"), Measure.quality)])
    }

    /// 三率 of the whole, weighed.
    private var threeRates: Words {
        let scoring = parameters.threeRates
        let score = scoring.score(of: now.total).map { FigureValue.score($0) } ?? .noData
        return Words(
            "三率综合：\(score.text.chinese)。\(scoring.rule.chinese)",
            "The three rates together: \(score.text.english). \(scoring.rule.english)")
    }

    /// Speeds by channel and category; kept by whole months only.
    fileprivate var speed: Bulletin.Section {
        let measures =
            parameters.speeds + [
                .percentile(.handling, 50), .percentile(.handling, 90), .meanTime(.handling),
                .meanPause(.handling),
            ]
        let tables = [Facet.channel, .category].map { facet -> Bulletin.Table in
            func row(_ code: String, _ name: Words, _ counts: CellCounts) -> Bulletin.Row {
                Bulletin.Row(code, name, measures.map { $0.figure(of: counts).value })
            }
            return Bulletin.Table(
                "speed-\(facet.rawValue)",
                Words("按\(facet.name.chinese)的时效", "Speed by \(facet.name.english)"),
                columns: measures.map(Bulletin.Column.init),
                rows: now.parts(facet).map {
                    row($0.code, labels.name(of: $0.code, facet), $0.counts)
                } + [row("total", Words("总计", "total"), now.total)], facet: facet)
        }
        return Bulletin.Section("speed", Words("办理时效", "Speed"), tables: tables)
    }

    fileprivate var scheme: Bulletin.Section {
        var tables = [compared("scheme", Words("先行赔付", "Advances"), Measure.scheme)]
        if !fund.isEmpty {
            tables.append(
                Bulletin.Table(
                    "fund", Words("资金收支", "Fund"),
                    columns: [Bulletin.Column("amount", Words("金额", "amount"), unit: .yuan)],
                    rows: fund.map { Bulletin.Row($0.code, $0.name, [.fen($0.amount.fen)]) },
                    opens: .fund))
        }
        return Bulletin.Section("scheme", Words("先行赔付情况", "Advances"), tables: tables)
    }

    fileprivate var control: Bulletin.Section {
        Bulletin.Section(
            "control", Words("内部控制", "Control"),
            tables: [compared("control", Words("控制指标", "Control"), Measure.control)])
    }

    fileprivate var others: [Bulletin.Section?] { further }

    fileprivate var published: [Bulletin.Section?] {
        parameters.publishedSets.map { $0.section(self) }
    }
}
