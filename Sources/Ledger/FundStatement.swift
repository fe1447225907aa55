/// What became of a fund's money, in the amounts that are never mixed: approved, reserved, released,
/// returned, recoverable (handbook §10, §12).
///
/// Derived from vouchers of the advance fund's chart, in the order of their numbers. A voucher that
/// reverses another takes away what that one had added, and one that reverses a reversal adds it again.
/// Sums are held at the ends of `Money`.
public struct FundStatement: Hashable, Sendable, Codable {
    /// Granted and topped up (拨付、补充).
    public private(set) var appropriated = Money.zero
    /// Σ reservations opened, whatever became of them (冻结).
    public private(set) var reservedGross = Money.zero
    /// Paid without a reservation (即诉即赔).
    public private(set) var quickPaid = Money.zero
    /// Borne by the fund for good (费用免除), less what nobody collected.
    public private(set) var feesWaived = Money.zero
    /// Of the reserved: given to tourists (解冻付给游客).
    public private(set) var released = Money.zero
    /// Of the reserved: given back to the pool by people (退回资金池).
    public private(set) var returned = Money.zero
    /// Of the reserved: gone back to the pool by rule when its time was over (到期退回).
    public private(set) var lapsed = Money.zero
    /// Confirmed as paid to tourists, less what came back.
    public private(set) var paidOut = Money.zero
    /// All that merchants came to owe (应追偿款).
    public private(set) var recoverableGross = Money.zero
    /// Of the recoverable: collected from merchants, deposits and identified receipts (已追偿).
    public private(set) var recovered = Money.zero
    /// Of the recoverable: taken away by merchants' valid defences, to be repaid by tourists.
    public private(set) var defended = Money.zero
    /// Of the recoverable: given up or borne by the fund (核销).
    public private(set) var writtenOff = Money.zero
    /// Collected after it had been written off.
    public private(set) var recoveredAfterWriteOff = Money.zero
    /// Paid back by tourists after a merchant's valid defence.
    public private(set) var repaidByTourists = Money.zero
    public private(set) var interest = Money.zero
    public private(set) var bankFees = Money.zero

    private var mirrors = Mirrors()

    /// The sums alone: whoever goes on from them passes over the vouchers that reversed others before.
    private enum CodingKeys: String, CodingKey {
        case appropriated, reservedGross, quickPaid, feesWaived, released, returned, lapsed, paidOut
        case recoverableGross, recovered, defended, writtenOff, recoveredAfterWriteOff
        case repaidByTourists, interest, bankFees
    }

    /// The published line 启用, gross: reservations, quick pays and waived fees.
    public var approved: Money { reservedGross.plus(quickPaid).plus(feesWaived) }
    /// Reserved, and not released, returned or lapsed yet.
    public var reserved: Money {
        reservedGross.minus(released).minus(returned).minus(lapsed)
    }
    /// Still owed by merchants.
    public var recoverable: Money {
        recoverableGross.minus(recovered).minus(defended).minus(writtenOff)
    }
    /// Promised to tourists and not confirmed as paid.
    public var payable: Money { released.plus(quickPaid).plus(feesWaived).minus(paidOut) }

    /// The vouchers of a period, or all of them for the fund's whole life.
    public init(of vouchers: some Sequence<Voucher>) {
        for voucher in vouchers { add(voucher) }
    }

    /// Takes note of a voucher that is not of the period: it may be reversed within it.
    public mutating func pass(over voucher: Voucher) { _ = mirrors.note(voucher.draft) }

    /// What a voucher adds; it is noted, but not added.
    public mutating func share(of voucher: Voucher) -> FundStatement {
        var share = FundStatement(of: [])
        share.take(voucher, read: mirrors.note(voucher.draft))
        return share
    }

    /// Adds what a voucher adds, by what `reader` noted of those before; there it is noted too.
    public mutating func add(_ voucher: Voucher, readBy reader: inout FundStatement) {
        take(voucher, read: reader.mirrors.note(voucher.draft))
    }

    /// Adds the sums of other vouchers, of which nothing is noted.
    public mutating func add(_ share: FundStatement) {
        func add(_ sum: inout Money, _ part: Money) { sum = sum.plus(part) }
        add(&appropriated, share.appropriated)
        add(&reservedGross, share.reservedGross)
        add(&quickPaid, share.quickPaid)
        add(&feesWaived, share.feesWaived)
        add(&released, share.released)
        add(&returned, share.returned)
        add(&lapsed, share.lapsed)
        add(&paidOut, share.paidOut)
        add(&recoverableGross, share.recoverableGross)
        add(&recovered, share.recovered)
        add(&defended, share.defended)
        add(&writtenOff, share.writtenOff)
        add(&recoveredAfterWriteOff, share.recoveredAfterWriteOff)
        add(&repaidByTourists, share.repaidByTourists)
        add(&interest, share.interest)
        add(&bankFees, share.bankFees)
    }

    public mutating func add(_ voucher: Voucher) {
        take(voucher, read: mirrors.note(voucher.draft))
    }

