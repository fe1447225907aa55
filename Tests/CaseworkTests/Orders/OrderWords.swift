import Casework
import Ledger

extension OrderCommand {
    /// A command as a script writes it; nil when it is not one.
    init?(_ verb: String, _ words: [String]) {
        let first = words.first ?? ""
        let second = words.dropFirst().first ?? ""
        let rest = words.dropFirst().joined(separator: " ")
        let all = words.joined(separator: " ")
        switch verb {
        case "accept": self = .accept
        case "sort":
            self = .sort(
                Sorting(kind: first, category: "0199", area: nil), OrderSample.terms(),
                reason: rest)
        case "answer": self = .answer(OrderAnswer(text: all, article: "kb-7"))
        case "passToDuty": self = .passToDuty(reason: all)
        case "name":
            guard let basis = ReferralBasis(rawValue: first) else { return nil }
            self = .nameProviders(Array(words.dropFirst()), by: basis)
        case "choose": self = .chooseProvider(first == "none" ? nil : first)
        case "decline": self = .decline(code: first, reason: second, referral: "court")
        case "emergency":
            let times = words.dropFirst().compactMap { Int($0) }
            guard times.count == 3 else { return nil }
            let moments = times.map { OrderSample.start.advanced(byMinutes: $0) }
            self = .handOver(
                .emergency(
                    line: first,
                    call: ThreeWayCall(
                        dialledAt: moments[0], joinedAt: moments[1], endedAt: moments[2])))
        case "discipline": self = .handOver(.discipline(body: all))
        case "merge": self = .merge(into: ID(first))
        case "absorb":
            self = .absorb(
                Duplicate(
                    id: ID(first),
                    demand: OrderSample.demand(
                        text: "again", facts: second.isEmpty ? [:] : [second: .flag(true)])))
        case "link": self = .link(.compensation(ID(first)))
        case "facts": self = .addFacts([first: .flag(true)], reason: rest)
        case "evidence": self = .addEvidence(OrderSample.evidence(first))
        case "pass": self = .passResponsibility(to: first, reason: rest)
        case "dispatch": self = .dispatch(lead: first, assisting: Array(words.dropFirst()))
        case "designate":
            self = .designate(lead: first, assisting: Array(words.dropFirst(2)), reason: second)
        case "meeting":
            self = .settleAtMeeting(
                lead: first, assisting: Array(words.dropFirst(2)), minutes: second)
        default:
            guard let command = Self.handling(verb, words, all) else { return nil }
            self = command
        }
    }

    private static func handling(_ verb: String, _ words: [String], _ all: String) -> Self? {
        let first = words.first ?? ""
        let rest = words.dropFirst().joined(separator: " ")
        let message: (OrderMessage.Party) -> OrderMessage = {
            OrderMessage(channel: Channel(rawValue: first) ?? .phone, from: $0, text: rest)
        }
        switch verb {
        case "acknowledge": return .acknowledge(by: first == "telephone" ? .telephone : .system)
        case "return": return .returnNotOurs(reason: all)
        case "contact": return .recordContact(note: all)
        case "response": return .recordResponse(note: all)
        case "report": return .report(text: all)
        case "ask": return .ask(question: all)
        case "message": return .addMessage(message(.caller))
        case "note": return .addMessage(message(.agent))
        case "reply": return .reply(message(.caller))
        case "pause": return PauseReason(rawValue: first).map { .pause($0, note: rest) }
        case "resume": return .resume(note: all)
        case "askExtension": return .askExtension(by: Int(first) ?? 0, reason: rest)
        case "grantExtension": return .grantExtension
        case "refuseExtension": return .refuseExtension(reason: all)
        case "agree":
            return .recordAgreement(
                Agreement(text: rest, first == "less" ? .lessThanClaimed : .asClaimed))
        case "consent": return .recordConsent(member: first, reference: "letter")
        case "finish":
            let outcomes: [String: OrderOutcome] = [
                "solved": .solved, "partly": .partly(reason: rest),
                "unsolved": .unsolved(reason: rest), "inKind": .settledInKind(what: rest),
                "answered": .answered,
            ]
            return outcomes[first].map { .finish($0, reply: rest) }
        case "remind": return .remind(note: all)
        case "supervise": return .supervise(reason: all)
        case "fault": return .listFault(.shirking, bureau: first, reason: rest)
        case "look":
            return .recordFieldCheck(
                first == "good" ? .asReported(note: rest) : .notAsReported(reason: rest))
        case "call":
            let cause: [String: DissatisfactionCause] = [
                "bureau": .bureau, "circumstances": .circumstances,
            ]
            return FollowUp.Grade(rawValue: first).map {
                .followUp($0, cause: cause[rest], note: "called")
            }
        case "close": return .close
        case "withdraw": return .withdraw(reason: all)
        case "reopen": return .reopen(newFacts: all)
        case "fire":
            let steps: [String: TermClock.Step] = [
                "breach": .breach, "warning-20": .warning(percentLeft: 20),
                "escalation-1440": .escalation(afterMinutes: 1_440),
            ]
            guard let clock = OrderClock(rawValue: first), let step = steps[rest] else {
                return nil
            }
            return .fire(clock, step)
        default: return nil
        }
    }
}
