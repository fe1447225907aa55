import Banking
import Casework
import Database
package import Ledger
package import Logging
package import Store

/// Why a demonstration was not run.
package enum DemoError: Error, Hashable, Sendable {
    /// The database holds cases already; the demonstration wants an empty one.
    case databaseInUse
    case countOutOfRange(Int, limit: Int)
    /// Something was due at this time and would not be done: a fault of ours.
    case stuck(at: Moment)
}

/// Runs fifteen months of generated complaints through the office, on a clock of its own.
///
/// The generator says what is complained about and how people behave; what is accepted, owed, advanced,
/// released and recovered is decided by the policy and the procedure alone.
///
/// - Parameter progress: Complaints filed so far, and all of them.
package func runDemonstration(
    databaseURL: String, policyDirectory: String, signingKey: SigningKey? = nil,
    dataKeys: DataKeys? = nil,
    seed: UInt64 = Demonstration.defaultSeed, count: Int = Demonstration.publishedCount,
    logger: Logger,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
) async throws -> DemoReport {
    guard (1...Demonstration.countLimit).contains(count) else {
        throw DemoError.countOutOfRange(count, limit: Demonstration.countLimit)
    }
    let clock = VirtualClock(DemoCalendar.opening)
    let office = try await Office.open(
        database: databaseURL, policies: policyDirectory, logger: logger, signingKey: signingKey,
        dataKeys: dataKeys, now: { clock.now })
    do {
        guard try await office.read({ try $0.caseCounts().isEmpty }) else {
            throw DemoError.databaseInUse
        }
        let demonstration = Demonstration(
            office: office, clock: clock, seed: seed, count: count, progress: progress)
        let report = try await demonstration.run()
        await office.database.close()
        return report
    } catch {
        await office.database.close()
        throw error
    }
}

