import Ledger

/// What a record puts into one cell.
package struct CellValue: Hashable, Sendable {
    package let key: CellKey
    package let value: Int64
}

extension ReportRecord {
    /// All that this record adds to the tallies of its days, each cell at most once.
    package var cells: [CellValue] {
        var found = CellList()
        found.count(.registered)
        found.count(.urgent, if: isUrgent)
        found.count(.joint, if: isJoint)
        found.count(.accepted, if: isAccepted)
        addEnding(to: &found)
        addLimits(to: &found)
        addQuality(to: &found)
        addMoney(to: &found)
        addControl(to: &found)
        return found.cells
    }

    /// The counts this record is in, as bits (`Cell.bit`).
    package var cellBits: Int64 {
        cells.reduce(0) { bits, each in each.key.cell.bit.map { bits | (1 << $0) } ?? bits }
    }

    private func addEnding(to found: inout CellList) {
        found.count(.ended, if: ended != nil)
        found.count(.endedThen, if: ended != nil)
        switch outcome {
        case .solved: found.count(.solved)
        case .partlySolved: found.count(.partlySolved)
        case .notSolved: found.count(.notSolved)
        case .withdrawn: found.count(.withdrawn)
        case .declined: found.count(.declined)
        case .referred: found.count(.referred)
        case .merged: found.count(.merged)
        case nil: break
        }
    }

    private func addLimits(to found: inout CellList) {
        for (name, result) in limits {
            found.count(.due(name))
            found.count(.kept(name), if: result.isKept)
        }
        if let handling = limits[.handling], !handling.isKept {
            found.count(.overdue)
            found.sum(.handlingOverMs, handling.overMs)
        }
        for (speed, span) in spans {
            let cells = Cell.of(speed)
            found.count(cells.timed)
            found.sum(cells.used, span.usedMs)
            found.sum(cells.paused, span.pausedMs)
            found.add(CellKey(cells.times, bucket: Histogram.bucket(ms: span.usedMs)), 1)
        }
    }

    private func addQuality(to found: inout CellList) {
        switch followUp {
        case .a: found.count(.gradeA)
        case .b: found.count(.gradeB)
        case .c: found.count(.gradeC)
        case .unreachable: found.count(.unreachable)
        case nil: break
        }
        found.count(.calledBack, if: followUp != nil)
        found.count(.dispatched, if: dispatches > 0)
        found.count(.redispatched, if: dispatches > 1)
        found.sum(.dispatches, Int64(dispatches))
        found.count(.returned, if: returns > 0)
        found.sum(.returns, Int64(returns))
        found.count(.reopened, if: isReopened)
        found.count(.repeated, if: isRepeat)
        found.count(.extended, if: isExtended)
        found.count(.contested, if: isContested)
        found.count(.overturned, if: isOverturned)
    }

    private func addMoney(to found: inout CellList) {
        found.count(.complaint, if: isComplaint)
        found.count(.enrolledComplaint, if: isComplaint && isEnrolled)
        found.count(.advanced, if: money.quickPaid != nil || money.reserved != nil)
        found.money(.eligible, .eligibleFen, money.eligible)
        found.money(.quickPaid, .quickPaidFen, money.quickPaid)
        found.money(.reserved, .reservedFen, money.reserved)
        found.money(.released, .releasedFen, money.released)
        found.money(.returnedToPool, .returnedFen, money.returned)
        found.money(.withoutAdvance, .withoutAdvanceFen, money.withoutAdvance)
        found.money(.recovered, .recoveredFen, money.recovered)
        found.money(.recoverable, .recoverableFen, money.recoverable)
        if money.recoverable != nil { found.sum(.repaidFen, money.repaid?.fen ?? 0) }
        found.count(.inDefault, if: isInDefault)
    }

    private func addControl(to found: inout CellList) {
        found.count(.riskFlagged, if: !riskFlags.isEmpty)
        found.count(.riskChecked, if: isRiskConfirmed != nil)
        found.count(.riskConfirmed, if: isRiskConfirmed == true)
        found.count(.overridden, if: overrides > 0)
        found.sum(.overrides, Int64(overrides))
        found.count(.attempted, if: refusedAttempts > 0)
        found.sum(.attempts, Int64(refusedAttempts))
    }
}

private struct CellList {
    var cells: [CellValue] = []

    mutating func add(_ key: CellKey, _ value: Int64) {
        cells.append(CellValue(key: key, value: value))
    }

    mutating func count(_ cell: Cell) { add(CellKey(cell), 1) }

    mutating func count(_ cell: Cell, if isIn: Bool) {
        if isIn { count(cell) }
    }

    mutating func sum(_ cell: Cell, _ value: Int64) {
        if value != 0 { add(CellKey(cell), value) }
    }

    mutating func money(_ count: Cell, _ sum: Cell, _ amount: Money?) {
        guard let amount else { return }
        self.count(count)
        self.sum(sum, amount.fen)
    }
}
