import Casework
import Database
package import Ledger
package import Logging
package import Store

/// Runs a year of one of the hotlines on a clock of its own, into an empty database.
///
/// The generator says what is called about and how people act; how it is sorted, how long it may take, who
/// gets it and what it counts as is decided by edition and procedure alone.
///
/// - Parameters:
///   - count: 1…`HotlineYear.countLimit` calls; nil: as many as a year of the office has.
///   - progress: Calls registered so far, and all of them.
package func runHotlineYear(
    _ office: DemoOffice, databaseURL: String, policyDirectory: String,
    signingKey: SigningKey? = nil, dataKeys: DataKeys? = nil,
    seed: UInt64 = HotlineYear.defaultSeed, count: Int? = nil,
    logger: Logger,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
) async throws -> HotlineReport {
    let count = count ?? office.calls
    guard (1...HotlineYear.countLimit).contains(count) else {
        throw DemoError.countOutOfRange(count, limit: HotlineYear.countLimit)
    }
    let clock = VirtualClock(OfficeYear.opening)
    let opened = try await Office.open(
        database: databaseURL, policies: policyDirectory, logger: logger, signingKey: signingKey,
        dataKeys: dataKeys, now: { clock.now })
    do {
        let isEmpty = try await opened.read { transaction in
            let (cases, orders) = (try transaction.caseCounts(), try transaction.orderCounts())
            return cases.isEmpty && orders.isEmpty
        }
        guard isEmpty else { throw DemoError.databaseInUse }
        let year = HotlineYear(
            opened, clock, HotlineWorld(office, seed: seed, count: count), progress)
        let report = try await year.run()
        await opened.close()
        return report
    } catch {
        await opened.close()
        throw error
    }
}

/// One run of a hotline's year.
package actor HotlineYear {
    package static let defaultSeed: UInt64 = 20_250_101
    package static let countLimit = 400_000

    private let office: Office
    private let clock: VirtualClock
    private let world: HotlineWorld
    private let progress: @Sendable (Int, Int) -> Void
    private let wallet: BookWallet
    private let paymaster: Paymaster
    private var course = HotlineRun()
    private var atCutoff: HotlineTally?

    init(
        _ office: Office, _ clock: VirtualClock, _ world: HotlineWorld,
        _ progress: @escaping @Sendable (Int, Int) -> Void
    ) {
        self.office = office
        self.clock = clock
        self.world = world
        self.progress = progress
        let book = WalletBook(behaviour: WalletBehaviour(seed: world.seed), opened: clock.now)
        wallet = BookWallet(book, now: { clock.now })
        // One message at a time: the order of vouchers must follow from the seed alone.
        paymaster = Paymaster(office: office, wallet: wallet, batch: 1)
    }

    func run() async throws -> HotlineReport {
        try await enrolFirms()
        if world.year.waiver != nil { try await openFund() }
        loop: while true {
            switch try await takeSlice() {
            case .more: break
            case .cutoff: atCutoff = try await HotlineTally.read(office)
            case .payment(let at): try await sendMoney(at: at)
            case .over: break loop
            }
            progress(course.arrived, world.arrivals.count)
        }
        if atCutoff == nil { atCutoff = try await HotlineTally.read(office) }
        guard let atCutoff else { throw DemoError.stuck(at: course.now) }
        clock.set(course.now)
        let final = try await HotlineTally.read(office)
        let books = office.books.hasFund ? try await HotlineReport.Books(of: office) : nil
        return HotlineReport(
            world, final, atCutoff: atCutoff, course, books: books,
            tallyFaults: try await office.read { try $0.tallyFaults() },
            clocks: try await office.verifyClocks())
    }

    private func takeSlice() async throws -> HotlineRun.Stop {
        let (before, world) = (course, world)
        let (after, stop) = try await office.works(holding: before.sheets) { works in
            var run = before
            let stop = try run.run(in: works, world)
            return (run, stop)
        }
        course = after
        clock.set(after.now)
        return stop
    }

    // MARK: - Firms and money

    private func enrolFirms() async throws {
        let (firms, staff) = (world.year.firms, world.staff)
        guard !firms.isEmpty else { return }
        try await office.work { work in
            for firm in firms.sorted(by: { $0.key < $1.key }).flatMap(\.value) {
                _ = try work.enrol(
                    firm.id, name: firm.name, trade: firm.trade, by: staff.administrator)
                _ = try work.changeStanding(
                    of: firm.id,
                    StandingChange(
                        .enrolled, from: OfficeYear.firstDay, reason: "签订质量保证协议",
                        agreement: "质保协议"),
                    by: staff.administrator)
            }
        }
    }

    /// What a year at this size may cost, and half as much again.
    private func openFund() async throws {
        let fund = Money(fen: Int64(world.arrivals.count) * 20_000 + 1_000_000)
        try await office.work { [cashier = world.staff.cashier] work in
            _ = try work.appropriate(
                fund, id: "G\(OfficeYear.year)", reason: "财政拨付免除接运费资金", on: work.today,
                by: cashier)
            _ = try work.transfer(
                fund, toPlatform: true, id: "T\(OfficeYear.year)", on: work.today, by: cashier)
        }
        _ = try wallet.topUp(fund, reference: "T\(OfficeYear.year)")
    }

    /// Sends what waits, and asks again until the platform has said what became of it.
    private func sendMoney(at start: Moment) async throws {
        clock.set(max(start, course.now))
        course.now = clock.now
        while try await !paymaster.runOnce().isEmpty {}
        course.waivers.paymentAt = try await office.read { try $0.nextMessageTime() }
            .map { max($0, clock.now.advanced(byMinutes: 10)) }
    }
}
