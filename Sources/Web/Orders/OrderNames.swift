import Casework
import Workflow

/// What the codes of the hotline's procedure are called.
extension Names {
    /// - Parameter stage: As `OrderStage.name` writes it.
    static func orderStage(_ stage: String) -> Phrase {
        switch stage {
        case "registered": Phrase("已登记", "Registered")
        case "dispatched": Phrase("已派单，待签收", "Dispatched, not signed for")
        case "handling": Phrase("办理中", "In hand")
        case "finished": Phrase("已办结，待回访", "Done, to be followed up")
        case "closed": Phrase("已结案", "Closed")
        case "declined": Phrase("不予受理", "Declined")
        case "handedOver": Phrase("已移交", "Handed over")
        case "merged": Phrase("已并单", "Merged")
        case "withdrawn": Phrase("已撤回", "Withdrawn")
        default: Phrase(stage, stage)
        }
    }

    static func clock(_ clock: OrderClock) -> Phrase {
        switch clock {
        case .acceptance: Phrase("受理", "Acceptance")
        case .dispatch: Phrase("派单", "Dispatch")
        case .signing: Phrase("签收", "Signing")
        case .returning: Phrase("退回", "Returning")
        case .contact: Phrase("联系", "Contact")
        case .response: Phrase("响应", "Response")
        case .handling: Phrase("办结", "Handling")
        case .followUp: Phrase("回访", "Follow-up")
        }
    }

    static func recipient(_ recipient: Recipient) -> Phrase {
        switch recipient {
        case .receiver: Phrase("首接责任人", "the first receiver")
        case .bureau: Phrase("承办单位", "the bureau")
        case .assistingBureaus: Phrase("协办单位", "the assisting bureaus")
        case .supervisor: Phrase("主管", "the supervisor")
        case .supervision: Phrase("督办", "supervision")
        case .discipline: Phrase("纪检监察", "discipline inspection")
        }
    }

    static func party(_ party: OrderMessage.Party) -> Phrase {
        switch party {
        case .caller: Phrase("来电人", "the caller")
        case .agent: Phrase("坐席", "the desk")
        case .bureau: Phrase("承办单位", "the bureau")
        case .merchant: Phrase("商家", "the merchant")
        }
    }

    static func pause(_ reason: PauseReason) -> Phrase {
        switch reason {
        case .evidence: Phrase("等待来电人补充", "waits for the caller")
        case .callerAbsent: Phrase("联系不上来电人", "the caller cannot be reached")
        case .expertTest: Phrase("检测、鉴定", "an expert's test")
        case .systemFailure: Phrase("系统故障", "a failure of the system")
        }
    }

    static func fault(_ fault: BureauFault) -> Phrase {
        switch fault {
        case .shirking: Phrase("推诿", "shirking")
        case .perfunctory: Phrase("敷衍", "perfunctory")
        case .falsified: Phrase("弄虚作假", "falsified")
        case .delaying: Phrase("拖延", "delaying")
        }
    }

    static func grade(_ grade: FollowUp.Grade) -> Phrase {
        switch grade {
        case .a: Phrase("满意", "satisfied")
        case .b: Phrase("基本满意", "mostly satisfied")
        case .c: Phrase("不满意", "not satisfied")
        case .unreachable: Phrase("未接通", "not reached")
        }
    }

    static func step(_ step: TermClock.Step) -> Phrase {
        switch step {
        case .warning(let percent): Phrase("剩余\(percent)%预警", "warning at \(percent)% left")
        case .breach: Phrase("到期", "the end")
        case .escalation(let minutes): Phrase("逾期\(minutes)分钟升级", "escalation \(minutes) min late")
        }
    }

    static func basis(_ basis: ReferralBasis) -> Phrase {
        switch basis {
        case .ownWill: Phrase("按来电人意愿", "by the caller's will")
        case .nearest: Phrase("就近", "the nearest")
        case .local: Phrase("属地", "the local ones")
        }
    }

    static func outcome(_ outcome: OrderOutcome, _ sight: Sight) -> Phrase {
        switch outcome {
        case .answered: return Phrase("即时答复", "answered at once")
        case .referred(let provider?):
            return Phrase("推荐至\(provider)", "referred to \(provider)")
        case .referred(nil): return Phrase("未选所荐单位", "none of those named was wanted")
        case .solved: return Phrase("已解决", "solved")
        case .partly(let reason):
            let why = sight.text(reason)
            return Phrase("部分解决（\(why)）", "partly solved (\(why))")
        case .unsolved(let reason):
            let why = sight.text(reason)
            return Phrase("未解决（\(why)）", "not solved (\(why))")
        case .settledInKind(let what):
            let done = sight.text(what)
            return Phrase("现场了结（\(done)）", "settled in kind (\(done))")
        }
    }
}

/// What an edition calls its bureaus, kinds, categories and areas.
struct OrderNames: Sendable {
    private let edition: Edition

    init(_ edition: Edition) { self.edition = edition }

    /// The code itself where the edition does not name it.
    func bureau(_ code: String) -> Phrase {
        edition.bureaus.first { $0.code == code }.map { Phrase($0.chinese, $0.english) }
            ?? Phrase(code, code)
    }

    func bureaus(_ codes: [String]) -> Phrase {
        let names = codes.map(bureau)
        return Phrase(
            names.map(\.zh).joined(separator: "、"), names.map(\.en).joined(separator: ", "))
    }

    func area(_ code: String) -> Phrase {
        edition.hotline.areas.first { $0.code == code }.map { Phrase($0.chinese, $0.english) }
            ?? Phrase(code, code)
    }

    func kind(_ code: String) -> Phrase { name(code, edition.hotline.kinds) }
    func category(_ code: String) -> Phrase { name(code, edition.hotline.categories) }

    private func name(_ code: String, _ list: [OrderKind]) -> Phrase {
        list.first { $0.code == code }.map { Phrase($0.chinese, $0.english) } ?? Phrase(code, code)
    }
}
