internal import Casework

/// The hotline part of one `jurisdiction.yaml` as written: what it names of the edition's parameters and
/// bureaus is looked up when all that the edition extends is laid under it.
struct HotlineDraft {
    static let keys = [
        "kinds", "categories", "areas", "difficulties", "hours", "shifts", "providers", "followUp",
        "supervision", "weights", "publishedSets",
    ]

    var kinds: [OrderKind]
    var categories: [OrderKind]
    var areas: [Named]
    var difficulties: [Named]
    var hours: [Hours]
    var shifts: [ShiftDraft]
    var providers: Providers?
    var followUp: FollowUp?
    var supervision: [Supervisor]
    var weights: [LeagueDraft]
    var publishedSets: [PublishedSet]

    struct Hours {
        /// `line`, `office`, or a bureau's code.
        let whose: String
        let hours: OpeningHours
    }

    struct ShiftDraft {
        let code: String
        let chinese: String
        let english: String
        let days: OpeningHours.Days
        let times: ShiftTimes?
        /// A parameter.
        let seats: String
    }

    struct Providers {
        /// Parameters.
        let namesAtLeast: String?
        let redWarningLast: String?
        let order: [ProviderRules.Preference]
        let isAgreementNeeded: Bool
        let sanctions: [Standing]
    }

    struct FollowUp {
        let grades: [Named]
        /// A parameter.
        let fieldChecks: String?
    }

    struct LeagueDraft {
        let name: String
        /// Measure and parameter.
        let measures: [(measure: String, parameter: String)]
    }

    init(_ root: YAMLSection) throws(PolicyError) {
        kinds = try Self.kinds(root, "kinds")
        categories = try Self.kinds(root, "categories")
        areas = try Self.named(root, "areas")
        difficulties = try Self.named(root, "difficulties")
        for (place, grade) in difficulties.enumerated() where grade.code != "\(place + 1)" {
            throw try root.section("difficulties").wrong(
                grade.code, "grades are numbered from 1, the simplest; this one is \(place + 1)")
        }
        hours = root.has("hours") ? try Self.hours(root.section("hours")) : []
        shifts = []
        for (code, section) in try root.sections("shifts") {
            try section.allow("zh", "en", "days", "times", "seats")
            shifts.append(
                ShiftDraft(
                    code: code, chinese: try section.text("zh"), english: try section.text("en"),
                    days: try section.choice("days"), times: try Self.times(section),
                    seats: try section.text("seats")))
        }
        providers = root.has("providers") ? try Providers(root.section("providers")) : nil
        followUp = root.has("followUp") ? try FollowUp(root.section("followUp")) : nil
        supervision = []
        for (code, section) in try root.sections("supervision") {
            try section.allow("zh", "en", "bureau")
            guard let recipient = Recipient(rawValue: code) else {
                throw try root.section("supervision").wrong(
                    code, "write one of \(Recipient.allCases.codes)")
            }
            supervision.append(
                Supervisor(
                    recipient: recipient, chinese: try section.text("zh"),
                    english: try section.text("en"), bureau: try section.optionalText("bureau")))
        }
        weights = []
        for (name, section) in try root.sections("weights") {
            var measures: [(measure: String, parameter: String)] = []
            for key in section.keys { measures.append((key, try section.text(key))) }
            weights.append(LeagueDraft(name: name, measures: measures))
        }
        publishedSets = root.has("publishedSets") ? try root.choices("publishedSets") : []
        guard Set(publishedSets).count == publishedSets.count else {
            throw root.wrong("publishedSets", "name each form once")
        }
    }

    private static func times(_ section: YAMLSection) throws(PolicyError) -> ShiftTimes? {
        guard let text = try section.optionalText("times") else { return nil }
        guard let times = ShiftTimes(text) else {
            throw section.wrong(
                "times", "\(text): write when it begins and ends, such as \"08:30-17:30\"")
        }
        return times
    }

    private static func kinds(
        _ root: YAMLSection, _ key: String
    ) throws(PolicyError) -> [OrderKind] {
        var all: [OrderKind] = []
        for (code, section) in try root.sections(key) {
            try section.allow("zh", "en", "other")
            all.append(
                OrderKind(
                    code: code, chinese: try section.text("zh"), english: try section.text("en"),
                    isOther: try section.flag("other")))
        }
        return all
    }

    private static func named(_ root: YAMLSection, _ key: String) throws(PolicyError) -> [Named] {
        var all: [Named] = []
        for (code, section) in try root.sections(key) {
            try section.allow("zh", "en")
            all.append(
                Named(
                    code: code, chinese: try section.text("zh"), english: try section.text("en"),
                    number: nil))
        }
        return all
    }

