import Casework
import Database
import Ledger
import Workflow

/// A small claim as a desk agent files it: goods below quality, two pieces of evidence, quick pay.
struct BenchCase: Sendable {
    static let merchants = 2_000

    let number: Int
    let today: Day

    static func merchant(_ number: Int) -> ID<Merchant> { ID("B\(100_000 + number)") }

    private static let agent = Actor(name: "bench-agent", roles: [.agent])

    /// Files it and adds its evidence; the payout is ordered when it returns.
    func run(in office: Office, _ recorder: Recorder? = nil) async throws -> Case {
        let filing = filing(on: office.books.zone.day(at: office.now()))
        let registered = try await office.work { work in
            try Self.record(work, recorder) {
                try work.file(filing, by: Self.agent, trackingCode: "12345678")
            }
        }
        var file = registered.file
        for kind in ["receipt", "photo"] {
            let bytes = Array("\(kind) of case \(number), proof of what was paid and received".utf8)
            file = try await office.work { [id = file.id] work in
                try Self.record(work, recorder) {
                    try work.addEvidence(
                        bytes, kind: kind, name: "\(kind).txt", to: id, by: Self.agent)
                }
            }
        }
        return file
    }

    /// Lets the recorder see everything the step writes, also what would be written at the commit.
    private static func record<Result>(
        _ work: Work, _ recorder: Recorder?, _ step: () throws -> Result
    ) throws -> Result {
        guard let recorder else { return try step() }
        recorder.begin(work)
        let result = try step()
        try work.transaction.writeAll()
        return result
    }

    private func filing(on today: Day) -> Filing {
        let order = "BENCH-\(number)"
        return Filing(
            channel: .phone,
            claimant: Claimant(
                name: "游客\(number)", identity: "46020019900101\(number)",
                phone: "138\(10_000_000 + number)"),
            merchant: Self.merchant(number % Self.merchants),
            merchantName: "商家\(number % Self.merchants)",
            order: order, matter: "goods-quality", occurredOn: today, paid: Money(fen: 100),
            claimed: Money(fen: 100), story: "收到的干贝变质，商家不予退换。", wanted: "退还货款",
            facts: ["receivedOn": .text(today.description)],
            payee: Payee(account: "wx-\(number)", name: "游客\(number)"), transferredFrom: nil)
    }
}
