import Ledger
import Testing

struct CheckpointTests {
    static let key = SigningKey(seed: (1...32).map { UInt8($0) })!
    static let other = SigningKey(seed: Array(repeating: 7, count: 32))!

    /// A signed checkpoint after the first `count` vouchers.
    static func checkpoint(
        of vouchers: [Voucher], after count: Int, closes: Period? = nil, by key: SigningKey = key
    ) throws -> SignedCheckpoint {
        let head = Array(vouchers.prefix(count))
        let book = verify(head, chart: .advanceFund, fund: fund).book
        return try key.sign(
            Checkpoint(of: book, recordedAt: head[count - 1].recordedAt, closes: closes))
    }

    private func fault(in vouchers: [Voucher], _ checkpoints: [SignedCheckpoint]) -> Fault? {
        verify(
            vouchers, chart: .advanceFund, fund: fund, against: checkpoints,
            trusting: [Self.key.verificationKey]
        ).fault
    }

    @Test func `a signature of RFC 8032 is accepted, and no bit of it may change`() throws {
        // RFC 8032, section 7.1, TEST 2 gives this public key for this seed.
        let seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
        let expected = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        let bytes = try #require(Hash(hex: seed)).bytes
        let key = try #require(SigningKey(seed: bytes))
        #expect(Hash(bytes: key.verificationKey.bytes)?.hex == expected)
        let signed = try Self.checkpoint(of: try sampleVouchers(), after: 3, by: key)
        #expect(signed.isSigned(by: [key.verificationKey]))
        #expect(!signed.isSigned(by: []))
        #expect(!signed.isSigned(by: [Self.key.verificationKey]))
        for bit in stride(from: 0, to: 512, by: 37) {
            var signature = signed.signature
            signature[bit / 8] ^= 1 << UInt8(bit % 8)
            let forged = SignedCheckpoint(signed.checkpoint, key: signed.key, signature: signature)
            #expect(!forged.isSigned(by: [key.verificationKey]))
        }
        #expect(SigningKey(seed: [1, 2]) == nil)
        #expect("\(key)" == "‹secret of \(key.verificationKey)›")
        var shown = ""
        dump(key, to: &shown)
        #expect(!shown.contains("PrivateKey"))
    }

    @Test func `a checkpoint survives as text, and every line of it is signed`() throws {
        let signed = try Self.checkpoint(
            of: try sampleVouchers(), after: 21, closes: Period("2025-01-01"))
        let text = signed.text
        #expect(text.split(separator: "\n").count == 11)
        #expect(text.hasPrefix("amends checkpoint 1\nfund: sanya\ncurrency: CNY\nnumber: 21\n"))
        #expect(text.contains("\nrecorded: 2025-01-01T09:20:00+08:00\ncloses: 2025-01-01\n"))
        #expect(text.contains("\ntotals: 1002 9986669.84, 1012 20000.00, 1122 1450.00, "))
        #expect(try SignedCheckpoint(text: text) == signed)
        #expect(try SignedCheckpoint(text: text.replacing("\n", with: "\r\n") + "\n") == signed)
        let changes = [
            ("sanya", "haikou"), ("CNY", "USD"), ("number: 21", "number: 20"),
            ("hash: ", "hash: 0"),
            ("09:20:00", "09:20:01"), ("closes: 2025-01-01", "closes: 2025-01-02"),
            ("balances: ", "balances: 0"), ("1002 9986669.84", "1002 9986669.85"),
            (", 1012 20000.00", ""),
        ]
        for (old, new) in changes {
            var changed = text.replacing(old, with: new)
            // One digit more at the front, one less at the end of the line.
            if new.hasSuffix(": 0") {
                changed = changed.split(separator: "\n").map {
                    $0.hasPrefix(new) ? String($0.dropLast()) : String($0)
                }.joined(separator: "\n")
            }
            #expect(changed != text)
            let read = try SignedCheckpoint(text: changed)
            #expect(!read.isSigned(by: [Self.key.verificationKey]), "\(new)")
        }
    }

