import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Whose money in suspense is: one person proposes, another decides.
enum SuspenseRoutes {
    static let all: [Route] = [
        Route(
            method: .post, path: "/api/v1/suspense/{account}/{key}/proposals",
            id: "proposeSuspense",
            summary: Phrase("提出待查款属于谁", "Propose whose a line in suspense is"),
            access: .action(.proposeSuspense), body: .form(SuspenseForm.self),
            success: .view(201, SuspenseClaimView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let key = call.part("key")
            guard let account = Account(text: call.part("account")),
                account == Posting.bank || account == Posting.platform
            else { throw Problem.noSuch(Phrase("账户", "account"), call.part("account")) }
            let (form, bytes) = try await call.form(SuspenseForm.self)
            let target = try form.target()
            return try await call.once(bytes) { work in
                let claim = try work.proposeSuspense(
                    key: key, on: account, as: target, amount: form.amount, reason: form.reason,
                    by: call.actor)
                return Effect(201, SuspenseClaimView(claim, work.books.zone))
            }
        },
        Route(
            method: .get, path: "/api/v1/suspense-proposals", id: "listSuspenseProposals",
            summary: Phrase("待决定的认领，旧的在前", "Proposals nobody has decided on, the oldest first"),
            access: .action(.readBooks), success: .view(200, SuspenseClaimListView.self)
        ) { call in
            let zone = call.zone
            let claims = try await call.office.read { try $0.openSuspenseClaims() }
            return Answer(
                SuspenseClaimListView(proposals: claims.map { SuspenseClaimView($0, zone) }))
        },
        decision(
            "confirmation", "confirmSuspense",
            Phrase("另一人确认认领并入账", "Confirm a proposal, as another person, and book it")
        ) { try $0.confirmSuspense($1, by: $2) },
        decision(
            "rejection", "rejectSuspense", Phrase("另一人驳回认领", "Reject a proposal, as another person")
        ) { try $0.rejectSuspense($1, by: $2) },
    ]

    private static func decision(
        _ name: String, _ id: String, _ summary: Phrase,
        _ decide: @escaping @Sendable (Work, Int64, Actor) throws -> SuspenseClaim
    ) -> Route {
        Route(
            method: .post, path: "/api/v1/suspense-proposals/{number}/\(name)", id: id,
            summary: summary, access: .action(.confirmSuspense), body: .form(EmptyForm.self),
            success: .view(200, SuspenseClaimView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let text = call.part("number")
            guard let number = Int64(text), number > 0 else {
                throw Problem.noSuch(Phrase("认领", "proposal"), text)
            }
            let (_, bytes) = try await call.form(EmptyForm.self)
            return try await call.once(bytes) { work in
                Effect(
                    200, SuspenseClaimView(try decide(work, number, call.actor), work.books.zone))
            }
        }
    }
}

struct SuspenseForm: Form {
    enum Kind: String, CaseIterable, Sendable {
        case `case`, merchant, tourist, payoutReturn, interest, grant
    }

    let kind: Kind
    let name: String?
    let amount: Money?
    let reason: String

    init(_ fields: Fields) {
        kind = fields.choice("as", placeholder: Kind.case, Phrase("属于", "what it is"))
        name = fields.textIfPresent(
            "target", upTo: 64,
            Phrase("案件、商家或打款的编号", "the number of the case or payout, or the merchant's id"))
        amount = fields.amountIfPresent(
            "amount_fen", Phrase("默认为该笔全部余额", "all of the line unless said"))
        reason = fields.text("reason", upTo: ReasonForm.limit_characters)
        if kind != .grant, kind != .interest, name == nil {
            fields.note("target", "必填，请补上", "is missing: add it")
        }
    }

    func target() throws(Problem) -> SuspenseClaim.Target {
        switch kind {
        case .grant: return .grant
        case .interest: return .interest
        case .merchant: return .merchant(ID(name ?? ""))
        case .payoutReturn: return .payoutReturn(name ?? "")
        case .case, .tourist:
            guard let id = CaseNumber.read(name ?? "") else {
                throw .malformedFields([
                    FieldProblem(
                        field: "target", text: Phrase("应为案件编号", "must be a case number"))
                ])
            }
            return kind == .case ? .recovery(id) : .tourist(id)
        }
    }
}

struct SuspenseClaimView: Codable, Sendable {
    let number: Int64
    let account: String
    let key: String
    let amountFen: Money
    /// `case`, `merchant`, `tourist`, `payoutReturn`, `interest`, `grant`.
    let kind: String
    let target: String
    let reason: String
    let proposedBy: String
    let proposedAt: Timestamp

    init(_ claim: SuspenseClaim, _ zone: Zone) {
        number = claim.number
        account = claim.account
        key = claim.key
        amountFen = claim.amount
        kind = claim.target.kind
        target = claim.target.name
        reason = claim.reason
        proposedBy = claim.proposedBy
        proposedAt = Timestamp(zone.text(claim.proposedAt))
    }
}

struct SuspenseClaimListView: Codable, Sendable {
    let proposals: [SuspenseClaimView]
}
