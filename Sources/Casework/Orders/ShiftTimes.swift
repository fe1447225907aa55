/// When a shift begins and ends. One that ends at or before it begins ends on the next day.
package struct ShiftTimes: Hashable, Sendable {
    /// Minutes of the day, 0…1,439.
    package let begins: Int
    /// Minutes of the day, 0…1,440.
    package let ends: Int

    /// Reads `08:30-17:30`, or `17:30-08:30` for a night; nil when it is neither.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let begins = OpeningHours.Span.minute(parts[0]),
            let ends = OpeningHours.Span.minute(parts[1]), begins < 1_440, ends <= 1_440,
            begins != ends
        else { return nil }
        self.begins = begins
        self.ends = ends
    }

    /// It ends on the day after the one it begins on.
    package var isOverNight: Bool { ends <= begins }

    /// 1…1,439, or 1,440 from midnight to midnight.
    package var minutes: Int { isOverNight ? 1_440 - begins + ends : ends - begins }
}
