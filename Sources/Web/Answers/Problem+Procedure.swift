import Casework
import Ledger
import Store
import Workflow

extension Problem {
    init(_ refusal: Refusal) {
        switch refusal {
        case .notPermitted:
            self = .forbidden
        case .notYourBureau(let handling):
            self.init(
                403, "not_your_bureau", Phrase("不是本单位的案件", "Not your bureau's case"),
                Phrase("该案由\(handling)承办。", "The case is handled by \(handling)."))
        case .notYourCase: self = .notYourCase
        case .moneyOpen:
            self.init(
                409, "money_open", Phrase("资金未了结", "Money is still open"),
                Phrase(
                    "还有冻结、应付或在途的款项；了结后再办结。",
                    "Money is reserved, payable or on its way; settle it, then close the case."))
        case .noticeNotServed:
            self.init(
                409, "notice_not_served", Phrase("尚未送达通知", "The notice was not served"),
                Phrase(
                    "须先登记追偿通知书的送达（POST …/notice）。",
                    "Record first that the notice was served (POST …/notice)."))
        case .assignmentMissing:
            self.init(
                409, "assignment_missing", Phrase("尚未取得债权转让", "The claim was not made over"),
                Phrase(
                    "付款到账时自动取得；纸质转让书请先登记（POST …/assignment）。",
                    "It comes with the payout; record a deed on paper first (POST …/assignment)."))
        case .planUnfit(let outstanding):
            let text = Phrase(
                "日期须自明天起逐期递增，合计须为\(outstanding)元",
                "must be dated one after the other from tomorrow on, and add up to \(outstanding) yuan"
            )
            self.init(
                422, "plan_unfit", Phrase("分期安排不合要求", "The plan is not as it must be"),
                Phrase("\(text.zh)。", "The instalments \(text.en)."),
                errors: [FieldProblem(field: "instalments", text: text)])
        case .outOfTurn(let command, let stage):
            let name = Names.stage(stage.name)
            let asked = CaseCommands.name(of: command)
            self.init(
                409, "out_of_turn", Phrase("现在不能办", "Not now"),
                Phrase(
                    "案件处于“\(name.zh)”，此时不能“\(asked.zh)”；请先查看案件。",
                    "The case is \(name.en.lowercased()) (\(stage.name)), where “\(asked.en)” (\(command.rawValue)) cannot be done;"
                        + " look at the case first."))
        case .payoutOpen(let number):
            self.init(
                409, "payout_open", Phrase("已有一笔打款在途", "A payout is under way"),
                Phrase(
                    "\(number)尚无结果，再付会重复；请等它有结果。",
                    "\(number) has no result yet, another would pay twice; wait for it."))
        case .reasonMissing:
            self.init(
                422, "reason_missing", Phrase("缺少理由", "A reason is missing"),
                Phrase("请填写理由、证明或凭据号。", "Write the reason, the proof or the reference."),
                errors: [
                    FieldProblem(field: "reason", text: Phrase("请填写", "is missing: fill it in"))
                ])
        case .separationOfDuties(_, let actor):
            self.init(
                403, "separation_of_duties", Phrase("须由另一人办理", "Another person must do this"),
                Phrase(
                    "\(actor)已登记、经办、提出或同意过此事，须由他人办理。",
                    "\(actor) filed, prepared, proposed or approved it already; someone else must do this."
                ))
        case .approvalNotWanted(let role):
            let name = Names.role(role)
            self.init(
                409, "approval_not_wanted", Phrase("不待此角色审批", "This approval is not waited for"),
                Phrase(
                    "您不具有“\(name.zh)”角色，或该笔赔付不待它审批。",
                    "You do not hold the role \(role.rawValue), or the advance does not wait for it."
                ),
                errors: [
                    FieldProblem(
                        field: "role",
                        text: Phrase(
                            "见案件的advance.outstanding", "see advance.outstanding of the case"))
                ])
        case .amountOutOfRange(let amount, let limit):
            let text = Phrase(
                "应大于0且不超过\(limit)元，现为\(amount)元",
                "must be above 0 and at most \(limit) yuan, and is \(amount)")
            self.init(
                422, "amount_out_of_range", Phrase("金额超出范围", "The amount is out of range"),
                Phrase("金额\(text.zh)。", "The amount \(text.en)."),
                errors: [FieldProblem(field: "amount_fen", text: text)])
        case .payeeMissing:
            self.init(
                409, "payee_missing", Phrase("没有收款账户", "There is no payee"),
                Phrase("请先登记收款账户（POST …/payee）。", "Name the account first (POST …/payee)."))
        case .payoutUnknown(let number):
            self = .noSuch(Phrase("打款", "payout"), number)
        case .payoutNotConfirmed, .payoutReturned, .returnDiffers:
            self = .notThatReturn(refusal)
        case .clockNotDue(let clock, let step):
            self.init(
                409, "clock_not_due", Phrase("时限未到", "The clock is not due"),
                Phrase(
                    "\(Names.clock(clock).zh)的\(step.rawValue)尚未到期。",
                    "\(clock.rawValue) \(step.rawValue) is not due."))
        }
    }

