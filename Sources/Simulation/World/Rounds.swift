import Casework
import Ledger
import Store
import Workflow

/// The office's own rounds, and the end of the run.
extension Simulation {
    /// More rounds than any backlog of a short run needs.
    private static let roundLimit = 60

    /// A server makes its rounds until nothing is due by its clock.
    func makeRound(on server: Int) async throws {
        let wallet = wallet
        let moment = time.now(of: server)
        let outcome = try await attempt("a round", on: server) { office -> Bool in
            let paymaster = Paymaster(office: office, wallet: wallet, batch: 1)
            for _ in 0..<Self.roundLimit {
                let fired = try await Clockwork(office: office).runOnce()
                let ordersFired = try await OrderClockwork(office: office).runOnce()
                let sent = try await paymaster.runOnce()
                if fired.isEmpty, ordersFired.isEmpty, sent.isEmpty { return true }
            }
            return false
        }
        switch outcome {
        case .done(true): if !isInterjecting, !manner.hasSkew { swept = moment }
        case .done(false): wrong.append("the rounds never come to rest")
        case .refused: wrong.append("a round was refused: what is due blocks all that comes after")
        case .failed, .unknown: break
        }
    }

    /// Lets what is under way come to its end: no more faults, all money where it belongs, the books agreed.
    func bringToAnEnd() async throws {
        let troubles = manner.troubles
        manner.troubles = []
        manner.hasSkew = false
        wallet.behave()
        for server in servers.indices { time.set(skew: 0, of: server) }
        // A clock that was fast may have dated things ahead of the world's time.
        time.set(time.now.advanced(byMinutes: 120))
        while !pending.isEmpty { try await step { try await self.tryAgain() } }
        var day = Zone.china.day(at: time.now)
        for morning in 1...7 {
            try await roundsUntil(Zone.china.moment(of: day.advanced(by: 1), minutes: 8 * 60 + 30))
            day = day.advanced(by: 1)
            try await step { try await self.morning(of: day) }
            try await step { try await self.bringPost(on: self.anyServer()) }
            if morning >= 2, isQuiet { break }
        }
        try await step { try await self.stateEverything() }
        try await step { try await self.nameAllReturns() }
        try await bringAllPost()
        try await audit(isWhole: true)
        try await eraseDue(troubles)
        try await settle()
    }

    /// Nothing moves by itself any more, at the wallet or at the bank.
    private var isQuiet: Bool {
        wallet.nextTime == nil && !bank.hasReturns && files.isEmpty && answers.isEmpty
            && auditor.cases.values.allSatisfy { one in
                one.payouts.values.allSatisfy { $0.state != "open" }
            }
    }

    private func roundsUntil(_ moment: Moment) async throws {
        while let due = try await nextDue(), due < moment {
            time.set(due)
            try await step { try await self.makeRound(on: self.anyServer()) }
        }
        time.set(moment)
    }

    func step(_ body: () async throws -> Void) async throws {
        report.steps += 1
        try await body()
        try await audit(isWhole: false)
    }

    /// The last word: wallet, bank and books say the same of every fen.
    private func settle() async throws {
        action = "the end"
        let outside = Outside(wallet: wallet, bank: bank, post: nil, at: time.now)
        wrong += outside.unsettled(auditor.cases)
        let account = wallet.books.account
        let stated = [
            (AuditedBooks.bank, bank.account.balance_fen),
            (AuditedBooks.platform, account.balance_fen),
        ]
        for (code, fen) in stated where auditor.books.total(code) != fen {
            wrong.append("\(code) stands at \(auditor.books.total(code)), its keeper says \(fen)")
        }
        count(&report)
        digest.take(auditor.books.words)
        guard wrong.isEmpty else { throw finding(wrong) }
    }
}
