import Casework
import Ledger

/// The hotlines whose year the demonstration runs. The raw value is the folder of their policies.
package enum DemoOffice: String, CaseIterable, Sendable, Encodable {
    case chongqing = "chongqing-96000"
    case yantai = "yantai-89000"
    case weihai
    case dinghai

    var year: OfficeYear {
        switch self {
        case .chongqing: .chongqing
        case .yantai: .yantai
        case .weihai: .weihai
        case .dinghai: .dinghai
        }
    }

    /// How many calls a year has at full size.
    package var calls: Int { year.calls }
}

/// A hotline as the demonstration runs it: how much of what is called about, how its people act, and what
/// was published to compare with.
///
/// What the people do is generated; what the office makes of it follows from edition and procedure.
struct OfficeYear: Sendable {
    let office: DemoOffice
    /// Of the year, at full size.
    let calls: Int
    /// Where that number comes from.
    let basis: Words
    let groups: [CallGroup]
    let channels: [(weight: Double, choice: Channel)]
    /// Firms that business is referred to, by area, `""` where the edition knows none; empty: no firm is
    /// known by name.
    let firms: [String: [DemoFirm]]
    /// Bureaus that an order returned by another may be sent to.
    let bureaus: [String]
    /// Whole hundredths of finished complaints that are looked at on the spot.
    let fieldCheckPercent: Int
    /// Days until the call-back, where it is not made as soon as the limit allows.
    let callsMonthly: Bool
    let agents: Int
    /// The fee that the fund waives, where there is one.
    let waiver: WaiverMix?

    static let year = 2025
    static let firstDay = DemoCalendar.day(year, 1, 1)
    static let lastDay = DemoCalendar.day(year, 12, 31)
    static let zone = Zone.china
    static let opening = zone.moment(of: firstDay)
    /// What was registered before it is counted; what is left goes on to its end.
    static let cutoff = zone.moment(of: lastDay.advanced(by: 1))
    /// The last moment of the run: no order takes half a year.
    static let horizon = zone.moment(of: lastDay.advanced(by: 200))
}

/// Calls of one kind and area, and how they go.
struct CallGroup: Sendable {
    /// As published, or in hundredths where only shares are; any unit.
    let weight: Double
    let kind: String
    var area: String?
    /// What it is about, where the edition's `subject` asks; empty where it does not.
    var subjects: [(weight: Double, choice: String)] = []
    /// Facts that are true in such a share of the calls.
    var flags: [(fact: String, share: Double)] = []
    var emergencies: [(weight: Double, choice: String)] = []
    /// Bureaus concerned, where the edition asks; for subjects that several handle.
    var jointShare = 0.0
    /// By which its demands come, where not as those of the whole year.
    var channels: [(weight: Double, choice: Channel)]?
    var manner = Manner()
}

/// How bureaus and callers of a group act. Shares, 0…1.
struct Manner: Sendable {
    /// Reported done after the end of the limit.
    var late = 0.015
    /// Not satisfied at the last, of those reached.
    var dissatisfied = 0.02
    /// Grade B, of those reached.
    var mostly = 0.08
    var unreachable = 0.1
    /// Sent back as not theirs, the first time.
    var returned = 0.02
    /// Sent out, signed for or contacted after the limit.
    var slow = 0.02
    var asked = 0.03
    var tested = 0.005
    var extended = 0.015
    var withdrawn = 0.006
    var repeated = 0.0
    var reopened = 0.0
    var isUrgent = false
}

/// What the generator says of a fee that a fund bears.
struct WaiverMix: Sendable {
    let area: String
    /// Of business in that area.
    let share: Double
    /// In yuan.
    let fees: [(weight: Double, choice: Int64)]
    /// Of those asked for, what the measure does not cover.
    let notCovered: Double
}

/// A firm that the hotline refers business to.
struct DemoFirm: Hashable, Sendable {
    let id: ID<Merchant>
    let name: String
    let trade: String
    /// Callers it leaves dissatisfied, as a multiple of the group's.
    let bad: Double

    static func list(
        _ count: Int, prefix: String, named word: String, trade: String
    ) -> [DemoFirm] {
        // The worst leave twice as many dissatisfied; over all firms it comes to the group's share.
        let worst = min(5, count / 3)
        let others = Double(count - 2 * worst) / Double(count - worst)
        return (1...count).map { number in
            DemoFirm(
                id: ID("\(prefix)\(digits(number, 3))"), name: "\(word)\(number)号（模拟）",
                trade: trade, bad: number <= worst ? 2 : others)
        }
    }
}
