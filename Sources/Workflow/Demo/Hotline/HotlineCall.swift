import Casework
import Ledger

/// One generated call: what is brought to the line. Nothing in it says how it ends.
struct HotlineCall: Sendable {
    let index: Int
    let at: Moment
    let group: CallGroup
    let intake: OrderIntake
    /// Who takes it.
    let agent: Actor
    let firms: [DemoFirm]
    /// The fee of a transport that the family asks to be waived, in yuan; nil: none.
    let waiver: Waiver?

    struct Waiver: Hashable, Sendable {
        let fee: Int64
        let isCovered: Bool
    }
}

/// Makes the calls: each follows from the seed and its index, whatever was made before it.
struct CallGenerator: Sendable {
    let seed: UInt64
    let year: OfficeYear
    /// Indices are below it; a repeat is of another among them.
    let count: Int
    let staff: HotlineStaff
    private let groups: [(weight: Double, choice: CallGroup)]

    init(seed: UInt64, year: OfficeYear, count: Int, staff: HotlineStaff) {
        self.seed = seed
        self.year = year
        self.count = count
        self.staff = staff
        groups = year.groups.map { ($0.weight, $0) }
    }

    func draws(_ index: Int, _ purpose: String) -> Draws { Draws(seed, index, purpose) }

    /// All arrivals in order, with the indices of their calls.
    func arrivals() -> [(at: Moment, index: Int)] {
        (0..<count).map { index in
            let first = repeated(index)
            return (at: first.map { again($0, as: index) } ?? arrival(index), index: index)
        }.sorted { ($0.at, $0.index) < ($1.at, $1.index) }
    }

    func call(_ index: Int) -> HotlineCall {
        guard let first = repeated(index) else {
            return original(index, as: index, at: arrival(index))
        }
        // The same caller with the same words, hours later.
        return original(first, as: index, at: again(first, as: index))
    }

    private func arrival(_ index: Int) -> Moment {
        var draws = draws(index, "arrival")
        return HotlineCalendar.arrival(&draws)
    }

    private func again(_ first: Int, as index: Int) -> Moment {
        var draws = draws(index, "again")
        let at = arrival(first).advanced(byMs: draws.minutes_ms(30...72 * 60))
        return min(at, OfficeYear.cutoff.advanced(byMs: -1_000))
    }

    /// The call that this one repeats; nil when it is one of its own.
    private func repeated(_ index: Int) -> Int? {
        guard let first = repeats(index), repeats(first) == nil else { return nil }
        return first
    }

    private func repeats(_ index: Int) -> Int? {
        guard count > 1 else { return nil }
        var draws = draws(index, "repeat")
        let chance = draws.fraction()
        let first = draws.int(0...count - 1)
        return first != index && chance < group(of: first).manner.repeated ? first : nil
    }

    private func group(of index: Int) -> CallGroup {
        var draws = draws(index, "group")
        return draws.pick(groups)
    }

    private func original(_ source: Int, as index: Int, at: Moment) -> HotlineCall {
        let group = group(of: source)
        var draws = draws(source, "person")
        let name = Names.person(&draws)
        let caller = Caller(name: name, phone: "100" + digits(source, 8))
        var facts: Facts = [:]
        draws = self.draws(source, "facts")
        let subject = group.subjects.isEmpty ? nil : draws.pick(group.subjects)
        if let subject { facts["subject"] = .text(subject) }
        for flag in group.flags where draws.happens(flag.share) {
            // Duties are clear unless somebody says that they are not.
            if flag.fact == "dutiesUnclear" {
                facts["dutiesClear"] = .flag(false)
            } else {
                facts[flag.fact] = .flag(true)
            }
        }
        if !group.emergencies.isEmpty {
            let emergency = draws.pick(group.emergencies)
            if emergency != "none" { facts["emergency"] = .text(emergency) }
        }
        if let subject, CallTexts.jointSubjects.contains(subject), draws.happens(group.jointShare) {
            facts["bureausConcerned"] = .integer(Int64(draws.int(2...3)))
        }
        let firms = year.firms[group.area ?? ""] ?? []
        draws = self.draws(source, "text")
        let text = CallTexts.text(group.kind, subject, &draws)
        draws = self.draws(index, "seat")
        let agent = draws.pick(staff.agents)
        draws = self.draws(index, "channel")
        let intake = OrderIntake(
            channel: draws.pick(group.channels ?? year.channels), caller: caller, kind: group.kind,
            area: group.area,
            text: text, place: CallTexts.place(&draws), facts: facts)
        return HotlineCall(
            index: index, at: at, group: group, intake: intake, agent: agent, firms: firms,
            waiver: waiver(source, group))
    }

    private func waiver(_ index: Int, _ group: CallGroup) -> HotlineCall.Waiver? {
        guard let mix = year.waiver, group.kind == "business", group.area == mix.area else {
            return nil
        }
        var draws = draws(index, "waiver")
        guard draws.happens(mix.share) else { return nil }
        return HotlineCall.Waiver(
            fee: draws.pick(mix.fees), isCovered: !draws.happens(mix.notCovered))
    }
}

/// When people call: all of the year, by day more than by night.
enum HotlineCalendar {
    static func arrival(_ draws: inout Draws) -> Moment {
        while true {
            let day = OfficeYear.firstDay.advanced(
                by: draws.int(0...OfficeYear.firstDay.distance(to: OfficeYear.lastDay)))
            // Fewer on days off.
            if day.weekday > 5, draws.happens(0.35) { continue }
            let seconds = draws.pick(hours) * 3_600 + draws.int(0...3_599)
            return OfficeYear.zone.moment(of: day).advanced(
                byMs: Int64(seconds) * 1_000 + Int64(draws.int(0...999)))
        }
    }

    private static let hours: [(weight: Double, choice: Int)] = [
        1, 0.7, 0.5, 0.4, 0.5, 0.9, 2, 4, 8, 9, 9, 8, 5, 5, 7.5, 8, 7.5, 6.5, 5, 4.5, 4, 3, 2, 1.4,
    ].enumerated().map { (weight: $1, choice: $0) }
}
