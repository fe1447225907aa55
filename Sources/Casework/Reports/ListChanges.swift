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

    package func count(_ change: ListChange) -> Int64 {
        switch change {
        case .enrolled: standings[.enrolled] ?? 0
        case .readmitted: readmitted
        case .warned: standings[.warned] ?? 0
        case .suspended: standings[.suspended] ?? 0
        case .delisted: standings[.delisted] ?? 0
        case .rated: rated
        case .starsUp: starsUp
        case .starsDown: starsDown
        }
    }

    package var section: Bulletin.Section {
        let rows = ListChange.allCases.map {
            Bulletin.Row($0.rawValue, $0.name, [.count(count($0))])
        }
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
                    ], opens: .merchantList)
            ])
    }
}

/// A way in which the merchants' list changes. The raw value is the code of its row.
package enum ListChange: String, Hashable, Sendable, CaseIterable {
    case enrolled, readmitted, warned, suspended, delisted, rated
    case starsUp = "stars-up"
    case starsDown = "stars-down"

    package var name: Words {
        switch self {
        case .enrolled: Words("新纳入", "enrolled")
        case .readmitted: Words("恢复", "readmitted")
        case .warned: Words("警告", "warned")
        case .suspended: Words("暂停", "suspended")
        case .delisted: Words("移出", "delisted")
        case .rated: Words("首次评星", "rated for the first time")
        case .starsUp: Words("升星", "stars gained")
        case .starsDown: Words("降星", "stars lost")
        }
    }
}