    /// Why a line is not the return of the payout that was named.
    private static func notThatReturn(_ refusal: Refusal) -> Problem {
        let (status, code, field, text): (Int, String, String, Phrase) =
            switch refusal {
            case .payoutReturned(let number):
                (
                    409, "payout_returned", "target",
                    Phrase(
                        "\(number)已退过票，款项已重新应付；这一笔另有来由。",
                        "\(number) came back before and is owed again; this money is something else."
                    )
                )
            case .returnDiffers(let amount, let whole):
                (
                    422, "return_differs", "amount_fen",
                    Phrase(
                        "该笔打款为\(whole)元，退票须整笔退回，这里是\(amount)元；一行含多笔的，请填这一笔的金额。",
                        "The payout was \(whole) and comes back whole; this is \(amount). Of a line that holds"
                            + " several, name the amount of this one.")
                )
            default:
                (
                    409, "payout_not_confirmed", "target",
                    Phrase(
                        "这笔打款尚未确认到账，谈不上退票；请先查明它的结果。",
                        "The payout is not known to have arrived, so it cannot have come back; find out first."
                    )
                )
            }
        return Problem(
            status, code, Phrase("不是这笔打款的退票", "Not that payout's return"), text,
            errors: [FieldProblem(field: field, text: text)])
    }

    init(_ refusal: StandingRefusal) {
        switch refusal {
        case .outOfTurn(let from, let to):
            let (before, after) = (Names.standing(from), Names.standing(to))
            self.init(
                409, "standing_out_of_turn",
                Phrase("状态不能这样变更", "This change of standing cannot be"),
                Phrase(
                    "当日为“\(before.zh)”，不能改为“\(after.zh)”。",
                    "On that day it is \(from.rawValue), which \(to.rawValue) cannot follow."),
                errors: [
                    FieldProblem(field: "standing", text: Phrase("换一个状态", "take another standing"))
                ])
        case .backDated(let last, let wanted):
            self.init(
                409, "standing_back_dated", Phrase("不能改写历史", "History is not rewritten"),
                Phrase(
                    "最近一次变更自\(last)起，\(wanted)早于它；请填\(last)或以后的日期。",
                    "The last change holds from \(last), and \(wanted) is earlier; give \(last) or a later day."
                ),
                errors: [
                    FieldProblem(
                        field: "from", text: Phrase("不早于\(last)", "must not be before \(last)"))
                ])
        case .starsOutOfRange(let stars):
            let text = Phrase("应为1至5，现为\(stars)", "must be 1 to 5, and is \(stars)")
            self.init(
                422, "stars_out_of_range", Phrase("星级超出范围", "No such rating"),
                Phrase("\(text.zh)。", "The stars \(text.en)."),
                errors: [FieldProblem(field: "stars", text: text)])
        case .notOnTheList(let standing):
            self.init(
                409, "not_on_the_list", Phrase("商家不在名录", "It is not on the list"),
                Phrase(
                    "当日状态为“\(Names.standing(standing).zh)”，不能评星。",
                    "On that day it is \(standing.rawValue): there is nothing to rate."))
        }
    }

