import Ledger
import Testing

/// A small life of a fund: every event once, in Chinese, with texts that try to break a format.
func sampleVouchers() throws -> [Voucher] {
    var book = Book(chart: .advanceFund, fund: fund)
    let second = Account(Chart.bank, sub: "95588-01")
    let events: [(String, [Line], String?)] = [
        ("拨付先行赔付资金", Posting.appropriation(yuan("10000000")), nil),
        ("拨付; 第二专户 | \"引号\" \\ 反斜线", Posting.appropriation(yuan("5000"), into: second), nil),
        ("划至支付平台", Posting.transfer(yuan("20000"), from: Posting.bank, to: Posting.platform), nil),
        ("冻结", Posting.reserve(yuan("3000"), as: ID("SY-25-0000001-K/1")), nil),
        ("冻结", Posting.reserve(yuan("800.55"), as: ID("R2")), nil),
        ("商家自行解决,退回资金池", Posting.returned(yuan("800.55"), of: ID("R2")), nil),
        (
            "解冻付给游客",
            Posting.release(
                yuan("2500"), of: ID("SY-25-0000001-K/1"), toCase: "SY-25-0000001-K",
                owedBy: "M00012"),
            nil
        ),
        ("即诉即赔", Posting.quickPay(yuan("998"), toCase: "SY-25-0000002-H", owedBy: "海岛1号"), nil),
        (
            "=HYPERLINK(\"x\")",
            Posting.payoutSucceeded(yuan("998"), toCase: "SY-25-0000002-H", from: Posting.platform),
            nil
        ),
        (
            "退票\n第二行",
            Posting.payoutReturned(yuan("998"), ofCase: "SY-25-0000002-H", into: Posting.platform),
            nil
        ),
        ("商家偿还", Posting.merchantRepays(yuan("1000"), by: "M00012"), nil),
        (
            "抗辩成立", Posting.validDefence(yuan("300"), of: "M00012", owedByCase: "SY-25-0000001-K"),
            nil
        ),
        ("保证金划拨", Posting.depositCalled(yuan("200"), of: "M00012"), nil),
        ("待查", Posting.unidentifiedReceipt(yuan("450"), statementLine: "a1b2"), nil),
        (
            "查明",
            Posting.suspenseIdentified(
                yuan("450"), statementLine: "a1b2", as: Account(Chart.receivable, sub: "M00012")),
            nil
        ),
        ("核销", Posting.writeOff(yuan("98"), of: "海岛1号"), nil),
        ("核销后收回", Posting.recoveryAfterWriteOff(yuan("8"), by: "海岛1号"), nil),
        ("利息", Posting.interest(yuan("12.34")), nil),
        ("手续费", Posting.bankFee(yuan("0.5")), nil),
        ("误记利息", Posting.interest(yuan("1")), nil),
        ("冲销误记利息", Posting.reversal(of: Posting.interest(yuan("1"))) { $0 }, "v20"),
    ]
    return try events.enumerated().map { index, event in
        try book.post(
            Draft(
                id: ID("v\(index + 1)"), fund: fund,
                businessDate: Day("2025-01-01")!.advanced(by: (index * 7) % 11), reason: event.0,
                source: "SY-25-0000001-K#\(index)", maker: "王经办",
                checker: index % 2 == 0 ? nil : "李复核",
                reverses: event.2.map { ID($0) }, lines: event.1),
            at: start.advanced(byMinutes: index))
    }
}

struct VerifyTests {
    private func fault(in vouchers: [Voucher]) -> Fault? {
        verify(vouchers, chart: .advanceFund, fund: fund).fault
    }

    private func altered(
        _ voucher: Voucher, draft: Draft? = nil, number: Int64? = nil, at: Moment? = nil,
        previous: Hash? = nil, hash: Hash? = nil
    ) -> Voucher {
        Voucher(
            draft: draft ?? voucher.draft, number: number ?? voucher.number,
            recordedAt: at ?? voucher.recordedAt, previousHash: previous ?? voucher.previousHash,
            hash: hash ?? voucher.hash)
    }

    /// The draft with other lines or reason, and the rest as it was.
    private func changed(_ draft: Draft, reason: String? = nil, lines: [Line]? = nil) -> Draft {
        Draft(
            id: draft.id, fund: draft.fund, businessDate: draft.businessDate,
            reason: reason ?? draft.reason, source: draft.source, maker: draft.maker,
            checker: draft.checker, reverses: draft.reverses, lines: lines ?? draft.lines)
    }

    /// A forger who knows the format and recomputes every hash.
    private func rechained(_ drafts: [Draft]) -> [Voucher] {
        var previous = Hash.zero
        return drafts.enumerated().map { index, draft in
            let number = Int64(index + 1)
            let hash = Voucher.hash(of: draft, number: number, at: start, after: previous)
            defer { previous = hash }
            return Voucher(
                draft: draft, number: number, recordedAt: start, previousHash: previous, hash: hash)
        }
    }

    @Test func `sound vouchers give the books again`() throws {
        let vouchers = try sampleVouchers()
        let verification = verify(vouchers, chart: .advanceFund, fund: fund)
        #expect(verification.isSound)
        #expect(verification.checked == 21)
        #expect(verification.book.free("spendable") == yuan("10002671.84"))
        #expect(verify([], chart: .advanceFund, fund: fund).isSound)
    }

