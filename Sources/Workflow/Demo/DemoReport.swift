import Casework
package import Ledger

/// What Sanya published beside what the demonstration's cases came to.
///
/// The complaints are generated; what became of each was decided by policy and procedure.
package struct DemoReport: Sendable, Encodable, Equatable {
    package let seed: UInt64
    package let complaints: Int
    /// True when as many complaints were made as Sanya counted, so that the columns can be compared.
    package let isFullSize: Bool
    package let rows: [Row]
    package let stages: [Stage]
    package let run: Run

    /// One measure.
    package struct Row: Sendable, Encodable, Equatable {
        package let name: String
        package let chinese: String
        package let english: String
        package let unit: Unit
        /// Nil where Sanya published nothing.
        package let published: Int64?
        package let generated: Int64

        package var difference: Int64? { published.map { generated - $0 } }
    }

    package enum Unit: String, Sendable, Encodable {
        case count
        case fen
        /// Hundredths of a percent.
        case basisPoints
    }

    package struct Stage: Sendable, Encodable, Equatable {
        package let stage: String
        package let count: Int
    }

    /// The run itself, to the last event after the reported months.
    package struct Run: Sendable, Encodable, Equatable {
        package let endedAt: Moment
        package let vouchers: Int64
        /// Hex: the same seed, policies and software give the same.
        package let headHash: String
        package let isSound: Bool
        package let leftOpen: Int
        package let acts: Int
        package let rounds: Int
        /// Commands the procedure refused, by what was tried.
        package let refusals: [String: Int]
        package let statements: Int
        package let linesInSuspense: Int
        package let daysClosed: Int
        package let daysNotReady: Int
        package let lastObstacle: String?
    }

    /// What the run counted while it went.
    struct Observed: Sendable {
        var filed = 0
        var acts = 0
        var rounds = 0
        var statements = 0
        var suspense = 0
        var daysClosed = 0
        var daysNotReady = 0
        var lastObstacle: String?
        var refusals: [String: Int] = [:]
    }

    package static let notice = (
        chinese: "以下投诉均由程序按随机种子生成，不是真实投诉；每一件的受理、认定、赔付和追偿由政策文件和办理规则逐件决定。",
        english:
            "The complaints are generated from a random seed and are not real; what became of each was decided "
            + "by the policy files and the procedure, one by one."
    )

    init(
        _ tally: DemoTally, _ observed: Observed, seed: UInt64, proof: BooksProof, endedAt: Moment,
        leftOpen: Int
    ) {
        self.seed = seed
        complaints = tally.complaints
        isFullSize = observed.filed == Published.complaints
        rows = Self.rows(tally)
        stages = tally.stages.map { Stage(stage: $0.stage, count: $0.count) }
        run = Run(
            endedAt: endedAt, vouchers: proof.vouchers, headHash: proof.head.hash.hex,
            isSound: proof.isSound, leftOpen: leftOpen, acts: observed.acts,
            rounds: observed.rounds,
            refusals: observed.refusals, statements: observed.statements,
            linesInSuspense: observed.suspense, daysClosed: observed.daysClosed,
            daysNotReady: observed.daysNotReady, lastObstacle: observed.lastObstacle)
    }
}

/// Sanya's published figures to 2024-08-01 (三亚市, August 2024), for comparison only: nothing reads
/// them but the report.
enum Published {
    static let complaints = 4_143
    static let eligible: Int64 = 342
    static let advanced: Int64 = 107_747_321
    static let quickPays: Int64 = 62
    static let quickPaid: Int64 = 4_445_088
    static let solved: Int64 = 374
    static let recoveredForConsumers: Int64 = 53_176_525
    // Derived from these.
    static let share: Int64 = 825
    static let meanQuickPay: Int64 = 71_695
    static let others: Int64 = 280
    static let meanOther: Int64 = 368_937
}