    init(_ error: WorkflowError) {
        switch error {
        case .noSuchCase(let number): self = .noSuch(Phrase("案件", "case"), number)
        case .noSuchMerchant(let id): self = .noSuch(Phrase("商家", "merchant"), id)
        case .noSuchToken(let name): self = .noSuch(Phrase("令牌", "token"), name)
        case .changedMeanwhile(let id, let version):
            self.init(
                412, "changed_meanwhile", Phrase("案件已被他人更改", "Someone else changed the case"),
                Phrase(
                    "\(id)现为第\(version)版；请重新查看后再办。",
                    "\(id) is at version \(version) now; read it again, then decide again."))
        case .keyReused(let key):
            self.init(
                422, "idempotency_key_reused",
                Phrase("Idempotency-Key已用过", "The Idempotency-Key was used"),
                Phrase(
                    "\(key)先前用于另一请求；新的请求请用新的键。",
                    "\(key) came before with another request; a new request needs a new key."))
        case .notPermitted:
            self = .forbidden
        case .unfit(let problems):
            self.init(
                422, "unfit", Phrase("填写内容不合要求", "What was written is not fit"),
                Phrase(
                    "请按errors逐项更正：\(problems.map { "\($0.field) \($0.chinese)" }.joined(separator: "；"))。",
                    "Correct each of errors: "
                        + problems.map { "\($0.field) \($0.english)" }.joined(separator: "; ") + "."
                ),
                errors: problems.map { FieldProblem($0) })
        case .evidenceTooLarge(let limit): self = .fileTooLarge(limit)
        case .evidenceTooMany(let limit):
            self.init(
                409, "evidence_too_many", Phrase("证据太多", "Too much evidence"),
                Phrase("一案最多\(limit)份；请合并后再交。", "A case takes at most \(limit) files; join some."))
        case .evidenceType:
            self.init(
                415, "evidence_type", Phrase("不接受这种文件", "This type of file is not taken"),
                Phrase(
                    "接受JPEG、PNG、GIF、WebP、HEIC、PDF、MP4、MP3、WAV和纯文本，按内容识别；压缩包、网页和Office文件请另存。",
                    "JPEG, PNG, GIF, WebP, HEIC, PDF, MP4, MP3, WAV and plain text are taken, told by their"
                        + " content; save archives, web pages and Office files as one of these."))
        case .evidenceInfected:
            self.init(
                422, "evidence_refused", Phrase("文件未通过安全检查", "The file is not safe"),
                Phrase(
                    "安全检查认为这个文件有害，未予保存。请换一个文件，例如重新拍照。",
                    "The scanner says that this file is harmful; it was not kept. Send another, such as a"
                        + " new photograph."))
        case .evidenceNotScanned:
            self.init(
                503, "evidence_not_scanned", Phrase("暂时无法检查文件", "The file could not be checked"),
                Phrase(
                    "文件须先经安全检查，现在无法检查，未予保存。请稍后再试。",
                    "Files are checked before they are kept, and that is not possible now. Nothing was kept;"
                        + " try again later."))
            retryAfter = 30
        case .statementAccount(let number):
            self.init(
                422, "statement_account", Phrase("不是本资金的账户", "Not an account of this fund"),
                Phrase(
                    "对账单属于账户\(number)；请核对文件。",
                    "The statement is of account \(number); check the file."))
        case .periodNotReady(let problems):
            self.init(
                409, "period_not_ready", Phrase("还不能结账", "The period cannot be closed yet"),
                Phrase(
                    "\(problems.map(\.chinese).joined(separator: "；"))。",
                    "\(problems.map(\.english).joined(separator: "; "))."),
                errors: problems.map { FieldProblem($0) })
        case .periodClosed(let period):
            self.init(
                409, "period_closed", Phrase("已结账", "The period is closed"),
                Phrase(
                    "\(period)及以前已结账；更正须记入以后的日期。",
                    "\(period) and before are closed; book a correction on a later day."))
        case .notProposed(let period):
            self.init(
                409, "not_proposed", Phrase("尚未提请结账", "Nobody has put the period forward"),
                Phrase(
                    "请先由一人提请结\(period)的账，再由另一人同意。",
                    "One person puts \(period) forward first, then another agrees."))
        case .anotherPersonNeeded(let action, let actor):
            self.init(
                403, "separation_of_duties", Phrase("须由另一人办理", "Another person must do this"),
                Phrase(
                    "\(actor.name)已提出或经手款项，不能再办理\(action)；请由他人办理。",
                    "\(actor.name) proposed it or moved the money; someone else must do \(action).")
            )
        case .noSuchClaim(let number): self = .noSuch(Phrase("认领", "proposal"), "\(number)")
        case .noFund(let jurisdiction):
            self.init(
                409, "no_fund", Phrase("没有资金", "There is no fund"),
                Phrase(
                    "\(jurisdiction)的办法没有设立资金，不能收付、入账；请登记为工单。",
                    "The editions of \(jurisdiction) name no fund: nothing is granted, paid or booked;"
                        + " register a work order."))
        case .claimDecided(let number):
            self.init(
                409, "claim_decided", Phrase("已有决定", "It was decided before"),
                Phrase(
                    "认领\(number)已确认或驳回；请重新提出。",
                    "Proposal \(number) was confirmed or rejected; make a new one."))
        case .noSuchArticle(let id): self = .noSuch(Phrase("知识", "article"), id)
        case .noSuchOrder(let number): self = .noSuch(Phrase("工单", "work order"), number)
        case .orderChangedMeanwhile(let id, let version):
            self.init(
                412, "changed_meanwhile", Phrase("工单已被他人更改", "Someone else changed the order"),
                Phrase(
                    "\(id)现为第\(version)版；请重新查看后再办。",
                    "\(id) is at version \(version) now; read it again, then decide again."))
        case .noSuchPaymentFile(let id):
            self = .noSuch(Phrase("付款文件", "payment file"), id)
        case .paymentFileDecided(let id, let state):
            self.init(
                409, "payment_file_decided", Phrase("已有决定", "It was decided before"),
                Phrase(
                    "付款文件\(id)已\(state == .released ? "放行" : "撤回")。",
                    "Payment file \(id) was \(state.rawValue) before."))
        case .paymentFileNotReleased(let id):
            self.init(
                409, "payment_file_not_released", Phrase("尚未放行", "It was not released"),
                Phrase(
                    "付款文件\(id)须先由另一人放行。", "Another person must release payment file \(id) first."))
        case .nothingToPay(let leftOut):
            self.init(
                409, "nothing_to_pay", Phrase("没有可付的款项", "There is nothing to pay"),
                leftOut.isEmpty
                    ? Phrase("没有等待银行付款的款项。", "No payout waits for the bank.")
                    : Phrase(
                        "\(leftOut.count)笔等待中，都不能由您此时付出，原因见errors。",
                        "\(leftOut.count) wait, and none can go now; errors says why."),
                errors: leftOut.map { FieldProblem($0) })
        case .payoutNotWaiting(let number):
            self.init(
                409, "payout_not_waiting", Phrase("这笔付款不在等待", "The payout does not wait"),
                Phrase(
                    "\(number)不是等待编入文件的银行付款；已编入的请先撤回文件。",
                    "\(number) is no payout by bank that waits for a file; withdraw its file first."
                ))
        case .nameTaken(let name):
            self.init(
                409, "name_taken", Phrase("名称已被使用", "The name is taken"),
                Phrase(
                    "\(name)已有令牌（吊销的也算）；请换一个名称。",
                    "\(name) has a token, perhaps a revoked one; take another name."),
                errors: [
                    FieldProblem(field: "name", text: Phrase("请换一个", "take another"))
                ])
        }
    }
}

extension FieldProblem {
    fileprivate init(_ problem: WorkflowError.Problem) {
        self.init(field: problem.field, text: Phrase(problem.chinese, problem.english))
    }
}
