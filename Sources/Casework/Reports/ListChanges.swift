/// What changed on the merchants' list within a period, by the day from which it is in force.
package struct ListChanges: Hashable, Sendable {
    /// By what they became; `enrolled` without those that had been on the list before.
    package var standings: [Standing: Int64] = [:]
    /// Enrolled again after a suspension or a delisting, or no longer warned.
    package var readmitted: Int64 = 0
    /// Rated for the first time.
    package var rated: Int64 = 0
    package var starsUp: Int64 = 0
    package var starsDown: Int64 = 0

    package init() {}

    package var section: Bulletin.Section {
        func row(_ code: String, _ name: Words, _ count: Int64?) -> Bulletin.Row {
            Bulletin.Row(code, name, [.count(count ?? 0)])
        }
        let rows = [
            row("enrolled", Words("新纳入", "enrolled"), standings[.enrolled]),
            row("readmitted", Words("恢复", "readmitted"), readmitted),
            row("warned", Words("警告", "warned"), standings[.warned]),
            row("suspended", Words("暂停", "suspended"), standings[.suspended]),
            row("delisted", Words("移出", "delisted"), standings[.delisted]),
            row("rated", Words("首次评星", "rated for the first time"), rated),
            row("stars-up", Words("升星", "stars gained"), starsUp),
            row("stars-down", Words("降星", "stars lost"), starsDown),
        ]
        return Bulletin.Section(
            "merchant-list", Words("商家名录变动", "The merchants' list"),
            tables: [
                Bulletin.Table(
                    "merchant-list", Words("名录和星级变动", "Standings and stars"),
                    columns: [Bulletin.Column("changes", Words("次数", "changes"), unit: .items)],
                    rows: rows,
                    notes: [
                        Words(
                            "按生效日统计变动次数；同一商家可有多次。",
                            "Changes by the day they are in force from; a merchant may have several."
                        )
                    ])
            ])
    }
}
