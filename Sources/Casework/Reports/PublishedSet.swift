import Ledger

/// The figures an office publishes, in the words and the order its readers know.
package enum PublishedSet: String, Hashable, Sendable, CaseIterable {
    /// As Sanya's report of August 2024 gives them.
    case sanya
    /// As Hainan's bulletins of 2023 and 2024 give them.
    case hainan
    /// Weihai's four measures, bureau by bureau.
    case weihai

    func section(_ input: BulletinInput) -> Bulletin.Section {
        switch self {
        case .sanya: sanya(input)
        case .hainan: hainan(input)
        case .weihai: weihai(input)
        }
    }

    private func sanya(_ input: BulletinInput) -> Bulletin.Section {
        let shown: [Measure] = [
            .complaints, .eligible, .advancedMoney, .quickPaid, .quickPaidMoney, .withoutAdvance,
            .withoutAdvanceMoney,
        ]
        let text = Self.plain(shown, input)
        let until = input.now.period.days.last.components
        return Bulletin.Section(
            "sanya", Words("先行赔付公布数据（三亚）", "Published figures, Sanya's form"),
            paragraphs: [
                Words(
                    "截至\(until.month)月\(until.day)日，\(input.office.chinese)承接投诉总量共\(text[0])件，"
                        + "符合先行赔付条件\(text[1])件，先行赔付金额\(text[2])元。其中执行小额快赔\(text[3])笔，"
                        + "赔付金额\(text[4])元；未执行先行赔付，但通过放心游渠道快速解决的\(text[5])件，"
                        + "为市民游客挽回损失\(text[6])元。",
                    "\(text[0]) complaints, \(text[1]) eligible, \(text[2]) yuan advanced; of these"
                        + " \(text[3]) quick pays of \(text[4]) yuan; \(text[5]) solved without an"
                        + " advance, \(text[6]) yuan recovered for consumers.")
            ], tables: [Self.table("sanya", shown, input)])
    }

    private func hainan(_ input: BulletinInput) -> Bulletin.Section {
        let shown: [Measure] = [
            .complaints, .enrolledComplaints, .eligible, .advancedMoney, .quickPaid,
            .quickPaidMoney, .returnedMoney, .withoutAdvance, .withoutAdvanceMoney,
            .advancedAndRecovered,
        ]
        let text = Self.plain(shown, input)
        return Bulletin.Section(
            "hainan", Words("先行赔付公布数据（海南）", "Published figures, Hainan's form"),
            paragraphs: [
                Words(
                    "共受理旅游消费投诉\(text[0])件，其中涉及诚信商家\(text[1])件，符合先行赔付条件\(text[2])件，"
                        + "启用先行赔付资金\(text[3])元（其中小额赔付\(text[4])件\(text[5])元，"
                        + "商家处理完毕后退回资金池\(text[6])元）；未动用先行赔付资金解决\(text[7])件，"
                        + "挽回损失\(text[8])元；合计\(text[9])元。",
                    "\(text[0]) complaints, \(text[1]) about enrolled merchants, \(text[2]) eligible,"
                        + " \(text[3]) yuan advanced (\(text[4]) quick pays of \(text[5]);"
                        + " \(text[6]) returned to the pool); \(text[7]) solved without an advance,"
                        + " \(text[8]) yuan; \(text[9]) together.")
            ], tables: [Self.table("hainan", shown, input)])
    }

    private func weihai(_ input: BulletinInput) -> Bulletin.Section {
        let measures = Measure.weihai
        func row(_ code: String, _ name: Words, _ counts: CellCounts) -> Bulletin.Row {
            Bulletin.Row(code, name, measures.map { $0.figure(of: counts).value })
        }
        let tie = Breakdown(.accepted, of: input.now, by: .bureau)
        var rows = input.now.parts(.bureau).map {
            row($0.code, input.labels.name(of: $0.code, .bureau), $0.counts)
        }
        rows.append(row("total", Words("全市", "all"), input.now.total))
        return Bulletin.Section(
            "weihai", Words("四项考核指标", "Four measures"),
            paragraphs: [
                Words(
                    "从受理数量、及时联系率、限时办结率、回访满意率4个维度对各承办单位通报如下。",
                    "Each bureau by items accepted, timely contact, completion in time and"
                        + " satisfaction.")
            ],
            tables: [
                Bulletin.Table(
                    "weihai", Words("承办单位四项指标", "Four measures by bureau"),
                    columns: measures.map(Bulletin.Column.init), rows: rows, notes: [tie.note],
                    facet: .bureau)
            ])
    }

    private static func plain(_ measures: [Measure], _ input: BulletinInput) -> [String] {
        measures.map { $0.figure(of: input.now.total).value.plain }
    }

    private static func table(
        _ code: String, _ measures: [Measure], _ input: BulletinInput
    ) -> Bulletin.Table {
        Bulletin.Table(
            code, Words("公布数据", "Published figures"),
            columns: [
                Bulletin.Column("now", Words("本期", "now"), unit: nil),
                Bulletin.Column("unit", Words("单位", "unit"), unit: .text),
            ],
            rows: measures.map { measure in
                Bulletin.Row(
                    measure.code, measure.name,
                    [measure.figure(of: input.now.total).value, .text(measure.unit.name)],
                    measure: measure)
            })
    }
}
