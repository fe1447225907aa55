import Banking
import Ledger
import Testing

@testable import Workflow

private let start = Moment("2025-03-08T09:00:00+08:00")!

@Suite struct WalletBookTests {
    @Test func `an order is checked field by field, in the documented order`() {
        check([
            ("", 100, "a", nil, "r", "", "INVALID_REQUEST out_bill_no"),
            ("a-1", 100, "a", nil, "r", "", "INVALID_REQUEST out_bill_no"),
            ("号", 100, "a", nil, "r", "", "INVALID_REQUEST out_bill_no"),
            (
                String(repeating: "a", count: 33), 0, "a", nil, "r", "",
                "INVALID_REQUEST out_bill_no"
            ),
            (String(repeating: "a", count: 32), 100, "a", nil, "r", "", "ACCEPTED"),
            ("n1", 0, "", nil, "", "", "INVALID_REQUEST amount_fen"),
            ("n1", -1, "a", nil, "r", "", "INVALID_REQUEST amount_fen"),
            ("n1", 100_000_001, "a", "张三", "r", "", "INVALID_REQUEST amount_fen"),
            ("n1", .max, "a", "张三", "r", "", "INVALID_REQUEST amount_fen"),
            ("n1", 100, "", nil, "", "", "INVALID_REQUEST payee.account"),
            ("n1", 100, "a\nb", nil, "r", "", "INVALID_REQUEST payee.account"),
            ("n1", 100, "a", "", "r", "", "INVALID_REQUEST payee.real_name"),
            ("n1", 100, "a", nil, "", "", "INVALID_REQUEST reason"),
            ("n1", 100, "a", nil, String(repeating: "退", count: 33), "", "INVALID_REQUEST reason"),
            ("n2", 100, "a", nil, String(repeating: "退", count: 32), "", "ACCEPTED"),
            ("n1", 100, "a", nil, "r", String(repeating: "b", count: 33), "INVALID_REQUEST remark"),
            ("n3", 199_999, "a", nil, "r", "", "ACCEPTED"),
            ("n1", 200_000, "a", nil, "r", "", "NAME_REQUIRED payee.real_name"),
            ("n4", 200_000, "a", "张三", "r", "", "ACCEPTED"),
            ("n5", 100_000_000, "a", "张三", "r", "", "NOT_ENOUGH the"),
        ])
    }

    @Test func `the same number with the same contents is the same transfer`() throws {
        var book = book()
        let first = try book.order(transfer("n1", 300), at: start)
        let again = try book.order(transfer("n1", 300), at: start)
        #expect(first == again)
        #expect(book.available == Money(fen: 999_700))
        let later = try book.order(transfer("n1", 300), at: start.advanced(byMinutes: 60))
        #expect(later.serial == first.serial)
        #expect(later.state == .success(at: later.changedAt))
        #expect(book.balance == Money(fen: 999_700))
    }

    @Test func `the same number with other contents is refused and changes nothing`() throws {
        var book = book()
        _ = try book.order(transfer("n1", 300), at: start)
        for other in [
            transfer("n1", 301), transfer("n1", 300, account: "b"),
            transfer("n1", 300, remark: "x"),
        ] {
            #expect(book.refusal(other) == .numberTaken)
        }
        #expect(book.available == Money(fen: 999_700))
    }

    @Test func `a refused order leaves its number free`() throws {
        var book = book()
        #expect(book.refusal(transfer("n1", 1_000_001, name: "张三")) == .notEnough)
        #expect(book.query("n1", at: start) == nil)
        _ = try book.topUp(Money(fen: 1), reference: "t2", at: start)
        #expect(try book.order(transfer("n1", 1_000_001, name: "张三"), at: start).state == .accepted)
        #expect(book.available == .zero)
    }

    @Test func `every ending passes its states and moves the money it should`() throws {
        try check({ _ in }, "ACCEPTED PROCESSING TRANSFERING SUCCESS", balance: 999_700)
        try check(
            { $0.confirmed = 1_000 },
            "ACCEPTED PROCESSING WAIT_USER_CONFIRM TRANSFERING SUCCESS", balance: 999_700)
        try check(
            { $0.unconfirmed = 1_000 }, "ACCEPTED PROCESSING WAIT_USER_CONFIRM CLOSED",
            balance: 1_000_000)
        try check({ $0.nameMismatch = 1_000 }, "ACCEPTED PROCESSING FAIL", balance: 1_000_000)
        try check({ $0.accountClosed = 1_000 }, "ACCEPTED PROCESSING FAIL", balance: 1_000_000)
        try check(
            { $0.bounced = 1_000 }, "ACCEPTED PROCESSING TRANSFERING SUCCESS BOUNCED",
            balance: 1_000_000)
    }