/// One run: the office, the world around it, and what is still to happen.
package actor Demonstration {
    package static let defaultSeed: UInt64 = 20_230_427
    /// What Sanya published; the generator makes as many unless told otherwise.
    package static let publishedCount = 4_143
    package static let countLimit = 90_000

    let office: Office
    let clock: VirtualClock
    let wallet: BookWallet
    let staff = Staff()
    let people: People
    let generator: ComplaintGenerator
    let complaints: [Complaint]
    private let clockwork: Clockwork
    private let paymaster: Paymaster
    private let progress: @Sendable (Int, Int) -> Void

    var agenda = Agenda()
    var bank: DemoBank
    var platform: PlatformStatements
    /// Every case as it last was.
    var files: [ID<Case>: Case] = [:]
    var indices: [ID<Case>: Int] = [:]
    private var planned: Set<String> = []
    var observed = DemoReport.Observed()
    private var tally: DemoTally?

    init(
        office: Office, clock: VirtualClock, seed: UInt64, count: Int,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) {
        self.office = office
        self.clock = clock
        self.progress = progress
        people = People(seed: seed, staff: staff)
        let generator = ComplaintGenerator(seed: seed, staff: staff)
        self.generator = generator
        complaints = (0..<count).map { generator.complaint($0, of: count) }
        let book = WalletBook(behaviour: .ordinary(seed: seed), opened: clock.now)
        wallet = BookWallet(book, now: { clock.now })
        clockwork = Clockwork(office: office)
        // One message at a time: the order of vouchers must follow from the seed alone.
        paymaster = Paymaster(office: office, wallet: wallet, batch: 1)
        bank = DemoBank(number: office.books.bankNumber)
        platform = PlatformStatements(number: office.books.platformNumber)
    }

    func run() async throws -> DemoReport {
        try await openFund()
        try await enrolMerchants()
        for complaint in complaints { agenda.enter(.file(complaint.index), at: complaint.at) }
        agenda.enter(.cutoff, at: DemoCalendar.cutoff)
        agenda.enter(.morning(after: DemoCalendar.start), at: morning(after: DemoCalendar.start))
        while true {
            let next = agenda.nextTime
            if let due = try await nextRound(), due <= next ?? due {
                try await makeRound(at: due)
            } else if let item = agenda.popFirst() {
                clock.set(item.at)
                try await take(item.action)
            } else {
                break
            }
        }
        let proof = try await office.verifyBooks()
        guard let tally else { throw DemoError.stuck(at: clock.now) }
        return DemoReport(
            tally, observed, seed: people.seed, proof: proof, endedAt: clock.now,
            leftOpen: files.values.count { $0.stage.isOpen })
    }

    private func take(_ action: Agenda.Action) async throws {
        switch action {
        case .file(let index): try await file(complaints[index])
        case .act(let id, let key): try await act(on: id, key)
        case .standing(let merchant, let change): try await changeStanding(merchant, change)
        case .morning(let day): try await makeMorning(after: day)
        case .cutoff:
            tally = try await office.read { [books = office.books] transaction in
                try DemoTally(transaction, books, before: DemoCalendar.cutoff)
            }
            tally?.takeClocks(of: files.values)
        }
    }

    // MARK: - The office's own rounds

    /// The next time at which the office does something by itself; nil when that lies beyond what is shown,
    /// as the end of a limitation of three years does.
    func nextRound() async throws -> Moment? {
        let last = DemoCalendar.zone.moment(of: DemoCalendar.end.advanced(by: Self.drainLimit))
        return try await office.read { transaction in
            let times = [try transaction.nextStepTime(), try transaction.nextMessageTime()]
            return times.compactMap { $0 }.filter { $0 < last }.min()
        }
    }

    private func makeRound(at due: Moment) async throws {
        clock.set(due)
        let touched = try await clockwork.runOnce() + paymaster.runOnce()
        guard !touched.isEmpty else { throw DemoError.stuck(at: due) }
        observed.rounds += 1
        for id in touched { try await reload(id) }
    }

    func reload(_ id: ID<Case>) async throws {
        guard let file = try await office.read({ try $0.caseFile(id) }) else { return }
        react(to: file)
    }

    // MARK: - Cases

    private func file(_ complaint: Complaint) async throws {
        var draws = Draws(people.seed, complaint.index, "code")
        let code = digits(draws.int(0...99_999_999), 8)
        let file = try await office.work { work in
            try work.file(complaint.filing, by: complaint.filer, trackingCode: code).file
        }
        indices[file.id] = complaint.index
        react(to: file)
        if case .merged(let first) = file.stage { try await reload(first) }
        observed.filed += 1
        progress(observed.filed, complaints.count)
    }

    /// Plans what people will do about the case as it now is.
    private func react(to file: Case) {
        files[file.id] = file
        guard let index = indices[file.id] else { return }
        for plan in people.plans(for: file, complaints[index])
        where planned.insert("\(file.id)|\(plan.key)").inserted {
            var at = clock.now.advanced(byMs: plan.delayMs)
            if plan.isOfficeWork {
                var draws = Draws(people.seed, index, "hour/\(plan.key)")
                at = DemoCalendar.officeHour(at, &draws)
            }
            agenda.enter(.act(file.id, key: plan.key), at: at)
        }
    }

    private func act(on id: ID<Case>, _ key: String) async throws {
        guard let file = files[id], let index = indices[id],
            let plan = people.plans(for: file, complaints[index]).first(where: { $0.key == key })
        else {
            // The case went another way. Should it come back to this point, it is planned again.
            planned.remove("\(id)|\(key)")
            return
        }
        do {
            if let after = try await carryOut(plan.effect, on: file) { react(to: after) }
            observed.acts += 1
        } catch let refusal as Refusal {
            observed.refusals["\(key.prefix { $0 != "/" }): \(refusal)", default: 0] += 1
        }
    }

    private func carryOut(_ effect: Plan.Effect, on file: Case) async throws -> Case? {
        let id = file.id
        switch effect {
        case .commands(let commands):
            return try await office.work { work in
                var after: Case?
                for (command, actor) in commands {
                    after = try work.perform(command, on: id, by: actor)
                }
                return after
            }
        case .evidence(let kind, let index, let findings, let sender, let agent):
            let bytes = Placeholder.bytes(of: kind, index: index)
            return try await office.work { work in
                if !findings.isEmpty {
                    try work.perform(
                        .correctFacts(findings, reason: "核查结果"), on: id, by: agent)
                }
                return try work.addEvidence(bytes, kind: kind, name: kind, to: id, by: sender)
            }
        case .serveNotice:
            return try await office.work { [staff] work in
                let notice = Recovery.Notice(servedOn: work.today, proof: "EMS \(id) 妥投")
                return try work.serveNotice(notice, on: id, by: staff.accountant)
            }
        case .repay(let amount):
            repay(amount, for: file)
            return nil
        case .setOff(let amount, let reference):
            let day = DemoCalendar.zone.day(at: clock.now)
            bank.book(amount, on: day, text: "\(reference) \(id)", from: "质量保证金存管银行")
            return try await office.work { [staff] work in
                let command = Command.setOffDeposit(amount, reference: reference, on: day)
                return try work.perform(command, on: id, by: staff.accountant)
            }
        }
    }
}
