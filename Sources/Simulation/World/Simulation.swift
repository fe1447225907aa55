import Casework
import Database
import Ledger
import Logging
import Store
import Workflow

/// One run: an office of one to three servers on one database, the world around it, and the auditor.
///
/// One thing happens at a time, in an order that follows from the seed; a server that waits for its turn may be
/// overtaken by another, which is also drawn.
actor Simulation {
    let plan: SimulationPlan
    let time: SimulatedTime
    let staff = Staff()
    let people: CasePeople
    let callers: OrderPeople
    let wallet: SimulatedWallet
    let post: SimulatedPost
    let start: Moment
    let end: Moment
    let relay: Relay

    var database: RunDatabase
    var servers: [Server] = []
    var bank: SimulatedBank
    var auditor: Auditor
    var agenda = Agenda()
    var chance: Chance
    var manner: Manner
    var report = SimulationReport()
    var digest = Digest()
    /// What was done last, for the finding.
    var action = "the start"
    /// What was found wrong in this step.
    var wrong: [String] = []
    /// Cases and work orders by number, in the order they came.
    var cases: [ID<Case>] = []
    var orders: [ID<WorkOrder>] = []
    var visits: [String: Int] = [:]
    var nextFiling = 0
    var isInterjecting = false
    var isPrepared = false
    var round: (due: Moment, at: Moment, server: Int)?
    var planted: PlantedFault?
    /// What somebody keeps trying until it is answered.
    var pending: [Pending] = []
    /// Payment files that have not left, the bank's answers and statements that have not been taken.
    var files: [String] = []
    var answers: [String] = []
    var statements: [SentStatement] = []
    var expectsRubbish = false
    /// A server's rounds left nothing that was due by then; to be looked at with the next audit.
    var swept: Moment?

    struct Server {
        var office: Office?
        let injector: Injector
    }

    init(_ plan: SimulationPlan, _ books: Office.Books, _ database: RunDatabase) {
        self.plan = plan
        self.database = database
        var chance = Chance(plan.seed, "plan")
        var manner = Manner(&chance)
        plan.planted?.prepare(&manner)
        self.manner = manner
        self.chance = Chance(plan.seed, "world")
        guard let first = Day(year: 2024, month: 5, day: 6) else {
            preconditionFailure("6 May 2024 is a day")
        }
        // So that all editions have their turn, and the calendar does not end before the run does.
        let room = max(1, SimulationPlan.daysLimit - plan.hours / 24)
        let day = first.advanced(by: chance.int(0...room))
        // A run of half a day sees the morning, the day or the night.
        start = Zone.china.moment(of: day, minutes: chance.pick([9, 9, 15, 22]) * 60)
        end = start.advanced(byMinutes: plan.hours * 60)
        let time = SimulatedTime(start, servers: manner.servers)
        self.time = time
        people = CasePeople(staff: staff)
        callers = OrderPeople(staff: staff)
        wallet = SimulatedWallet(
            seed: plan.seed, number: books.platformNumber, time: time,
            isMischievous: manner.isWalletBad)
        post = SimulatedPost(seed: plan.seed, time: time, isMischievous: manner.isWalletBad)
        bank = SimulatedBank(seed: plan.seed, number: books.bankNumber)
        auditor = Auditor(isSealed: manner.hasKeys, isSkewed: manner.hasSkew)
        planted = plan.planted
        relay = Relay()
    }

    /// - Throws: `SimulationFinding`, or whatever kept the run from beginning.
    func run() async throws -> SimulationReport {
        for index in 0..<manner.servers {
            let injector = Injector { [relay] in relay.wait(for: index) }
            servers.append(Server(office: nil, injector: injector))
        }
        relay.set { [weak self] server in await self?.interject(before: server) }
        do {
            let rule = try RetentionRule.load(directory: plan.policies)
            for (kind, term) in rule?.terms ?? [:] {
                auditor.erasures.terms[kind.rawValue] = term.years
            }
            try await open()
            try await live()
            try await bringToAnEnd()
        } catch {
            await closeAll()
            throw error
        }
        await closeAll()
        report.digest = digest.text
        return report
    }

    private func live() async throws {
        while let next = try await nextThing() {
            time.set(next.at)
            report.steps += 1
            try await take(next.action)
            try await tamper()
            try await audit(isWhole: chance.happens(manner.wholeAudits) && isDue())
        }
    }

    /// Looking at everything takes the longer the longer a run is: it is done the more seldom, so that a year
    /// can be simulated.
    func isDue() -> Bool { chance.int(0...max(500, report.steps)) <= 500 }

    /// What happens next, a round of the office's or something of the world's; nil when the days are over.
    private func nextThing() async throws -> (at: Moment, action: Action)? {
        try await planRound()
        let item = agenda.first
        if let round, round.at < item?.at ?? end {
            self.round = nil
            return round.at < end ? (round.at, .round(server: round.server)) : nil
        }
        guard let item, item.at < end else { return nil }
        agenda.removeFirst()
        return item
    }

    /// Draws when somebody's rounds come by for what falls due next.
    private func planRound() async throws {
        guard let due = try await nextDue(), due != round?.due else { return }
        let server = chance.int(0...servers.count - 1)
        let lateMs =
            switch chance.int(0...99) {
            case ..<70: chance.minutes_ms(0...2)
            case ..<98: chance.minutes_ms(2...240)
            // Nobody's server ran over the weekend.
            default: chance.minutes_ms(1_000...4_000)
            }
        let skew = time.now.distanceMs(to: time.now(of: server))
        let at = max(time.now, due.advanced(byMs: lateMs - skew))
        round = (due, at, server)
    }

    func nextDue() async throws -> Moment? {
        guard let office = anyOffice else { return nil }
        return try await office.read { transaction in
            let times = [
                try transaction.nextStepTime(), try transaction.nextOrderStepTime(),
                try transaction.nextMessageTime(),
            ]
            return times.compactMap { $0 }.min()
        }
    }

    var anyOffice: Office? { servers.lazy.compactMap(\.office).first }

    // MARK: The auditor's part

    /// Holds everything to the auditor's books.
    func audit(isWhole: Bool) async throws {
        guard let office = anyOffice else { return }
        let outside = Outside(
            wallet: wallet, bank: bank, post: manner.hasPost ? post : nil, at: time.now)
        let (before, lookHarder, swept) = (auditor, isWhole, swept)
        self.swept = nil
        do {
            let (after, found) = try await office.read { transaction in
                var auditor = before
                var found = try auditor.look(transaction, outside)
                if lookHarder, found.isEmpty { found += try auditor.lookAtEverything(transaction) }
                if let swept { found += try auditor.overdue(at: swept, transaction) }
                return (auditor, found)
            }
            auditor = after
            wrong += found
        } catch {
            wrong.append("the auditor cannot read: \(error)")
        }
        if isWhole, wrong.isEmpty { await compareReplays(office) }
        guard wrong.isEmpty else { throw finding(wrong) }
    }

    /// The office's own proof, and each case as its events tell it.
    private func compareReplays(_ office: Office) async {
        do {
            let proof = try await office.verifyBooks()
            if !proof.isSound { wrong.append("the office's own proof fails: \(proof)") }
            let clocks = try await office.verifyClocks()
            if !clocks.isSound { wrong.append("the office's own proof of clocks fails: \(clocks)") }
        } catch {
            wrong.append("the office's own proof cannot be made: \(error)")
        }
    }

    func finding(_ differences: [String]) -> SimulationFinding {
        var report = report
        count(&report)
        return SimulationFinding(
            seed: plan.seed, step: report.steps, at: time.now, action: action,
            differences: differences, report: report)
    }

    /// What books and journals have to say of it.
    func count(_ report: inout SimulationReport) {
        report.vouchers = auditor.books.number
        report.payouts = wallet.books.journal.count { $0.fen < 0 } + bank.paid.count
        report.messages = auditor.post.settledCount
        report.erased = auditor.erasures.subjects.count
    }

    func note(_ text: String) {
        let line = "\(report.steps) \(time.now) \(text)"
        digest.take(line)
        plan.witness?(line)
    }
}

