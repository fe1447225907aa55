import Ledger
import Synchronization
import Workflow

/// What was found of the fund's last weeks, until something is booked or the day is over.
final class FundGlanceCache: Sendable {
    private let kept = Mutex<FundGlance?>(nil)

    func read(_ office: Office) async throws -> FundGlance {
        let glance = try await office.fundGlance(known: kept.withLock { $0 })
        kept.withLock { $0 = glance }
        return glance
    }
}

/// The fund at a glance: four figures and two charts.
struct FundGlancePart {
    let parts: Parts
    let fund: FundView
    let glance: FundGlance

    var markup: HTML {
        parts.section(
            Phrase("一览", "At a glance"), "glance",
            """
            <dl class="figures">\(figures)</dl>
            <p class="quiet">\(parts.say(Self.note))</p>
            <div class="glance">\(course.markup(parts))\(weeks.markup(parts))</div>
            """)
    }

    private static let note = Phrase(
        "按近十三个整周估计：平均一周用去多少，最重与最轻的四周各是多少。拨付不算在内。",
        "An estimate by the last 13 whole weeks: what an average week took, and the four heaviest and lightest. Grants do not count."
    )

    private var figures: [HTML] {
        let outlook = glance.outlook
        let receivable = fund.accounts.first { $0.code == Chart.receivable }?.balanceFen ?? .zero
        let entries: [(Phrase, HTML)] = [
            (Word.spendable.phrase, parts.yuan(fund.spendableFen)),
            (Word.reservedNow.phrase, parts.yuan(fund.reservedFen)),
            (Phrase("应追偿", "Receivable"), parts.link(.receivables, "¥\(receivable.yuan)")),
            (Phrase("还够用", "Lasts"), "\(days(outlook.weeklyRate))\(range)"),
        ]
        return entries.map { name, value in
            "<div><dt>\(parts.say(name))</dt><dd>\(value)</dd></div>\n"
        }
    }

    /// In days; beyond, an estimate from thirteen weeks says nothing more.
    private static let farthest: Int64 = 3_650

    private func days(_ rate: Money) -> HTML {
        guard let days = glance.outlook.daysLeft(at: rate) else {
            return "\(parts.say(Phrase("不会用完", "does not run out")))"
        }
        if days > Self.farthest { return "\(parts.say(Phrase("十年以上", "more than ten years")))" }
        return "\(parts.say(Phrase("\(days)天", days == 1 ? "1 day" : "\(days) days")))"
    }

    private var range: HTML? {
        let outlook = glance.outlook
        guard let least = outlook.daysLeft(at: outlook.heavyRate), least <= Self.farthest else {
            return nil
        }
        let most =
            outlook.daysLeft(at: outlook.lightRate)
            .flatMap { $0 > Self.farthest ? nil : "\($0)" } ?? "∞"
        return
            "<span class=\"under\">\(parts.say(Phrase("\(least)至\(most)天", "\(least) to \(most) days")))</span>"
    }

    private var course: FundChart {
        let points = glance.course.points
        return FundChart(
            title: Phrase("近十三周的余额", "Balances of the last 13 weeks"),
            form: .lines, days: points.map(\.day),
            series: [
                .init(name: Word.spendable.phrase, amounts: points.map(\.spendable)),
                .init(name: Word.reservedNow.phrase, amounts: points.map(\.reserved)),
                .init(name: Phrase("应追偿", "Receivable"), amounts: points.map(\.receivable)),
            ])
    }

    private var weeks: FundChart {
        let weeks = glance.outlook.weeks
        let last = glance.outlook.day
        return FundChart(
            title: Phrase("每周用去", "Taken each week"), form: .bars,
            days: weeks.indices.map { last.advanced(by: -7 * (weeks.count - 1 - $0)) },
            series: [
                .init(name: Phrase("用去（负数为收回）", "Taken (negative: came back)"), amounts: weeks)
            ])
    }
}
