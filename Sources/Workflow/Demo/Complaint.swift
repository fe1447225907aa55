import Casework
import Ledger

/// One generated complaint: what is brought to the desk, and what its tourist has at hand.
///
/// Nothing in it says how it ends.
struct Complaint: Sendable {
    let index: Int
    let at: Moment
    let filing: Filing
    /// The tourist, or the agent who takes it down.
    let filer: Actor
    /// By kind; a kind that is not here never comes.
    let evidence: [String: EvidencePlan]
    /// What an agent finds out about it, taken into the file with the last evidence.
    let findings: Facts
    /// Paid on by the agency and not refundable; asked of it when the policy needs it.
    let necessaryCosts: Money
    /// The account an advance would go to when the filing named none.
    let payee: Payee
}

struct EvidencePlan: Hashable, Sendable {
    /// How long after it was first asked for.
    let delayMs: Int64
    /// Another complaint's picture, sent again.
    let copyOf: Int?
}

/// What kind of complaint it is, as far as the generator tells kinds apart.
enum Flavour: Hashable, Sendable {
    /// A matter with a rule, in the circumstances the rule wants.
    case clear(String)
    /// A matter without a rule, or in circumstances in which none gives an amount.
    case unclear(String)
}

/// The generator's distributions. They were chosen so that with the seed `Demonstration.defaultSeed` the
/// policy's outcomes come near Sanya's published totals. No total stands here.
enum Mix {
    static let clear = 0.153
    static let duplicate = 0.04

    /// Of clear claims: small ones, and their amount in yuan.
    static let small = 0.385
    static let smallMean = 743.0
    static let smallSpread = 110.0
    /// The others: at least `largeFrom`, and how much more.
    static let largeFrom = 1_010.0
    static let largeMean = 3_900.0
    static let largeSpread = 0.85
    /// Of complaints without a clear amount: what is asked for.
    static let askedMean = 1_475.0
    static let askedSpread = 1.0

    static let clearMatters: [(weight: Double, choice: String)] = [
        (30, "goods-quality"), (14, "overcharge"), (8, "prepaid-closed"), (8, "not-performed"),
        (7, "boat-trip"), (6, "online-return"), (5, "unsigned-optional-item"), (5, "lower-grade"),
        (4, "illegal-surcharge"), (4, "item-skipped"), (3, "tourist-withdrew"),
        (3, "price-fraud"), (2, "group-not-formed"), (2, "force-majeure"),
        (2, "transferred-without-consent"), (2, "transport-delay"), (2, "forced-shopping"),
        (2, "food-safety"),
    ]
    static let unclearMatters: [(weight: Double, choice: String)] = [
        (50, "other"), (18, "hotel-cancellation"), (5, "island-queue"), (9, "goods-quality"),
        (7, "price-fraud"), (5, "food-safety"), (2, "forced-shopping"), (3, "online-return"),
        (1, "injury"),
    ]
    static let channels: [(weight: Double, choice: Channel)] = [
        (40, .wechat), (32, .phone), (10, .web), (8, .hotline), (4, .counter), (3, .sms),
        (3, .email),
    ]
    static let evidenceComes = 0.93
    static let atFault = 0.03

    /// What keeps a complaint from being accepted, each as a share of all.
    static let obstacles: [(weight: Double, choice: Obstacle?)] = [
        (0.3, .emergency), (0.4, .official), (2.0, .notTourism), (0.6, .notConsumption),
        (1.6, .outOfTerritory), (0.5, .court), (0.3, .arbitration), (1.0, .agency), (0.6, .settled),
        (0.3, .handled), (1.5, .late), (3.0, .anonymous), (0.8, .noInterest), (1.5, .noRespondent),
        (85.6, nil),
    ]

    enum Obstacle: Sendable {
        case emergency, official, notTourism, notConsumption, outOfTerritory, court, arbitration
        case agency, settled, handled, late, anonymous, noInterest, noRespondent
    }
}
