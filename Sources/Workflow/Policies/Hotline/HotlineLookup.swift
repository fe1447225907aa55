internal import Casework

extension Hotline {
    /// Looks up what the draft names.
    ///
    /// - Parameters:
    ///   - file: The edition's own `jurisdiction.yaml`, for complaints.
    ///   - bureaus: Of the edition, by code.
    init(
        _ draft: HotlineDraft, parameters: [Parameter], bureaus: [Named], file: String
    ) throws(PolicyError) {
        let find = Lookup(file: file, parameters: parameters, bureaus: bureaus)
        kinds = draft.kinds
        categories = draft.categories
        areas = draft.areas
        difficulties = draft.difficulties
        lineHours = draft.hours.first { $0.whose == "line" }?.hours ?? .always
        officeHours = draft.hours.first { $0.whose == "office" }?.hours
        var own: [String: OpeningHours] = [:]
        for entry in draft.hours where !["line", "office"].contains(entry.whose) {
            try find.check(bureau: entry.whose, "hours.\(entry.whose)")
            own[entry.whose] = entry.hours
        }
        bureauHours = own
        var shifts: [Shift] = []
        for entry in draft.shifts {
            shifts.append(
                Shift(
                    code: entry.code, chinese: entry.chinese, english: entry.english,
                    days: entry.days, times: entry.times,
                    seats: try find.integer(entry.seats, 1...10_000, "shifts.\(entry.code).seats")))
        }
        self.shifts = shifts
        providers = try draft.providers.map { rules throws(PolicyError) in
            try ProviderRules(rules, find)
        }
        followUp = FollowUpTerms(
            grades: draft.followUp?.grades ?? [],
            fieldCheckPercent: try find.integerIfNamed(
                draft.followUp?.fieldChecks, 1...100, "followUp.fieldChecks"))
        for entry in draft.supervision {
            guard let bureau = entry.bureau else { continue }
            try find.check(bureau: bureau, "supervision.\(entry.recipient.rawValue).bureau")
        }
        supervision = draft.supervision
        var leagues: [League] = []
        for entry in draft.weights { leagues.append(try League(entry, find)) }
        weights = leagues
        publishedSets = draft.publishedSets
    }
}

private struct Lookup {
    let file: String
    let parameters: [Parameter]
    let bureaus: [Named]

    func integer(
        _ name: String, _ range: ClosedRange<Int>, _ key: String
    ) throws(PolicyError) -> Int {
        guard case .integer(let number)? = parameters.first(where: { $0.name == name })?.value,
            let integer = Int(exactly: number), range.contains(integer)
        else {
            throw .wrongValue(
                file: file, key: key,
                mend: "\(name) is no parameter with a whole number of "
                    + "\(range.lowerBound) to \(range.upperBound); add it to parameters")
        }
        return integer
    }

    func integerIfNamed(
        _ name: String?, _ range: ClosedRange<Int>, _ key: String
    ) throws(PolicyError) -> Int? {
        guard let name else { return nil }
        return try integer(name, range, key)
    }

    func check(bureau: String, _ key: String) throws(PolicyError) {
        guard !bureaus.contains(where: { $0.code == bureau }) else { return }
        throw .wrongValue(
            file: file, key: key,
            mend: "\(bureau) is none of the bureaus: "
                + bureaus.map(\.code).joined(separator: ", "))
    }
}

extension ProviderRules {
    fileprivate init(_ draft: HotlineDraft.Providers, _ find: Lookup) throws(PolicyError) {
        namesAtLeast = try find.integerIfNamed(
            draft.namesAtLeast, 1...100, "providers.namesAtLeast")
        redWarningLast = try find.integerIfNamed(
            draft.redWarningLast, 1...1_000, "providers.redWarningLast")
        order = draft.order
        isAgreementNeeded = draft.isAgreementNeeded
        sanctions = draft.sanctions
    }
}

extension League {
    fileprivate init(_ draft: HotlineDraft.LeagueDraft, _ find: Lookup) throws(PolicyError) {
        name = draft.name
        var measures: [Weight] = []
        for (measure, parameter) in draft.measures {
            measures.append(
                Weight(
                    measure: measure,
                    percent: try find.integer(
                        parameter, 0...100, "weights.\(draft.name).\(measure)")))
        }
        let sum = measures.reduce(0) { $0 + $1.percent }
        guard sum == 100 else {
            throw .wrongValue(
                file: find.file, key: "weights.\(draft.name)",
                mend: "the weights add up to \(sum); make it 100")
        }
        self.measures = measures
    }
}