    private static func hours(_ section: YAMLSection) throws(PolicyError) -> [Hours] {
        var all: [Hours] = []
        for whose in section.keys {
            if section.isSection(whose) {
                all.append(
                    Hours(whose: whose, hours: try OpeningHours(section.section(whose))))
            } else if try section.text(whose) == "always" {
                all.append(Hours(whose: whose, hours: .always))
            } else {
                throw section.wrong(
                    whose, "write always, or {days: workingDays, open: [\"08:30-12:00\"]}")
            }
        }
        return all
    }
}

extension HotlineDraft {
    /// This part laid over `base`: entries of the same name replace, others stay.
    func laid(over base: HotlineDraft) -> HotlineDraft {
        var result = self
        result.kinds = base.kinds.merged(with: kinds, by: \.code)
        result.categories = base.categories.merged(with: categories, by: \.code)
        result.areas = base.areas.merged(with: areas, by: \.code)
        result.difficulties = base.difficulties.merged(with: difficulties, by: \.code)
        result.hours = base.hours.merged(with: hours, by: \.whose)
        result.shifts = base.shifts.merged(with: shifts, by: \.code)
        result.providers = providers ?? base.providers
        result.followUp = followUp ?? base.followUp
        result.supervision = base.supervision.merged(with: supervision, by: \.recipient)
        result.weights = base.weights.merged(with: weights, by: \.name)
        if publishedSets.isEmpty { result.publishedSets = base.publishedSets }
        return result
    }
}

extension Array {
    /// Entries of `changes` take the place of those of the same name, or come after them.
    func merged<Name: Equatable>(
        with changes: [Element], by name: KeyPath<Element, Name>
    ) -> [Element] {
        var result = self
        for change in changes {
            if let place = result.firstIndex(where: { $0[keyPath: name] == change[keyPath: name] })
            {
                result[place] = change
            } else {
                result.append(change)
            }
        }
        return result
    }
}

extension OpeningHours {
    init(_ section: YAMLSection) throws(PolicyError) {
        try section.allow("days", "open")
        var spans: [Span] = []
        for text in try section.texts("open") {
            guard let span = Span(text), spans.last.map({ $0.closes <= span.opens }) ?? true else {
                throw section.wrong(
                    "open", "\(text): write spans in order, such as \"08:30-12:00\"")
            }
            spans.append(span)
        }
        guard !spans.isEmpty else { throw section.wrong("open", "write at least one span") }
        self = .spans(try section.choice("days"), spans)
    }
}

extension HotlineDraft.Providers {
    init(_ section: YAMLSection) throws(PolicyError) {
        try section.allow("namesAtLeast", "order", "agreement", "sanctions", "redWarningLast")
        namesAtLeast = try section.optionalText("namesAtLeast")
        redWarningLast = try section.optionalText("redWarningLast")
        order = section.has("order") ? try section.choices("order") : []
        isAgreementNeeded = try section.flag("agreement")
        sanctions = section.has("sanctions") ? try section.choices("sanctions") : []
    }
}

extension HotlineDraft.FollowUp {
    init(_ section: YAMLSection) throws(PolicyError) {
        try section.allow("grades", "fieldChecks")
        fieldChecks = try section.optionalText("fieldChecks")
        var grades: [Named] = []
        for (code, entry) in try section.sections("grades") {
            try entry.allow("zh", "en")
            guard Casework.FollowUp.Grade(rawValue: code) != nil else {
                throw try section.section("grades").wrong(
                    code, "write one of \(Casework.FollowUp.Grade.allCases.codes)")
            }
            grades.append(
                Named(
                    code: code, chinese: try entry.text("zh"), english: try entry.text("en"),
                    number: nil))
        }
        self.grades = grades
    }
}

extension YAMLSection {
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String
    ) throws(PolicyError) -> Choice where Choice.RawValue == String {
        let text = try text(key)
        guard let choice = Choice(rawValue: text) else {
            throw wrong(key, "\(text) is not one of \(Choice.allCases.codes)")
        }
        return choice
    }

    func choices<Choice: RawRepresentable & CaseIterable>(
        _ key: String
    ) throws(PolicyError) -> [Choice] where Choice.RawValue == String {
        var choices: [Choice] = []
        for text in try texts(key) {
            guard let choice = Choice(rawValue: text) else {
                throw wrong(key, "\(text) is not one of \(Choice.allCases.codes)")
            }
            choices.append(choice)
        }
        return choices
    }
}

extension Collection where Element: RawRepresentable, Element.RawValue == String {
    var codes: String { map(\.rawValue).joined(separator: ", ") }
}