/// How this run goes, drawn from the seed: what goes wrong in it, and how busy it is.
struct Manner: Sendable {
    let servers: Int
    let isWalletBad: Bool
    /// What may go wrong with the database, and in how many of a thousand steps something does.
    var troubles: [Trouble]
    let troubleRate: Int
    /// Servers' clocks are set now and then.
    var hasSkew: Bool
    let filingsPerDay: Int
    let callsPerDay: Int
    /// In how many of a thousand steps everything is looked at again.
    let wholeAudits: Int
    /// People are written to.
    var hasPost: Bool
    /// What is personal is sealed.
    var hasKeys: Bool
    /// Years later it is erased.
    var forgets: Bool

    init(_ chance: inout Chance) {
        servers = chance.pick([1, 1, 2, 2, 3])
        isWalletBad = chance.happens(700)
        let all: [Trouble] = [
            .end, .powerCut, .tornCommit, .fullDisk, .conflict, .unknownDone, .unknownUndone,
            .interjection,
        ]
        troubles = chance.happens(200) ? [] : all.filter { _ in chance.happens(500) }
        troubleRate = chance.pick([20, 60, 150])
        hasSkew = chance.happens(400)
        filingsPerDay = chance.int(4...14)
        callsPerDay = chance.int(0...6)
        wholeAudits = 40
        hasPost = chance.happens(700)
        hasKeys = chance.happens(500)
        forgets = chance.happens(300)
    }
}