    @Test func `an altered, removed, added or reordered voucher is found and named`() throws {
        let sound = try sampleVouchers()
        for index in sound.indices {
            let voucher = sound[index]
            var vouchers = sound
            vouchers[index] = altered(voucher, draft: changed(voucher.draft, reason: "别的事由"))
            #expect(fault(in: vouchers)?.number == voucher.number)
            vouchers[index] = altered(voucher, at: voucher.recordedAt.advanced(byMs: 1))
            #expect(fault(in: vouchers)?.id == voucher.id)
            vouchers[index] = altered(voucher, hash: Hash(of: []))
            #expect(fault(in: vouchers)?.number == voucher.number)
            vouchers = sound
            vouchers.remove(at: index)
            let isLast = index == sound.count - 1
            #expect(
                fault(in: vouchers)?.reason
                    == (isLast ? nil : .outOfSequence(expected: voucher.number)))
            vouchers.insert(altered(voucher, previous: Hash(of: [1])), at: index)
            #expect(
                fault(in: vouchers)?.reason == .brokenChain(expected: voucher.previousHash))
            guard !isLast else { continue }
            vouchers = sound
            vouchers.swapAt(index, index + 1)
            #expect(fault(in: vouchers)?.reason == .outOfSequence(expected: voucher.number))
        }
    }

    @Test func `a forger who recomputes every hash still cannot break the rules`() throws {
        let drafts = try sampleVouchers().map(\.draft)
        #expect(fault(in: rechained(drafts)) == nil)
        var twice = drafts
        twice.insert(drafts[3], at: 5)
        #expect(fault(in: rechained(twice))?.reason == .idRepeated)
        var overdrawn = drafts
        overdrawn[3] = changed(drafts[3], lines: Posting.reserve(yuan("20000000"), as: ID("R")))
        #expect(
            fault(in: rechained(overdrawn))?.reason
                == .refused(
                    .guardWouldFall("spendable", free: yuan("10005000"), wanted: yuan("20000000"))))
        let early = [drafts[20]] + drafts[..<20]
        #expect(fault(in: rechained(early))?.reason == .reversesUnknown(ID("v20")))
    }

    @Test func `stored books that differ from the vouchers are named place by place`() throws {
        let vouchers = try sampleVouchers()
        let book = verify(vouchers, chart: .advanceFund, fund: fund).book
        let bank = Account(Chart.bank)
        var balances = book.balances
        balances[bank] = yuan("1")
        var totals = book.totals
        totals[Chart.loss] = nil
        let stored = Book(
            chart: book.chart, fund: fund, head: Head(number: 20, hash: book.head.hash),
            totals: totals, balances: balances,
            reservations: book.reservations.values.filter { $0.id != ID("R2") })
        #expect(
            book.differences(from: stored) == [
                .head(vouchers: book.head, stored: stored.head),
                .total(code: Chart.loss, vouchers: yuan("90"), stored: .zero),
                .balance(bank, vouchers: book.balance(bank), stored: yuan("1")),
                .reservation(ID("R2"), vouchers: book.reservations[ID("R2")], stored: nil),
            ])
        #expect(book.differences(from: book) == [])
    }

    @Test func `the fund statement keeps the five amounts apart`() throws {
        let statement = FundStatement(of: try sampleVouchers())
        #expect(statement.appropriated == yuan("10005000"))
        #expect(statement.reservedGross == yuan("3800.55"))
        #expect(statement.quickPaid == yuan("998"))
        #expect(statement.approved == yuan("4798.55"))
        #expect(statement.released == yuan("2500"))
        #expect(statement.returned == yuan("800.55"))
        #expect(statement.reserved == yuan("500"))
        #expect(statement.recoverableGross == yuan("3498"))
        #expect(statement.recovered == yuan("1650"))
        #expect(statement.defended == yuan("300"))
        #expect(statement.writtenOff == yuan("98"))
        #expect(statement.recoverable == yuan("1450"))
        #expect(statement.recoveredAfterWriteOff == yuan("8"))
        #expect(statement.paidOut == .zero)
        #expect(statement.payable == yuan("3498"))
        #expect(statement.interest == yuan("12.34"))
        #expect(statement.bankFees == yuan("0.5"))
    }

    @Test func `a reversed release leaves no amount behind`() throws {
        var book = Book(chart: .advanceFund, fund: fund)
        let reserve = Posting.reserve(yuan("400"), as: ID("R"))
        let release = Posting.release(yuan("400"), of: ID("R"), toCase: "C", owedBy: "M")
        let again = Posting.reserve(yuan("400"), as: ID("R2"))
        let drafts = [
            draft("1", Posting.appropriation(yuan("1000"))), draft("2", reserve),
            draft("3", release),
            draft("4", Posting.reversal(of: release) { _ in ID("R2") }, reverses: "3"),
            draft("5", Posting.reversal(of: again) { $0 }, reverses: "2"),
        ]
        let undone = Posting.reversal(of: release) { _ in ID("R2") }
        var regretted = Array(drafts.prefix(4))
        regretted.append(draft("5", Posting.reversal(of: undone) { $0 }, reverses: "4"))
        let twice = FundStatement(of: chained(regretted.map { ($0, start) }))
        #expect(twice == FundStatement(of: chained(drafts.prefix(3).map { ($0, start) })))
        #expect(twice.released == yuan("400") && twice.quickPaid == .zero)
        var vouchers: [Voucher] = []
        for draft in drafts { vouchers.append(try book.post(draft, at: start)) }
        let statement = FundStatement(of: vouchers)
        #expect(statement.appropriated == yuan("1000"))
        #expect(statement == FundStatement(of: vouchers.prefix(1)))
    }
}
