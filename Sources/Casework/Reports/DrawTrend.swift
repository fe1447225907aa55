extension BulletinInput {
    /// The shorter periods up to now; a day beside the same weekday a week before, a month beside the
    /// same month a year before.
    var trendSection: Bulletin.Section? {
        guard let first = trend.first else { return nil }
        let (back, seasonal): (Int, Words) =
            switch first.period {
            case .day: (7, Words("较上周同日", "on the same weekday before"))
            case .month: (12, Words("较去年同月", "on the same month last year"))
            default: (1, Words("较上一周", "on the week before"))
            }
        let measures: [Measure] = [.registered, .endedThen, .onTimeRate, .satisfaction]
        // Those that are only there to be compared with are not shown.
        let shown = trend.count > back ? trend.indices.dropFirst(back) : trend.indices.dropFirst(0)
        let rows = shown.map { index -> Bulletin.Row in
            let tally = trend[index]
            let registered = Measure.registered.figure(of: tally.total)
            let change: FigureValue =
                index >= back
                ? registered.change(since: Measure.registered.figure(of: trend[index - back].total))
                : .noData
            return Bulletin.Row(
                "\(tally.period.days.first)", tally.period.name,
                measures.map { $0.figure(of: tally.total).value } + [change])
        }
        return Bulletin.Section(
            "trend", Words("走势", "Trend"),
            tables: [
                Bulletin.Table(
                    "trend", Words("登记量走势", "Items over time"),
                    columns: measures.map(Bulletin.Column.init) + [
                        Bulletin.Column("season", seasonal, unit: .percent)
                    ], rows: rows)
            ])
    }

    /// 预警: the rule in words, and the categories it hits.
    var warnings: Bulletin.Section? {
        guard let watched else { return nil }
        let rule = parameters.warningRule
        let found = watched.parts(.category).compactMap { part in
            rule.judge(
                part.code, now: part.counts.value(.registered),
                samples: samples.map { sample in
                    sample.groups[.category]?[part.code]?.value(.registered) ?? 0
                })
        }
        let outcome =
            found.isEmpty
            ? Words(
                "\(watched.period.name.chinese)没有达到预警条件的分类。",
                "No category of \(watched.period.name.english) is warned of.")
            : Words(
                "\(watched.period.name.chinese)有\(found.count)个分类达到预警条件。",
                "\(found.count) categories of \(watched.period.name.english) are warned of.")
        return Bulletin.Section(
            "warnings", Words("预警", "Early warnings"), paragraphs: [rule.words, outcome],
            tables: found.isEmpty
                ? []
                : [
                    Bulletin.Table(
                        "warnings", Words("预警分类", "Categories"),
                        columns: [
                            Bulletin.Column(.registered),
                            Bulletin.Column("mean", Words("平均", "mean"), unit: .items),
                            Bulletin.Column(
                                "deviation", Words("标准差", "standard deviation"), unit: .items),
                        ], rows: found.map(row), facet: .category)
                ])
    }

    private func row(_ warning: EarlyWarning) -> Bulletin.Row {
        Bulletin.Row(
            warning.code, labels.name(of: warning.code, .category),
            [
                .count(warning.now), warning.mean.map { .mean($0) } ?? .noData,
                warning.deviation,
            ])
    }
}