    @Test func `an unconfirmed transfer closes 24 hours after it began to wait, not before`() throws
    {
        var book = book { $0.unconfirmed = 1_000 }
        _ = try book.order(transfer("n1", 300), at: start)
        let waitingFound = book.query("n1", at: start.advanced(byMinutes: 1))
        let waiting = try #require(waitingFound)
        #expect(waiting.state == .waitUserConfirm)
        let end = waiting.changedAt.advanced(byMinutes: 24 * 60)
        #expect(book.query("n1", at: end.advanced(byMs: -1))?.state == .waitUserConfirm)
        #expect(book.available == Money(fen: 999_700))
        #expect(book.query("n1", at: end)?.state == .closed(at: end))
        #expect(book.available == Money(fen: 1_000_000))
    }

    @Test func `time that runs backwards counts as the latest`() throws {
        var book = book()
        _ = try book.order(transfer("n1", 300), at: start)
        let late = book.query("n1", at: start.advanced(byMinutes: 60))
        #expect(book.query("n1", at: start) == late)
        book.advance(to: Moment(ms: .min))
        #expect(book.now == start.advanced(byMinutes: 60))
        book.advance(to: Moment(ms: .max))
        #expect(book.query("n1", at: start) == late)
    }

    @Test func `what becomes of a transfer does not depend on the others`() throws {
        var (alone, crowded) = (book(.mischievous(seed: 3)), book(.mischievous(seed: 3)))
        for index in 0..<200 { _ = try crowded.order(transfer("other\(index)", 5), at: start) }
        for index in 0..<200 {
            _ = try alone.order(transfer("n\(index)", 5), at: start)
            _ = try crowded.order(transfer("n\(index)", 5), at: start)
        }
        var states: Set<WalletWire.State> = []
        for hours in stride(from: 0, through: 96, by: 8) {
            let now = start.advanced(byMinutes: hours * 60)
            for index in 0..<200 {
                let receiptFound = alone.query("n\(index)", at: now)
                let receipt = try #require(receiptFound)
                #expect(receipt.state == crowded.query("n\(index)", at: now)?.state)
                states.insert(WalletWire.Receipt(receipt).state)
            }
        }
        #expect(states.isSuperset(of: [.success, .fail, .closed, .bounced, .waitUserConfirm]))
    }

    @Test func `a top-up counts once, and not beyond the book's limit`() throws {
        var book = book()
        #expect(try book.topUp(Money(fen: 1_000_000), reference: "t1", at: start).fen == 1_000_000)
        for (fen, reference, code) in [
            (5, "t1", WalletRefusal.Code.numberTaken), (0, "t2", .invalidRequest),
            (-5, "t2", .invalidRequest), (.max, "t2", .invalidRequest), (5, "t-2", .invalidRequest),
            (WalletBook.topUpLimit.fen - 999_999, "t2", .invalidRequest),
        ] as [(Int64, String, WalletRefusal.Code)] {
            do throws(WalletRefusal) {
                _ = try book.topUp(Money(fen: fen), reference: reference, at: start)
                Issue.record("\(fen) was taken")
            } catch {
                #expect(error.code == code)
            }
        }
        #expect(book.balance == Money(fen: 1_000_000))
    }
}

