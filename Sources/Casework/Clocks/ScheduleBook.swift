/// The schedules at hand: the hotline's, the bureaus', and the earlier ones that clocks still run by.
package struct ScheduleBook: Sendable {
    private let hotline: WorkSchedule
    private let bureaus: [String: WorkSchedule]
    private let byEdition: [String: WorkSchedule]

    /// - Parameters:
    ///   - bureaus: Those with hours of their own.
    ///   - past: Every edition that a clock was ever set by.
    package init(
        hotline: WorkSchedule, bureaus: [String: WorkSchedule] = [:], past: [WorkSchedule] = []
    ) {
        self.hotline = hotline
        self.bureaus = bureaus
        let current = [hotline] + bureaus.values.sorted { $0.edition < $1.edition }
        var byEdition: [String: WorkSchedule] = [:]
        // Where only years were added, a clock that runs on into them can be told its end.
        for earlier in past {
            byEdition[earlier.edition] = current.first { $0.extends(earlier) } ?? earlier
        }
        for each in current { byEdition[each.edition] = each }
        self.byEdition = byEdition
    }

    /// By what a clock that starts now is set.
    package func schedule(for bureau: String?) -> WorkSchedule {
        bureau.flatMap { bureaus[$0] } ?? hotline
    }

    /// By what a clock of this edition is counted; nil when it is not at hand.
    package func schedule(of edition: String) -> WorkSchedule? { byEdition[edition] }

    /// Every edition at hand, by name.
    package var editions: [String] { byEdition.keys.sorted() }
}