extension DemoReport {
    private static func rows(_ tally: DemoTally) -> [Row] {
        let advanced = tally.quickPays.amount.plus(tally.reserved.amount)
        let share = tally.complaints == 0 ? 0 : tally.eligible.count * 10_000 / tally.complaints
        return [
            count("complaints", "投诉", "complaints", Int64(Published.complaints), tally.complaints),
            count(
                "eligible", "符合先行赔付条件", "met the conditions of an advance", Published.eligible,
                tally.eligible.count),
            Row(
                name: "eligibleShare", chinese: "符合条件占比", english: "share that met them",
                unit: .basisPoints, published: Published.share, generated: Int64(share)),
            money(
                "advanced", "启用先行赔付资金", "advanced (reserved or quick pay)", Published.advanced,
                advanced),
            count(
                "quickPays", "其中小额快赔", "of these quick pays", Published.quickPays,
                tally.quickPays.count),
            money(
                "quickPaid", "小额快赔金额", "quick pays, amount", Published.quickPaid,
                tally.quickPays.amount),
            money(
                "meanQuickPay", "小额快赔均额", "mean quick pay", Published.meanQuickPay,
                tally.quickPays.mean),
            count("reserves", "其余先行赔付", "other advances", Published.others, tally.reserved.count),
            money(
                "meanReserve", "其余均额", "mean of the others", Published.meanOther,
                tally.reserved.mean),
            count(
                "solved", "未动用资金解决", "solved without an advance", Published.solved,
                tally.solved.count),
            money(
                "recoveredForConsumers", "为消费者挽回", "recovered for consumers",
                Published.recoveredForConsumers, tally.solved.amount),
        ] + ownRows(tally, approved: advanced)
    }

    /// What no bulletin published: the five amounts, cash, and the clocks kept.
    private static func ownRows(_ tally: DemoTally, approved: Money) -> [Row] {
        [
            money("approved", "同意先行赔付", "approved", nil, approved),
            money("reserved", "冻结", "reserved", nil, tally.reserved.amount),
            money("released", "解冻付给游客", "released to tourists", nil, tally.released.amount),
            money("returned", "退回资金池", "returned to the pool", nil, tally.returned.amount),
            money(
                "recoverable", "应追偿", "recoverable from merchants", nil, tally.recoverable.amount),
            money("stillReserved", "期末冻结", "still reserved at the end", nil, tally.stillReserved),
            money("paidOut", "实付游客", "paid out", nil, tally.paidOut.amount),
            money("bounced", "退票", "came back from the payee's bank", nil, tally.bounced.amount),
            money("recovered", "已追回", "recovered from merchants", nil, tally.repaid.amount),
            money("writtenOff", "已核销", "written off", nil, tally.writtenOff.amount),
            money("stillOwed", "期末应追偿余额", "still owed by merchants", nil, tally.stillOwed),
            money("inSuspense", "期末待查款", "in suspense", nil, tally.inSuspense),
            money("spendable", "期末可用资金", "spendable at the end", nil, tally.spendable),
            share("acceptedInTime", "3分钟内受理", "accepted within the limit (3 min)", tally.accepted),
            share("decidedInTime", "30分钟内审核", "decided within the limit (30 min)", tally.decided),
            share("closedInTime", "时限内办结", "closed within the limit", tally.closed),
        ]
    }

    private static func count(
        _ name: String, _ chinese: String, _ english: String, _ published: Int64?, _ generated: Int
    ) -> Row {
        Row(
            name: name, chinese: chinese, english: english, unit: .count, published: published,
            generated: Int64(generated))
    }

    private static func money(
        _ name: String, _ chinese: String, _ english: String, _ published: Int64?,
        _ generated: Money
    ) -> Row {
        Row(
            name: name, chinese: chinese, english: english, unit: .fen, published: published,
            generated: generated.fen)
    }

    private static func share(
        _ name: String, _ chinese: String, _ english: String, _ kept: DemoTally.Kept
    ) -> Row {
        Row(
            name: name, chinese: chinese, english: english, unit: .basisPoints, published: nil,
            generated: Int64(kept.share ?? 0))
    }
}
