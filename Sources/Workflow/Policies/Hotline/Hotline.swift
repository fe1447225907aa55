package import Casework

/// What an edition says of a hotline besides its order models: `kinds`, `categories`, `areas` … in
/// `jurisdiction.yaml`. Figures are parameters of the edition, so that each says where it comes from.
package struct Hotline: Hashable, Sendable {
    /// 诉求类型, in the order of the file. None: the edition takes no work orders.
    package let kinds: [OrderKind]
    /// What reports break down by.
    package let categories: [OrderKind]
    /// Parts of the jurisdiction with rules of their own.
    package let areas: [Named]
    /// Grades from 1, the simplest.
    package let difficulties: [Named]
    /// When the line is answered.
    package let lineHours: OpeningHours
    /// During which a limit in `office` hours runs, by bureau; `officeHours` for those not named.
    package let bureauHours: [String: OpeningHours]
    package let officeHours: OpeningHours?
    package let shifts: [Shift]
    package let providers: ProviderRules?
    package let followUp: FollowUpTerms
    /// Who stands behind a recipient, in the order of the file.
    package let supervision: [Supervisor]
    /// Weights of the measures of a league table, by table (`bureaus`, `providers`), in the order of the
    /// file; hundredths that add up to 100.
    package let weights: [League]
    /// In which forms the office's superiors know its figures, in the order they are printed.
    package let publishedSets: [PublishedSet]

    package var isOffered: Bool { !kinds.isEmpty }

    package func hours(of bureau: String) -> OpeningHours? { bureauHours[bureau] ?? officeHours }
}

/// A kind or a category of work orders.
package struct OrderKind: Hashable, Sendable {
    package let code: String
    package let chinese: String
    package let english: String
    /// 其他: reports show it by itself, and rates of satisfaction leave it out.
    package let isOther: Bool
}

/// 排班: how many people answer, and when.
package struct Shift: Hashable, Sendable {
    package let code: String
    package let chinese: String
    package let english: String
    package let days: OpeningHours.Days
    /// Nil where the edition does not say.
    package let times: ShiftTimes?
    /// People who answer.
    package let seats: Int
}

/// 加盟服务单位: firms that business is referred to.
package struct ProviderRules: Hashable, Sendable {
    /// At least so many are named to a caller who asks for help in choosing; nil: no such rule.
    package let namesAtLeast: Int?
    package let order: [Preference]
    /// 质量保证协议: a firm joins by signing one.
    package let isAgreementNeeded: Bool
    /// What becomes of a firm whose call-backs are bad, the mildest first.
    package let sanctions: [Standing]
    /// 红色警告: so many at the end of the year's league table get one; nil: no such rule.
    package let redWarningLast: Int?

    package enum Preference: String, Hashable, Sendable, CaseIterable {
        case ownWill
        case nearest
        /// 属地化: in the caller's own district.
        case territorial
    }
}

package struct FollowUpTerms: Hashable, Sendable {
    /// What each grade means here, in the order of the file.
    package let grades: [Named]
    /// Hundredths of the complaints that somebody looks into on the spot; nil: none.
    package let fieldCheckPercent: Int?
}

/// Who hears of limits as `recipient`.
package struct Supervisor: Hashable, Sendable {
    package let recipient: Recipient
    package let chinese: String
    package let english: String
    /// The bureau that stands behind it, where it is one.
    package let bureau: String?
}

package struct League: Hashable, Sendable {
    package let name: String
    package let measures: [Weight]

    package struct Weight: Hashable, Sendable {
        package let measure: String
        package let percent: Int
    }
}