    @Test(arguments: [
        ("", CheckpointTextError.notACheckpoint),
        ("amends checkpoint 2\n", .notACheckpoint),
        ("amends checkpoint 1\n", .missing("currency")),
        ("amends checkpoint 1\ncurrency: CNY\nnumber: x\n", .unreadable("number", "x")),
        ("amends checkpoint 1\nhello\n", .unknownLine("hello")),
        ("amends checkpoint 1\nfund: a\nfund: b\n", .unknownLine("fund: b")),
        ("amends checkpoint 1\nfund:a\n", .unknownLine("fund:a")),
    ])
    func `what is no checkpoint is refused by name`(text: String, error: CheckpointTextError) {
        #expect(throws: error) { try SignedCheckpoint(text: text) }
    }

    @Test func `every field of every voucher, altered, is found and named`() throws {
        let sound = try sampleVouchers()
        let checkpoints = [try Self.checkpoint(of: sound, after: sound.count)]
        #expect(fault(in: sound, checkpoints) == nil)
        var tried = 0
        for index in sound.indices {
            for altered in Mutation.all(of: sound[index]) {
                var vouchers = sound
                vouchers[index] = altered
                let found = fault(in: vouchers, checkpoints)
                #expect(
                    found?.number == altered.number && found?.id == altered.id,
                    "voucher \(index + 1): \(String(describing: found)), \(altered)")
                tried += 1
            }
        }
        #expect(tried > 21 * 30)
    }

    @Test func `an altered voucher with a hash made anew is named, not the one after it`() throws {
        let sound = try sampleVouchers()
        for index in sound.indices.dropLast() {
            let voucher = sound[index]
            let later = voucher.recordedAt.advanced(byMs: 1)
            var vouchers = sound
            vouchers[index] = Voucher(
                draft: voucher.draft, number: voucher.number, recordedAt: later,
                previousHash: voucher.previousHash,
                hash: Voucher.hash(
                    of: voucher.draft, number: voucher.number, at: later,
                    after: voucher.previousHash))
            let found = fault(in: vouchers, [])
            #expect(found?.number == voucher.number)
            #expect(found?.reason == .replaced(formerly: voucher.hash))
        }
    }

    @Test func `a chain made anew from any voucher on is found at the next checkpoint`() throws {
        let sound = try sampleVouchers()
        let marks = [5, 12, 21]
        let checkpoints = try marks.reversed().map { try Self.checkpoint(of: sound, after: $0) }
        #expect(fault(in: sound, checkpoints) == nil)
        for index in sound.indices {
            var drafts = sound.map { ($0.draft, $0.recordedAt) }
            drafts[index].1 = drafts[index].1.advanced(byMs: 1)
            let found = fault(in: chained(drafts), checkpoints)
            let mark = marks.first { index < $0 }!
            let before = marks.last { $0 <= index } ?? 0
            #expect(found?.number == Int64(mark))
            #expect(found?.reason == .checkpointDiffers(after: Int64(before)))
        }
        var added = sound.map { ($0.draft, $0.recordedAt) }
        added.insert((draft("new", Posting.interest(yuan("1"))), start), at: 7)
        #expect(fault(in: chained(added), checkpoints)?.reason == .checkpointDiffers(after: 5))
        var removed = sound.map { ($0.draft, $0.recordedAt) }
        removed.remove(at: 17)
        #expect(fault(in: chained(removed), checkpoints)?.reason == .truncated(through: 21))
        removed.append((draft("new", Posting.interest(yuan("1"))), start))
        #expect(fault(in: chained(removed), checkpoints)?.reason == .checkpointDiffers(after: 12))
    }

    @Test func `vouchers cut off at the end are found, down to none at all`() throws {
        let sound = try sampleVouchers()
        let checkpoints = [try Self.checkpoint(of: sound, after: sound.count)]
        for count in 0..<sound.count {
            let found = try #require(fault(in: Array(sound.prefix(count)), checkpoints))
            #expect(found.number == Int64(count) && found.reason == .truncated(through: 21))
        }
        let closing = Closing(
            fund: fund, period: Period("2025-01")!,
            head: sound[20].hash == .zero
                ? .none
                : Head(number: 21, hash: sound[20].hash), balances: [:], closedAt: start,
            maker: "王", checker: "李")
        let cut = verify(sound.prefix(20), chart: .advanceFund, fund: fund, closings: [closing])
        #expect(cut.fault?.reason == .truncated(through: 21))
    }

    @Test func `a checkpoint nobody trusted signed, or of other books, is a fault of its own`()
        throws
    {
        let sound = try sampleVouchers()
        let strange = try Self.checkpoint(of: sound, after: 9, by: Self.other)
        #expect(
            fault(in: sound, [strange])?.reason == .checkpointUntrusted(strange.checkpoint.head))
        let real = try Self.checkpoint(of: sound, after: 9)
        let borrowed = SignedCheckpoint(
            real.checkpoint, key: real.key, signature: strange.signature)
        #expect(fault(in: sound, [borrowed])?.number == 9)
        var totals = real.checkpoint.totals
        totals[Chart.bank] = yuan("1")
        func lying(fund: String = fund, totals: [String: Money], balances: Hash) throws -> Fault? {
            let lie = Checkpoint(
                fund: fund, currency: "CNY", head: real.checkpoint.head,
                recordedAt: real.checkpoint.recordedAt, closes: nil, balances: balances,
                totals: totals)
            return self.fault(in: sound, [try Self.key.sign(lie)])
        }
        let (right, honest) = (real.checkpoint.balances, real.checkpoint.totals)
        #expect(try lying(totals: honest, balances: right) == nil)
        for fault in [
            try lying(totals: totals, balances: right), try lying(totals: honest, balances: .zero),
            try lying(fund: "haikou", totals: honest, balances: right),
        ] {
            #expect(fault?.number == 9 && fault?.reason == .checkpointDiffers(after: 0))
        }
    }

    @Test func `a day closed by a checkpoint takes no later voucher`() throws {
        var vouchers = try sampleVouchers()
        let closes = try Self.checkpoint(of: vouchers, after: 21, closes: Period("2025-01"))
        let late = dated("late", Posting.interest(yuan("1")), on: "2025-01-31")
        vouchers = chained(vouchers.map { ($0.draft, $0.recordedAt) } + [(late, start)])
        #expect(
            fault(in: vouchers, [closes])?.reason
                == .refused(.periodClosed(Day("2025-01-31")!, firstOpen: Day("2025-02-01")!)))
    }

    @Test func `amounts keep the decimals of their currency`() {
        let cases = [
            ("CNY", "1234.56"), ("JPY", "123456"), ("KWD", "123.456"), ("CLF", "12.3456"),
            ("XXX", "1234.56"),
        ]
        for (currency, text) in cases {
            #expect(Money(fen: 123_456).text(in: currency) == text)
            #expect(Money(fen: -123_456).text(in: currency) == "-" + text)
            #expect(Money(text, in: currency)?.fen == 123_456)
            #expect(Money(text + "0", in: currency) == nil || currency == "JPY")
            for fen in [Int64.min, -1, 0, 1, 9, 10, 999, .max] {
                let money = Money(fen: fen)
                #expect(Money(money.text(in: currency), in: currency) == money)
            }
        }
        #expect(Money(fen: 5).text(in: "KWD") == "0.005")
        #expect(Money("1e3", in: "CNY") == nil && Money("", in: "CNY") == nil)
    }
}

