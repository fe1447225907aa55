import Casework
package import Ledger

/// What an office published beside what the demonstration's year came to.
///
/// The figures come from the tallies through the measures, never from counting on the side.
package struct HotlineReport: Sendable, Encodable, Equatable {
    package let office: DemoOffice
    package let seed: UInt64
    package let calls: Int
    /// As many as a year of the office has, so that the columns can be compared one to one.
    package let isFullSize: Bool
    package let rows: [Row]
    package let ties: [Tie]
    /// Whose call-backs are the worst, where the edition warns them (红色警告).
    package let redWarnings: [String]
    package let run: Run
    let basis: Words

    private enum CodingKeys: String, CodingKey {
        case office, seed, calls, isFullSize, rows, ties, redWarnings, run
    }

    package struct Row: Sendable, Encodable, Equatable {
        package let name: String
        package let chinese: String
        package let english: String
        package let unit: DemoReport.Unit
        /// As it was published; nil where nothing was.
        package let published: Int64?
        /// What of it falls to a year, or to as many calls as were made; rates are as published.
        package let expected: Int64?
        /// Nil where there is nothing to make a rate of.
        package let generated: Int64?

        package var difference: Int64? {
            guard let expected, let generated else { return nil }
            return generated - expected
        }
    }

    /// Parts held to their total.
    package struct Tie: Sendable, Encodable, Equatable {
        package let chinese: String
        package let english: String
        package let total: Int64
        package let sum: Int64
        /// Of the office's own publication, not of the demonstration.
        package let isPublished: Bool

        init(_ name: Words, _ breakdown: Breakdown, isPublished: Bool) {
            chinese = name.chinese
            english = name.english
            total = breakdown.total
            sum = breakdown.sum
            self.isPublished = isPublished
        }

        package var difference: Int64 { total - sum }
    }

    package struct Run: Sendable, Encodable, Equatable {
        package let endedAt: Moment
        /// Things people did.
        package let acts: Int
        /// Steps of clocks that fired.
        package let fired: Int
        package let refusals: [String: Int]
        package let leftOpen: Int
        /// Where the tallies are not what the records say.
        package let tallyFaults: [String]
        package let clocks: ClocksProof
        package let books: Books?
    }

    /// The fund's books at the end.
    package struct Books: Sendable, Encodable, Equatable {
        package let vouchers: Int64
        package let headHash: String
        package let isSound: Bool
        package let waived: Money
        package let paidOut: Money
        package let spendable: Money

        init(of office: Office) async throws {
            let proof = try await office.verifyBooks()
            let statement = FundStatement(of: try await office.allVouchers())
            vouchers = proof.vouchers
            headHash = proof.head.hash.hex
            isSound = proof.isSound
            waived = statement.feesWaived
            paidOut = statement.paidOut
            spendable = proof.spendable
        }
    }

    init(
        _ world: HotlineWorld, _ tally: HotlineTally, atCutoff: HotlineTally, _ run: HotlineRun,
        books: Books?, tallyFaults: [String], clocks: ClocksProof
    ) {
        office = world.year.office
        seed = world.seed
        calls = world.arrivals.count
        isFullSize = calls == world.year.calls
        basis = world.year.basis
        rows = HotlineFigures(tally, atCutoff, calls: calls).rows(of: office)
        ties = Self.publishedTies(of: office) + tally.ties + Self.bookTies(tally, books)
        redWarnings = tally.redWarnings
        self.run = Run(
            endedAt: run.now, acts: run.observed.acts, fired: run.observed.fired,
            refusals: run.observed.refusals, leftOpen: run.leftOpen, tallyFaults: tallyFaults,
            clocks: clocks, books: books)
    }

    /// Clocks, tallies, ties and books are as they must be.
    package var isSound: Bool {
        run.clocks.isSound && run.tallyFaults.isEmpty && (run.books?.isSound ?? true)
            && ties.allSatisfy { $0.isPublished || $0.difference == 0 }
    }

    /// The fund's books, held to what the cases told the reports.
    private static func bookTies(_ tally: HotlineTally, _ books: Books?) -> [Tie] {
        guard let books else { return [] }
        let told = tally.paidInAll
        return [
            Tie(
                Words("免除金额：账簿与案件（分）", "waived, books and cases (fen)"),
                Breakdown(total: books.waived.fen, parts: [.init("cases", told)]),
                isPublished: false)
        ]
    }

    private static func publishedTies(of office: DemoOffice) -> [Tie] {
        switch office {
        case .chongqing:
            [
                Tie(
                    Words("公布：四类之和与总量", "published: four parts and total"),
                    Breakdown(
                        total: 33_204,
                        parts: [
                            .init("business", 19_902), .init("information", 6_792),
                            .init("complaints", 555), .init("other", 5_952),
                        ]), isPublished: true)
            ]
        case .yantai:
            [
                Tie(
                    Words("公布：莱山三类占比之和（万分之）", "published: Laishan's shares (1/10,000)"),
                    Breakdown(
                        total: 10_000,
                        parts: [
                            .init("consulting", 3_520), .init("opinion", 1_260),
                            .init("living", 5_220),
                        ]), isPublished: true)
            ]
        case .weihai: []
        case .dinghai:
            [
                Tie(
                    Words("公布：三类之和与总量", "published: three parts and total"),
                    Breakdown(
                        total: 85_636,
                        parts: [
                            .init("social", 34_922), .init("government", 33_887),
                            .init("other", 16_827),
                        ]), isPublished: true)
            ]
        }
    }
}
