import Casework
import HTTPTypes
import Ledger
import Workflow

/// The commands of payouts that wait, and of a recovery's later life.
enum LaterCommands {
    static let all: [Route] = payouts + recovery + claimBack

    private static let payouts: [Route] = [
        CaseCommands.command(
            "payout-clearance", .clearPayout, ReasonForm.self,
            Phrase("核查后允许付款（须另一人）", "Let the payout go after a look, as another person")
        ) {
            .clearPayout(reason: $0.reason)
        },
        CaseCommands.command(
            "unclaimed-return", .proposeUnclaimedReturn, ReasonForm.self,
            Phrase("提出将无人领取的款项退回资金池", "Propose to return what the tourist never collected")
        ) {
            .proposeUnclaimedReturn(reason: $0.reason)
        },
        CaseCommands.command(
            "unclaimed-return-approval", .approveUnclaimedReturn, EmptyForm.self,
            Phrase("另一人同意退回资金池", "Approve the return, as another person")
        ) { _ in .approveUnclaimedReturn },
    ]

    private static let recovery: [Route] = [
        CaseCommands.dated(
            "assignment", .recordAssignment, Phrase("登记债权转让书", "Record the deed of assignment")
        ) {
            .recordAssignment(Recovery.Deed(reference: $0.proof, signedOn: $0.day))
        },
        CaseCommands.dated(
            "demand", .demand, Phrase("再次催告，诉讼时效重新计算", "Demand again; the limitation begins anew")
        ) {
            .demand(on: $0.day, proof: $0.proof)
        },
        CaseCommands.command(
            "plan", .agreePlan, PlanForm.self, Phrase("约定分期偿还", "Agree on instalments")
        ) {
            .agreePlan($0.instalments)
        },
        CaseCommands.received(
            "interest", .recordInterest, Phrase("登记收到的利息", "Record interest that came in")
        ) {
            .recordInterest($0.amount, reference: $0.reference, on: $0.day)
        },
        CaseCommands.command(
            "write-off-rejection", .rejectWriteOff, ReasonForm.self,
            Phrase("另一人不同意核销", "Reject the write-off, as another person")
        ) {
            .rejectWriteOff(reason: $0.reason)
        },
    ]

    private static let claimBack: [Route] = [
        CaseCommands.command(
            "double-payment", .findDoublePayment, MerchantPaymentForm.self,
            Phrase("发现商家另已付款给游客", "Found: the merchant paid the tourist as well")
        ) {
            .findDoublePayment($0.amount, proof: $0.proof)
        },
        CaseCommands.command(
            "claim-back", .claimBack, ReasonForm.self,
            Phrase("另一人决定向游客追回", "Claim it back from the tourist, as another person")
        ) {
            .claimBack(reason: $0.reason)
        },
        CaseCommands.dated(
            "claim-back-notice", .notifyClaimBack,
            Phrase("登记退还通知的送达", "Record that the tourist was told")
        ) {
            .notifyClaimBack(Recovery.Notice(servedOn: $0.day, proof: $0.proof))
        },
        CaseCommands.received(
            "claim-back-repayment", .recordTouristRepayment,
            Phrase("登记游客退还", "Record the tourist's repayment")
        ) {
            .recordTouristRepayment($0.amount, reference: $0.reference, on: $0.day)
        },
        CaseCommands.command(
            "claim-back-write-off-proposal", .proposeClaimBackWriteOff, ReasonForm.self,
            Phrase("提议核销应由游客退还款", "Propose to write off what the tourist owes back")
        ) {
            .proposeClaimBackWriteOff(reason: $0.reason)
        },
        CaseCommands.command(
            "claim-back-write-off", .approveClaimBackWriteOff, EmptyForm.self,
            Phrase("另一人同意核销应由游客退还款", "Agree to that write-off, as another person")
        ) { _ in
            .approveClaimBackWriteOff
        },
    ]
}

/// Something that was done on a day, and what proves it.
struct DatedForm: Form {
    let day: Day
    let proof: String

    init(_ fields: Fields) {
        day = fields.day("on", Phrase("哪一天", "the day"))
        proof = fields.text("proof", upTo: 400, Phrase("凭据", "what proves it"))
        if !proof.contains(where: { !$0.isWhitespace }) {
            fields.note("proof", "请填写", "is empty: fill it in")
        }
    }
}

struct PlanForm: Form {
    static let limit_instalments = 60
    let instalments: [Recovery.Instalment]

    init(_ fields: Fields) {
        instalments = fields.objects(
            "instalments", InstalmentForm.self, upTo: Self.limit_instalments,
            Phrase("按日期先后", "in the order of their days")
        ).map(\.instalment)
        if instalments.isEmpty { fields.note("instalments", "至少一期", "name at least one") }
    }
}

struct InstalmentForm: Form {
    let instalment: Recovery.Instalment

    init(_ fields: Fields) {
        let day = fields.day("due_on", Phrase("到期日", "when it is due"))
        instalment = Recovery.Instalment(dueOn: day, amount: fields.amount("amount_fen"))
    }
}