/// Every way to change one field of one voucher.
private enum Mutation {
    static func all(of voucher: Voucher) -> [Voucher] {
        let draft = voucher.draft
        var drafts = [
            with(draft, id: draft.id.text + "x"), with(draft, fund: "haikou"),
            with(draft, currency: "USD"), with(draft, day: draft.businessDate.advanced(by: 1)),
            with(draft, reason: draft.reason + " "), with(draft, source: draft.source + "0"),
            with(draft, maker: draft.maker + "?"), with(draft, checker: .some("张")),
            with(draft, checker: draft.checker == nil ? .some("") : .some(nil)),
            with(draft, reverses: .some(ID("v1"))), with(draft, corrects: .some(ID("v1"))),
            with(draft, lines: Array(draft.lines.dropLast())),
            with(draft, lines: draft.lines + [draft.lines[0]]),
            with(draft, lines: draft.lines.reversed()),
        ]
        if draft.reverses != nil { drafts.append(with(draft, reverses: .some(nil))) }
        for index in draft.lines.indices {
            let line = draft.lines[index]
            let (side, account, amount) = (line.side, line.account, line.amount)
            var changed = [
                Line(
                    side, Account(account.code, sub: (account.sub ?? "") + "1"), amount,
                    reservation: line.reservation),
                Line(
                    side, Account("1" + account.code.dropFirst() + "0"), amount,
                    reservation: line.reservation),
                Line(side.opposite, account, amount, reservation: line.reservation),
                Line(side, account, Money(fen: amount.fen + 1), reservation: line.reservation),
                Line(side, account, Money(fen: -amount.fen), reservation: line.reservation),
            ]
            if let use = line.reservation {
                changed += [
                    Line(side, account, amount),
                    Line(side, account, amount, reservation: .init(use.step, ID("other"))),
                    Line(
                        side, account, amount,
                        reservation: .init(use.step, use.id, expires: Moment(ms: 1))),
                ]
                changed += ReservationUse.Step.allCases.filter { $0 != use.step }.map {
                    Line(side, account, amount, reservation: .init($0, use.id))
                }
            } else {
                changed.append(Line(side, account, amount, reservation: .opens(ID("new"))))
            }
            for line in changed {
                var lines = draft.lines
                lines[index] = line
                drafts.append(with(draft, lines: lines))
            }
        }
        return drafts.map { row(voucher, draft: $0) } + [
            row(voucher, number: voucher.number + 1), row(voucher, number: 0),
            row(voucher, at: voucher.recordedAt.advanced(byMs: -1)),
            row(voucher, previous: Hash(of: [1])), row(voucher, hash: Hash(of: [2])),
            row(voucher, hash: .zero),
        ]
    }

