package import Ledger

/// What one case or work order adds to the reports: every measure follows from records alone.
///
/// It knows no name, number or story of a person. A storage format: a field that joins later is
/// optional, and what is written stays readable.
package struct ReportRecord: Hashable, Sendable, Codable {
    /// The number of the case or work order.
    package let id: String
    /// The day of the office's zone on which it was registered. Most cells count on this day.
    package let registered: Day
    package var facets: Facets
    package var merchant: ID<Merchant>?
    /// The merchant was on the scheme's list on the day that counts.
    package var isEnrolled = false
    /// A complaint, as the published sets of the scheme count them.
    package var isComplaint = false
    package var isUrgent = false
    /// Handled by several bureaus together (联动、联合处置).
    package var isJoint = false
    package var isAccepted = false
    /// The day of the last ending; nil while it is open, also after a reopening.
    package var ended: Day?
    /// How it ended; nil while it is open.
    package var outcome: Outcome?
    /// How long each stretch took, once it is over.
    package var spans: [Speed: Span] = [:]
    /// The limits that were kept or breached so far; one that still runs in time is not here.
    package var limits: [LimitName: LimitResult] = [:]
    package var dispatches = 0
    /// Sent back by a bureau as not its own.
    package var returns = 0
    package var isReopened = false
    /// The same person's same matter, brought again.
    package var isRepeat = false
    package var isExtended = false
    /// The last answer to the follow-up calls; nil while nobody called.
    package var followUp: FollowUp.Grade?
    package var isContested = false
    /// A decision was taken back on objection, review or audit.
    package var isOverturned = false
    package var money = Flows()
    /// The merchant did not pay the fund within the limit.
    package var isInDefault = false
    /// Stable codes of the signs that hit.
    package var riskFlags: [String] = []
    /// What a person found about the signs; nil while nobody has looked.
    package var isRiskConfirmed: Bool?
    /// Steps a person took against or around a rule, each with its reason in the events.
    package var overrides = 0
    /// Commands refused because another person must give them.
    package var refusedAttempts = 0

    package init(id: String, registered: Day, facets: Facets) {
        self.id = id
        self.registered = registered
        self.facets = facets
    }

    /// What a record is sorted by; codes of the edition, empty where it is not known.
    package struct Facets: Hashable, Sendable, Codable {
        /// `complaint`, `enquiry`, `repair` …
        package var kind: String
        /// The report counts this kind as "other" (其他), and leaves it out where a measure says so.
        package var isOther: Bool
        package var category: String
        package var area: String
        /// The bureau that has it, or had it last.
        package var bureau: String
        package var channel: String
        /// The edition of the rules it is handled under, as its terms name it; nil in records written
        /// before editions were kept.
        package var edition: String?

        package init(
            kind: String, isOther: Bool = false, category: String, area: String = "",
            bureau: String = "", channel: String, edition: String? = nil
        ) {
            self.kind = kind
            self.isOther = isOther
            self.category = category
            self.area = area
            self.bureau = bureau
            self.channel = channel
            self.edition = edition
        }
    }

    package enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
        case solved, partlySolved, notSolved, withdrawn, declined
        /// To an emergency line, to the body for discipline, or to a provider of the caller's choice.
        case referred
        /// Joined to an earlier one about the same loss.
        case merged
    }

    /// Milliseconds that ran, and milliseconds during which the clock stood still.
    package struct Span: Hashable, Sendable, Codable {
        package let usedMs: Int64
        package let pausedMs: Int64

        package init(usedMs: Int64, pausedMs: Int64 = 0) {
            self.usedMs = max(0, usedMs)
            self.pausedMs = max(0, pausedMs)
        }
    }

    package struct LimitResult: Hashable, Sendable, Codable {
        package let isKept: Bool
        /// By how many milliseconds it was missed; as far as known while it still runs.
        package let overMs: Int64

        package init(isKept: Bool, overMs: Int64) {
            self.isKept = isKept
            self.overMs = max(0, overMs)
        }

        package static let kept = LimitResult(isKept: true, overMs: 0)

        package static func breached(byMs overMs: Int64) -> LimitResult {
            LimitResult(isKept: false, overMs: overMs)
        }
    }

    /// The money of handbook §2.2, never mixed: gross, whatever became of it afterwards.
    package struct Flows: Hashable, Sendable, Codable {
        /// What the rules let the fund put up; nil where it does not meet the conditions (符合条件).
        package var eligible: Money?
        package var quickPaid: Money?
        package var reserved: Money?
        package var released: Money?
        package var returned: Money?
        /// Paid by the merchant before any advance was made (未动用先行赔付解决).
        package var withoutAdvance: Money?
        /// What the tourist has got back, from whomever (挽回损失).
        package var recovered: Money?
        /// What the merchant must pay the fund; nil while no recovery is open.
        package var recoverable: Money?
        /// What the merchant has paid the fund of it.
        package var repaid: Money?

        package init() {}
    }
}

/// A record that takes the place of another, or comes new, or goes.
package struct RecordChange: Hashable, Sendable {
    package let old: ReportRecord?
    package let new: ReportRecord?

    package init(from old: ReportRecord?, to new: ReportRecord?) {
        self.old = old
        self.new = new
    }
}

/// A stretch of time whose length is reported.
package enum Speed: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    /// 受理: from registration until it is accepted, answered or declined.
    case acceptance
    /// 审核与先行赔付预处置: until the advance is decided or the audit is done.
    case decision
    /// 办结: until the caller has an answer.
    case handling
}

/// A limit whose keeping is reported.
package enum LimitName: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case acceptance, dispatch, signing, contact, response, decision, handling, followUp
}
