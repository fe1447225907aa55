import Casework
import Ledger
import Workflow

/// Years of the calendar: days off and make-up days, and how many working days each month has.
struct CalendarsPage {
    let call: Call

    private var parts: Parts { call.parts }
    private var calendar: WorkCalendar? { call.edition?.calendar }

    func answer() throws -> Answer {
        let today = call.zone.day(at: call.office.now())
        let years = (calendar?.coveredYears ?? []).reversed()
        let isMissing = !years.contains(today.components.year + 1) && today.components.month >= 11
        let warning: HTML? =
            isMissing
            ? "<p class=\"notice\">\(parts.say(Phrase("明年的日历还没有：国务院通知发布后放进 policies/calendar。", "Next year's calendar is missing: put it into policies/calendar when the notice is out.")))</p>"
            : nil
        let empty: HTML? =
            years.isEmpty
            ? "<p class=\"quiet\">\(parts.say(Phrase("没有日历：周一至周五都算工作日。", "There is no calendar.")))</p>"
            : nil
        return AdministrationFrame(call: call).page(
            AdministrationText.calendars, at: .calendars,
            """
            <section class="lead"><h1>\(parts.say(AdministrationText.calendars))</h1>
            <p>\(parts.say(AdministrationText.calendarsLead))</p>\(warning)\(empty)</section>
            \(try years.map(year))
            """
        ).answer()
    }

    private func year(_ year: Int) throws -> HTML {
        guard let calendar, let first = Day(year: year, month: 1, day: 1) else { return .empty }
        let days = Period.year(of: first)
        var working = [Int](repeating: 0, count: 12)
        var rows: [[HTML]] = []
        var day = first
        while day <= days.lastDay {
            if try calendar.isWorkingDay(day) { working[day.components.month - 1] += 1 }
            if let exception = try calendar.exception(on: day) {
                rows.append([
                    "\(parts.day(day)) \(parts.say(Self.weekday(day)))",
                    "\(parts.say(Self.kind(exception.kind)))", "\(exception.name)",
                    "\(exception.notice)",
                ])
            }
            day = day.advanced(by: 1)
        }
        let months: [HTML] = working.enumerated().map { month, count in
            "<li>\(parts.say(Phrase("\(month + 1)月", "\(year)-\(month + 1)"))) <b>\(count)</b></li>"
        }
        let table = parts.table(
            [
                .text("日期", "Day"), .text("种类", "Kind"), .text("名称", "Name"),
                .text("通知", "Notice"),
            ], rows, label: "\(year)",
            empty: Phrase("这一年没有例外。", "This year has no exceptions."))
        return """
            <section aria-labelledby="year-\(year)"><h2 id="year-\(year)">\(year)</h2>
            <p class="quiet">\(parts.say(Phrase("各月工作日，全年\(working.reduce(0, +))天", "Working days by month, \(working.reduce(0, +)) in the year")))</p>
            <ul class="chips">\(months)</ul>
            <details><summary>\(parts.say(Phrase("节假日与调休", "Holidays and make-up days")))</summary>\(table)</details></section>

            """
    }

    private static func kind(_ kind: WorkCalendar.Exception.Kind) -> Phrase {
        switch kind {
        case .makeup: Phrase("调休上班", "make-up day")
        case .holiday: Phrase("放假", "day off")
        }
    }

    private static func weekday(_ day: Day) -> Phrase {
        let names = [
            Phrase("周一", "Mon"), Phrase("周二", "Tue"), Phrase("周三", "Wed"), Phrase("周四", "Thu"),
            Phrase("周五", "Fri"), Phrase("周六", "Sat"), Phrase("周日", "Sun"),
        ]
        return names[(day.weekday + 6) % 7]
    }
}

/// The bureaus that the editions in force name.
struct BureausPage {
    let call: Call

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let today = call.zone.day(at: call.office.now())
        let editions = call.office.policyBooks.compactMap { book in
            (try? book.edition(inForceOn: today)) ?? book.editions.last
        }
        let lists: [HTML] = editions.map { edition in
            let rows: [[HTML]] = edition.bureaus.map { bureau in
                [
                    "\(parts.say(Phrase(bureau.chinese, bureau.english)))",
                    "<code>\(bureau.code)</code>", "\(bureau.number ?? "–")",
                ]
            }
            return """
                <section><h2>\(parts.link(.policy(edition.name), edition.name))</h2>
                \(parts.table([.text("名称", "Name"), .text("代码", "Code"), .text("电话", "Telephone")], rows, label: edition.name, empty: Phrase("这一版本没有列出单位。", "This edition names none.")))</section>

                """
        }
        return AdministrationFrame(call: call).page(
            AdministrationText.bureaus, at: .bureaus,
            """
            <section class="lead"><h1>\(parts.say(AdministrationText.bureaus))</h1>
            <p>\(parts.say(AdministrationText.bureausLead))</p></section>
            \(lists)
            """
        ).answer()
    }
}