    private static func row(
        _ voucher: Voucher, draft: Draft? = nil, number: Int64? = nil, at: Moment? = nil,
        previous: Hash? = nil, hash: Hash? = nil
    ) -> Voucher {
        Voucher(
            draft: draft ?? voucher.draft, number: number ?? voucher.number,
            recordedAt: at ?? voucher.recordedAt, previousHash: previous ?? voucher.previousHash,
            hash: hash ?? voucher.hash)
    }

    private static func with(
        _ draft: Draft, id: String? = nil, fund: String? = nil, currency: String? = nil,
        day: Day? = nil, reason: String? = nil, source: String? = nil, maker: String? = nil,
        checker: String?? = nil, reverses: ID<Voucher>?? = nil, corrects: ID<Voucher>?? = nil,
        lines: [Line]? = nil
    ) -> Draft {
        Draft(
            id: id.map { ID($0) } ?? draft.id, fund: fund ?? draft.fund,
            currency: currency ?? draft.currency, businessDate: day ?? draft.businessDate,
            reason: reason ?? draft.reason, source: source ?? draft.source,
            maker: maker ?? draft.maker, checker: checker ?? draft.checker,
            reverses: reverses ?? draft.reverses, corrects: corrects ?? draft.corrects,
            lines: lines ?? draft.lines)
    }
}
