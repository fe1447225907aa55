import Casework
import Database
import Foundation
import Ledger
import Logging
import Store
import Testing

@testable import Workflow

/// An office with Sanya's policies, a clock that is set by hand, and a wallet in the same process.
final class PlayOffice: Sendable {
    let office: Office
    let clock: VirtualClock
    let wallet: BookWallet

    static let policies = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("policies/sanya").path

    static let agent = Actor(name: "agent", roles: [.agent])
    static let reviewer = Actor(name: "reviewer", roles: [.reviewer])
    static let supervisor = Actor(name: "supervisor", roles: [.supervisor])
    static let bureau = Actor(name: "officer", roles: [.bureau], bureau: "market")
    static let cashier = Actor(name: "cashier", roles: [.cashier])
    static let accountant = Actor(name: "accountant", roles: [.accountant])
    static let signingKey = SigningKey(seed: [UInt8](repeating: 7, count: 32))
    static let otherReviewer = Actor(name: "reviewer-2", roles: [.reviewer])
    static let otherSupervisor = Actor(name: "supervisor-2", roles: [.supervisor])

    /// - Parameter fund: What the pool begins with, all of it on the platform.
    init(
        _ url: String, at start: String = "2024-06-03T09:00:00+08:00", fund: Int64 = 1_000_000_00,
        policies: String = PlayOffice.policies,
        behaviour: WalletBehaviour = WalletBehaviour(seed: 1), dataKeys: DataKeys? = nil
    ) async throws {
        let clock = VirtualClock(try #require(Moment(start)))
        self.clock = clock
        var book = WalletBook(behaviour: behaviour, opened: clock.now)
        if fund > 0 { _ = try book.topUp(Money(fen: fund), reference: "t0", at: clock.now) }
        wallet = BookWallet(book, now: { clock.now })
        office = try await Office.open(
            database: url, policies: policies,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            signingKey: Self.signingKey, dataKeys: dataKeys, now: { clock.now })
        try await office.work { work in
            let day = work.today
            if fund > 0 {
                _ = try work.appropriate(
                    Money(fen: fund), id: "g0", reason: "拨付", on: day, by: Self.cashier)
                _ = try work.transfer(
                    Money(fen: fund), toPlatform: true, id: "t0", on: day, by: Self.cashier)
            }
            _ = try work.enrol(ID("M1"), name: "椰风海产店", trade: "shop", by: Self.supervisor)
            _ = try work.changeStanding(
                of: ID("M1"),
                StandingChange(
                    .enrolled, from: Day("2023-05-01")!, reason: "入册", agreement: "质保-1"),
                by: Self.supervisor)
        }
    }

    func filing(
        _ yuan: Int64, order: String, on day: String = "2024-06-02",
        matter: String = "goods-quality", payee: Payee? = nil, identity: String? = nil,
        merchant: ID<Merchant>? = ID("M1")
    ) -> Filing {
        Filing(
            channel: .phone,
            claimant: Claimant(
                name: "李雷", identity: identity ?? "ID\(order)", phone: "1\(order)"),
            merchant: merchant, merchantName: "椰风海产店", order: order, matter: matter,
            occurredOn: Day(day)!, paid: Money(fen: yuan * 100), claimed: Money(fen: yuan * 100),
            story: "干贝变质 \(order)", wanted: "退款", facts: ["receivedOn": .text(day)],
            payee: payee ?? Payee(account: "wx-\(order)", name: "李雷"), transferredFrom: nil)
    }

    /// Files a demand and adds the evidence that it needs.
    func file(_ yuan: Int64, order: String, evidence: [String] = ["receipt", "photo"]) async throws
        -> Case
    {
        try await file(filing(yuan, order: order), evidence: evidence)
    }

    func file(_ filing: Filing, evidence: [String] = ["receipt", "photo"]) async throws -> Case {
        let order = filing.order ?? ""
        var file = try await office.work {
            try $0.file(filing, by: Self.agent, trackingCode: "00000000").file
        }
        for kind in evidence { file = try await add(kind, to: file.id, text: "\(kind) \(order)") }
        return file
    }

    func add(_ kind: String, to id: ID<Case>, text: String) async throws -> Case {
        try await office.work { work in
            try work.addEvidence(
                Array(text.utf8), kind: kind, name: "\(kind).txt", to: id, by: Self.agent)
        }
    }

    @discardableResult
    func perform(_ command: Command, on id: ID<Case>, by actor: Actor) async throws -> Case {
        try await office.work { try $0.perform(command, on: id, by: actor) }
    }

    /// Lets `minutes` pass, with the office's rounds every minute of the first hour and then every hour.
    func pass(minutes: Int) async throws {
        let end = clock.now.advanced(byMinutes: minutes)
        while clock.now < end {
            let step = end.ms - clock.now.ms > 3_600_000 && minutes > 120 ? 60 : 1
            clock.set(min(end, clock.now.advanced(byMinutes: step)))
            _ = try await Clockwork(office: office).runOnce()
            _ = try await Paymaster(office: office, wallet: wallet).runOnce()
        }
    }

    /// The accountant puts the period forward, the supervisor agrees.
    func close(_ period: Period) async throws -> ClosedPeriod {
        try await office.work { work in
            _ = try work.proposeClosing(period, by: Self.accountant)
            return try work.close(period, by: Self.supervisor)
        }
    }

    func show(_ id: ID<Case>) async throws -> Case {
        try #require(try await office.read { try $0.caseFile(id) })
    }

    /// The books are sound and tie to the cases.
    func audit(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let proof = try await office.verifyBooks()
        #expect(proof.isSound, "\(proof)", sourceLocation: sourceLocation)
    }
}

/// Runs `body` with an office on an empty database, closes it, and audits its books at the end.
func withOffice(
    on place: Place, fund: Int64 = 1_000_000_00, policies: String = PlayOffice.policies,
    behaviour: WalletBehaviour = WalletBehaviour(seed: 1),
    _ body: (PlayOffice) async throws -> Void
) async throws {
    try await withEmptyDatabase(on: place) { url in
        let play = try await PlayOffice(
            url, fund: fund, policies: policies, behaviour: behaviour)
        do {
            try await body(play)
            try await play.audit()
        } catch {
            await play.office.close()
            throw error
        }
        await play.office.close()
    }
}