@Suite struct FundBillTests {
    @Test func `the bill of a day has every movement in a backtick row and its totals`() throws {
        var book = book { $0.bounced = 1_000 }
        _ = try book.order(transfer("n1", 300, remark: "a,b`c"), at: start)
        let day = Day("2025-03-08")!
        let ready = start.advanced(byMinutes: 24 * 60)
        #expect(book.billRefusal(day, at: ready.advanced(byMs: -1)) == .billNotReady)
        let rows = try book.bill(of: day, at: ready).split(separator: "\r\n")
        #expect(rows.count == 5)
        #expect(rows[0].hasPrefix("记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型"))
        #expect(
            rows[1]
                == "`2025-03-08 09:00:00,`5000000000000000000001,`5000000000000000000001F1,`充值,`充值,"
                + "`收入,`10000.00,`10000.00,`system,`,`t1")
        #expect(rows[2].hasPrefix("`2025-03-08 09:00:"))
        #expect(
            rows[2].hasSuffix(
                ",`商家转账,`商家转账,`支出,`3.00,`9997.00,`system,`a，b｀c,`n1"))
        #expect(rows[3] == "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额")
        #expect(rows[4] == "`2,`1,`10000.00,`1,`3.00")
        let bounce = try book.bill(
            of: Day("2025-03-10")!, at: start.advanced(byMinutes: 3 * 24 * 60)
        ).split(separator: "\r\n")
        #expect(bounce.count == 4)
        #expect(bounce[1].contains("`商家转账退回,`收入,`3.00,`10000.00"))
        let empty = try book.bill(of: Day("2025-03-09")!, at: book.now).split(separator: "\r\n")
        #expect(empty.last == "`0,`0,`0.00,`0,`0.00")
    }

    @Test func `the reader of statements reads the bills, and one goes on from the other`() throws {
        var book = book { $0.bounced = 1_000 }
        _ = try book.order(transfer("n1", 300, remark: "a,b`c \"d\""), at: start)
        let wallet = OwnAccount(number: "1900000109", kind: .wallet)
        let later = start.advanced(byMinutes: 3 * 24 * 60)
        let bills = try ["2025-03-08", "2025-03-10"].map { day in
            let bill = try book.bill(of: Day(day)!, at: later)
            return try readStatements(Array(bill.utf8), of: [wallet])[0]
        }
        #expect(bills[0].lines.map(\.amount.fen) == [1_000_000, -300])
        #expect(bills[0].lines[1].endToEndID == "n1")
        #expect(bills[1].lines.map(\.amount.fen) == [300])
        try bills[1].check(continues: bills[0])
    }
}

private func book(
    _ behaviour: WalletBehaviour = WalletBehaviour(seed: 1),
    _ change: (inout WalletBehaviour) -> Void = { _ in }
) -> WalletBook {
    var behaviour = behaviour
    change(&behaviour)
    var book = WalletBook(behaviour: behaviour, opened: start)
    _ = try! book.topUp(Money(fen: 1_000_000), reference: "t1", at: start)
    return book
}

func transfer(
    _ number: String, _ fen: Int64, account: String = "a", name: String? = nil,
    reason: String = "赔付", remark: String = ""
) -> Transfer {
    Transfer(
        number: number, amount: Money(fen: fen),
        payee: Transfer.Payee(account: account, realName: name), reason: reason, remark: remark)
}

/// Orders each row and compares the answer with its last column: `ACCEPTED`, or a code and the first word
/// of its message.
private func check(
    _ rows: [(String, Int64, String, String?, String, String, String)],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    var book = book()
    for (number, fen, account, name, reason, remark, expected) in rows {
        let transfer = transfer(
            number, fen, account: account, name: name, reason: reason, remark: remark)
        let answer: String
        do throws(WalletRefusal) {
            answer = WalletWire.Receipt(try book.order(transfer, at: start)).state.rawValue
        } catch {
            answer = "\(error.code.rawValue) \(error.message.prefix { $0 != " " })"
        }
        #expect(answer == expected, "\(number) \(fen)", sourceLocation: sourceLocation)
    }
}

/// Follows one transfer of 3 yuan from step to step and compares the states it shows and the balance left.
private func check(
    _ change: (inout WalletBehaviour) -> Void, _ expected: String, balance: Int64,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    var book = book(WalletBehaviour(seed: 1), change)
    let course = book.behaviour.course(of: "n1", from: start)
    var states = [WalletWire.Receipt(try book.order(transfer("n1", 300), at: start)).state.rawValue]
    for (at, _) in course.dropFirst() {
        let beforeFound = book.query("n1", at: at.advanced(byMs: -1))
        let before = try #require(beforeFound)
        #expect(WalletWire.Receipt(before).state.rawValue == states.last)
        let afterFound = book.query("n1", at: at)
        let after = try #require(afterFound)
        #expect(after.changedAt == at)
        #expect(after.state.isSettled == (book.available == book.balance))
        states.append(WalletWire.Receipt(after).state.rawValue)
    }
    #expect(states.joined(separator: " ") == expected, sourceLocation: sourceLocation)
    #expect(book.balance == Money(fen: balance), sourceLocation: sourceLocation)
    #expect(book.available == book.balance, sourceLocation: sourceLocation)
}

extension WalletBook {
    fileprivate mutating func refusal(_ transfer: Transfer) -> WalletRefusal.Code? {
        do throws(WalletRefusal) {
            _ = try order(transfer, at: start)
            return nil
        } catch {
            return error.code
        }
    }

    fileprivate mutating func billRefusal(_ day: Day, at now: Moment) -> WalletRefusal.Code? {
        do throws(WalletRefusal) {
            _ = try bill(of: day, at: now)
            return nil
        } catch {
            return error.code
        }
    }
}