    private mutating func take(_ voucher: Voucher, read reading: Mirrors.Reading) {
        // The end of a year moves what was earned and lost into the fund; that is neither.
        if Posting.carriesForward(voucher.lines) { return }
        var movement = Movement(of: reading.draft.lines, mirrored: reading.isMirrored)
        if let reversed = reading.draft.reverses, reversed.text.hasSuffix(Lapse.suffix) {
            (movement.returned, movement.lapsed) = (.zero, movement.returned)
        }
        let add: (inout Money, Money) -> Void = { sum, part in
            sum = reading.isTakenAway ? sum.minus(part) : sum.plus(part)
        }
        // What leaves suspense came in earlier, under no name.
        let cashIn = movement[.debit, Chart.bank].plus(movement[.debit, Chart.platform])
            .plus(movement[.debit, Chart.suspense])
        let cashOut = movement[.credit, Chart.bank].plus(movement[.credit, Chart.platform])
        let owedToTourist = movement[.credit, Chart.payable]

        add(&reservedGross, movement.opened)
        add(&released, movement.released)
        add(&returned, movement.returned)
        add(&lapsed, movement.lapsed)
        if cashIn.isPositive {
            add(&appropriated, movement[.credit, Chart.available])
            add(&paidOut, Money.zero.minus(owedToTourist))
        } else if owedToTourist.isPositive {
            let waived = movement[.debit, Chart.feeWaivers]
            add(&feesWaived, waived)
            add(&quickPaid, owedToTourist.minus(movement.released).minus(waived))
        }
        if cashOut.isPositive { add(&paidOut, movement[.debit, Chart.payable]) }

        // Carrying a year forward was passed over above: what is credited here nobody collected.
        add(&feesWaived, Money.zero.minus(movement[.credit, Chart.feeWaivers]))

        add(&recoverableGross, movement[.debit, Chart.receivable])
        let lessOwed = movement[.credit, Chart.receivable]
        if lessOwed.isPositive {
            let (lost, borne) = (
                movement[.debit, Chart.loss], movement[.debit, Chart.consumerReceivable]
            )
            add(&writtenOff, lost)
            add(&defended, borne)
            add(&recovered, lessOwed.minus(lost).minus(borne))
        }
        add(&recoveredAfterWriteOff, movement[.credit, Chart.loss])
        if cashIn.isPositive {
            add(&repaidByTourists, movement[.credit, Chart.consumerReceivable])
        }
        add(&interest, movement[.credit, Chart.interest])
        add(&bankFees, movement[.debit, Chart.bankFees])
    }
}

/// How the vouchers that reverse others are to be read.
///
/// How a statement was come by is no part of it, so all of these are equal.
private struct Mirrors: Hashable, Sendable {
    struct Reading {
        /// The lines to read.
        let draft: Draft
        /// They are the mirror of what happened.
        let isMirrored: Bool
        /// What happened is taken away, not added.
        let isTakenAway: Bool
    }

    /// By the id of a reversing voucher. One that reverses a reversal is read as that one, and added.
    private var readings: [ID<Voucher>: Reading] = [:]

    mutating func note(_ draft: Draft) -> Reading {
        guard let reversed = draft.reverses else {
            return Reading(draft: draft, isMirrored: false, isTakenAway: false)
        }
        let earlier = readings[reversed]
        let reading = Reading(
            draft: earlier?.draft ?? draft, isMirrored: true,
            isTakenAway: !(earlier?.isTakenAway ?? false))
        readings[draft.id] = reading
        return reading
    }

    static func == (a: Mirrors, b: Mirrors) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}

/// One voucher's sums by side and code, and by step of a reservation.
private struct Movement {
    private var sums: [Side: [String: Money]] = [:]
    var opened = Money.zero
    var released = Money.zero
    var returned = Money.zero
    var lapsed = Money.zero

    /// `mirrored`: a reversing voucher, read as the one it reverses.
    init(of lines: [Line], mirrored: Bool) {
        for line in lines {
            let side = mirrored ? line.side.opposite : line.side
            sums[side, default: [:]][line.account.code, default: .zero] =
                self[side, line.account.code].plus(line.amount)
        }
        for line in lines {
            switch (line.reservation?.step, mirrored) {
            case (nil, _): break
            case (.opens, false), (.returns, true): opened = opened.plus(line.amount)
            case (.releases, false): released = released.plus(line.amount)
            case (.returns, false): returned = returned.plus(line.amount)
            case (.lapses, false): lapsed = lapsed.plus(line.amount)
            case (.opens, true):
                // What reverses a release opens anew, as does what reverses a return; only a release owed.
                if self[.credit, Chart.payable].isPositive {
                    released = released.plus(line.amount)
                } else {
                    returned = returned.plus(line.amount)
                }
            case (.releases, true), (.lapses, true): opened = opened.plus(line.amount)
            }
        }
    }

    subscript(side: Side, code: String) -> Money { sums[side]?[code] ?? .zero }
}
