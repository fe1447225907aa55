import Casework
import Ledger
import Store
import Workflow

/// 值班表 as pages: whom to ring, and the form that sets who is on.
enum RosterPages {
    static let all: [Route] = [
        PageRoutes.page("/roster", "todayRosterPage", SupervisionText.duty, .action(.readRoster)) {
            call in
            call.redirect(to: .roster(call.zone.day(at: call.office.now())))
        },
        PageRoutes.page("/roster/{day}", "rosterPage", SupervisionText.duty, .action(.readRoster)) {
            call in
            try await call.rosterPage().answer()
        },
        PageRoutes.post("/roster/{day}", "setRosterPage", SupervisionText.set, .action(.setRoster))
        {
            call in
            try await call.submitRoster()
        },
    ]
}

struct RosterPage {
    let call: Call
    let view: RosterView
    /// Codes of the shifts that are of this day: some are of working days, some of days off.
    let due: Set<String>
    /// Names of people who are duty officers, as far as a form suggests them.
    let suggested: [String]
    var entries = FormEntries()
    var problem: Problem?

    private var parts: Parts { call.parts }

    func answer(_ status: Int = 200) -> Answer {
        let title = parts.say(SupervisionText.duty)
        let wrong: HTML? = problem.map { ProblemPart(parts: parts, problem: $0).markup }
        let note =
            view.setBy.map { "\(parts.say(SupervisionText.setBy)) \($0)" }
            ?? parts.say(SupervisionText.notSet)
        return call.page(
            "\(title) \(view.day)", section: .duty, at: .roster(view.day),
            """
            <section class="lead"><h1>\(title) \(parts.day(view.day))</h1><p>\(note)</p>
            <p class="offers">\(day(-1, SupervisionText.before))<a class="button second" href="\(Link.roster.with(call.language))">\(parts.say(SupervisionText.today))</a>\(day(1, SupervisionText.after))</p></section>
            \(wrong)<section>\(list)</section>
            \(form)
            """
        ).answer(status)
    }

    private func day(_ by: Int, _ phrase: Phrase) -> HTML {
        "<a class=\"button second\" href=\"\(Link.roster(view.day.advanced(by: by)).with(call.language))\">\(parts.say(phrase))</a>\n"
    }

    private var list: HTML {
        guard !view.shifts.isEmpty else {
            return "<p class=\"quiet\">\(parts.say(SupervisionText.noShifts))</p>"
        }
        // One that is not of the day is shown where somebody is on it all the same.
        let shown = view.shifts.filter { due.contains($0.shift) || !$0.people.isEmpty }
        let rows: [[HTML]] = shown.map { shift in
            let names: [HTML] = shift.people.enumerated().map { place, name in
                place == 0 ? "<li><strong>\(name)</strong></li>" : "<li>\(name)</li>"
            }
            let people: HTML = names.isEmpty ? "–" : "<ul>\(names)</ul>"
            let isShort = due.contains(shift.shift) && shift.people.count < shift.seats
            let seats: HTML =
                "\(shift.people.count) / \(shift.seats) \(isShort ? parts.pace(.soon, parts.say(Phrase("缺人", "short"))) : nil)"
            return [
                "\(parts.say(Phrase(shift.zh, shift.en)))", "\(hours(shift))", people, seats,
            ]
        }
        return parts.table(
            [
                .said(SupervisionText.shift), .said(SupervisionText.hours),
                .said(SupervisionText.people), .said(SupervisionText.seats),
            ], rows, label: parts.say(SupervisionText.duty))
    }

    private func hours(_ shift: RosterShiftView) -> String {
        guard let begins = shift.begins, let ends = shift.ends else { return "–" }
        func clock(_ minutes: Int) -> String {
            let minute = minutes % 60
            return "\(minutes / 60):\(minute < 10 ? "0" : "")\(minute)"
        }
        return "\(clock(begins))–\(clock(ends))"
    }

    /// For supervisors, while the day is not over.
    private var form: HTML? {
        let today = call.zone.day(at: call.office.now())
        guard call.visitor.may(.setRoster), view.day >= today, !view.shifts.isEmpty else {
            return nil
        }
        let fields: [HTML] = view.shifts.enumerated().compactMap { place, shift in
            guard due.contains(shift.shift) || !shift.people.isEmpty else { return nil }
            let entered = entries["shifts.\(place).people"]
            let text = entered ?? shift.people.joined(separator: "\n")
            let rows = max(2, shift.seats)
            return """
                <p class="field"><label for="shift-\(place)">\(parts.say(Phrase(shift.zh, shift.en))) <span class="quiet">\(parts.say(SupervisionText.onePerLine))</span></label>
                <input type="hidden" name="shifts.\(place).shift" value="\(shift.shift)">
                <textarea id="shift-\(place)" name="shifts.\(place).people" rows="\(min(rows, 8))">\(text)</textarea></p>

                """
        }
        let names: HTML? =
            suggested.isEmpty
            ? nil
            : "<p class=\"quiet\">\(parts.say(SupervisionText.dutyOfficers)): \(suggested.joined(separator: ", "))</p>"
        return """
            <section aria-labelledby="set"><h2 id="set">\(parts.say(SupervisionText.set))</h2>\(names)
            <form class="command" method="post" action="\(Link.roster(view.day).with(call.language))">
            \(call.hidden(key: entries["key"]))
            \(fields)<p class="act"><button>\(parts.say(SupervisionText.set))</button></p></form></section>
            """
    }
}

extension Call {
    fileprivate func rosterPage() async throws -> RosterPage {
        try checkHotline()
        let view = RosterView(try await office.roster(of: try rosterDay()))
        var suggested: [String] = []
        if visitor.may(.setRoster) {
            suggested = try await office.read { try $0.people() }
                .filter { $0.roles.contains(.dutyOfficer) }.map(\.name)
        }
        // A calendar without the year says nothing: then any shift may be of the day.
        let isWorking = try? office.hotlinePolicies.edition(inForceOn: view.day).calendar
            .isWorkingDay(view.day)
        let due = view.shifts.filter { shift in
            isWorking.map { OpeningHours.Days(rawValue: shift.days)?.includes($0) ?? true } ?? true
        }
        return RosterPage(
            call: self, view: view, due: Set(due.map(\.shift)), suggested: suggested)
    }

    /// Shifts that nobody is named for stay unmanned.
    fileprivate func submitRoster() async throws -> Answer {
        var page = try await rosterPage()
        page.entries = try await entries()
        guard let route = RosterRoutes.all.first(where: { $0.id == "setRoster" }) else {
            preconditionFailure("the API sets rosters")
        }
        var shifts: [JSONValue] = []
        for place in page.view.shifts.indices {
            let people = (page.entries["shifts.\(place).people"] ?? "").split(separator: "\n")
                .map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
            guard let shift = page.entries["shifts.\(place).shift"], !people.isEmpty else {
                continue
            }
            shifts.append(
                .object([
                    "shift": .text(shift), "people": .array(people.map { .text(String($0)) }),
                ]))
        }
        let json = JSONValue.object(["shifts": .array(shifts)])
        do {
            _ = try await route.handle(
                asking(route, json: json, key: page.entries["key"], version: nil))
        } catch {
            page.problem = try shown(error)
            return page.answer(page.problem?.status ?? 400)
        }
        return redirect(to: Link.roster(page.view.day).with("done", "setRoster"))
    }
}

extension OpeningHours.Days {
    fileprivate func includes(_ isWorkingDay: Bool) -> Bool {
        switch self {
        case .everyDay: true
        case .workingDays: isWorkingDay
        case .daysOff: !isWorkingDay
        }
    }
}
