import Casework
import HTTPTypes
import Ledger
import Workflow

/// 值班表: set by a supervisor, read by all staff.
enum RosterRoutes {
    static let all: [Route] = [
        Route(
            method: .post, path: "/api/v1/roster/{day}", id: "setRoster",
            summary: Phrase(
                "编排一天的班次，取代此前所排", "Set who is on which shift of a day, in place of what was set"),
            access: .action(.setRoster), body: .form(RosterForm.self),
            success: .view(200, RosterView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let day = try call.rosterDay()
            let (form, bytes) = try await call.form(RosterForm.self)
            return try await call.once(bytes) { work in
                Effect(
                    200,
                    RosterView(try work.setRoster(form.entries, of: day, by: call.actor)))
            }
        },
        Route(
            method: .get, path: "/api/v1/roster/{day}", id: "showRoster",
            summary: Phrase("一天的值班表", "Who is on which shift of a day"),
            access: .action(.readRoster), success: .view(200, RosterView.self)
        ) { call in
            Answer(RosterView(try await call.office.roster(of: try call.rosterDay())))
        },
    ]
}

struct RosterForm: Form {
    let entries: [Roster.Entry]

    init(_ fields: Fields) {
        entries = fields.objects(
            "shifts", RosterEntryForm.self, upTo: Roster.limit_shifts, Phrase("班次", "shifts")
        ).map(\.entry)
    }
}

struct RosterEntryForm: Form {
    let entry: Roster.Entry

    init(_ fields: Fields) {
        let shift = fields.written(
            "shift", upTo: 64, Phrase("班次代码，见政策版本", "a shift of the edition"))
        let people = fields.texts(
            "people", upTo: Roster.limit_people,
            Phrase("值班人员，首位带班", "who is on it, the one who leads it first"))
        entry = Roster.Entry(shift: shift, people: people)
    }
}

struct RosterView: Codable, Sendable {
    let day: Day
    /// All shifts of the edition in force on the day, manned or not.
    let shifts: [RosterShiftView]
    /// Absent while nobody has set one.
    let setBy: String?

    init(_ roster: DayRoster) {
        day = roster.day
        shifts = roster.shifts.map { shift in
            RosterShiftView(
                shift, roster.roster?.entries.first { $0.shift == shift.code }?.people ?? [])
        }
        setBy = roster.roster?.by
    }
}

struct RosterShiftView: Codable, Sendable {
    let shift: String
    let zh: String
    let en: String
    /// `workingDays`, `daysOff`, `everyDay`.
    let days: String
    /// Minutes of the day; absent where the edition does not say.
    let begins: Int?
    /// At or before `begins`: on the next day.
    let ends: Int?
    /// How many the edition wants.
    let seats: Int
    let people: [String]

    init(_ shift: Shift, _ people: [String]) {
        self.shift = shift.code
        (zh, en) = (shift.chinese, shift.english)
        days = shift.days.rawValue
        (begins, ends) = (shift.times?.begins, shift.times?.ends)
        seats = shift.seats
        self.people = people
    }
}

extension Call {
    func rosterDay() throws -> Day {
        let text = part("day")
        guard let day = Day(text) else { throw Problem.noSuch(Phrase("日期", "day"), text) }
        return day
    }
}
