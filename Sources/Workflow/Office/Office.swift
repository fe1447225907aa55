package import Casework
package import Database
package import Ledger
package import Logging
package import Store
import Telemetry
import Tracing

/// The office: where time, ids, policies and the database meet.
///
/// Every change goes through `work`, in one transaction: load, decide, apply, append events, post
/// vouchers, set clocks, enqueue what must reach outside. Nothing outward happens inside it.
package final class Office: Sendable {
    package let database: Database
    package let books: Books
    /// The office's clock: the wall's, or the demonstration's.
    package let now: @Sendable () -> Moment
    package let logger: Logger
    /// Signs a checkpoint whenever a period closes; nil: none are signed.
    let signingKey: SigningKey?
    let shelf: PolicyShelf
    /// Of the work orders, where their editions lie apart.
    let hotlineShelf: PolicyShelf?
    /// What people are told of the use of their data when they file.
    package let consents: ConsentTexts
    let schedules = ScheduleShelf()
    let recent = RecentCases()
    package let vitals = Vitals()
    /// How people log in.
    package let accounts: Accounts
    /// Of tourists' one-time codes.
    let codeKey: CodeKey
    /// Looks at evidence before it is taken; nil: nobody does.
    let scanner: EvidenceScanner?
    /// Whether people are written to when something is decided or paid.
    package let messages: Messages

    /// The approved editions, as they were when last read.
    package var policies: PolicyBook { shelf.book }
    /// Those that rule on work orders: of the part `hotline`, or the same where there is no such part.
    package var hotlinePolicies: PolicyBook { hotlineShelf?.book ?? shelf.book }

    /// The books of policy in force: the main one, then that of work orders where it lies apart.
    package var policyBooks: [PolicyBook] {
        [policies] + (hotlineShelf.map { [$0.book] } ?? [])
    }

    /// An approved edition of any of the books: `2026-03-08`, `sanya/2026-03-08` or
    /// `sanya/hotline/2023-01-01`; a bare day is first looked for in the main book.
    package func edition(named name: String) throws(PolicyError) -> Edition {
        for book in policyBooks.reversed() {
            if let found = book.editions.first(where: { $0.name == name }) { return found }
        }
        if let found = hotlineShelf?.book.editions.first(where: { $0.id == name }),
            !policies.editions.contains(where: { $0.id == name })
        {
            return found
        }
        return try policies.edition(named: name)
    }

    private init(
        database: Database, shelf: PolicyShelf, hotlineShelf: PolicyShelf?,
        consents: ConsentTexts, books: Books, logger: Logger, signingKey: SigningKey?,
        accounts: AccountTerms, codeKey: CodeKey, scanner: EvidenceScanner?, messages: Messages,
        now: @escaping @Sendable () -> Moment
    ) {
        self.database = database
        self.shelf = shelf
        self.hotlineShelf = hotlineShelf
        self.consents = consents
        self.books = books
        self.logger = logger
        self.signingKey = signingKey
        self.accounts = Accounts(accounts)
        self.codeKey = codeKey
        self.scanner = scanner
        self.messages = messages
        self.now = now
    }

    /// The fund's books, and where its money lies.
    package struct Books: Sendable {
        package let chart: Chart
        package let postings: Postings.Books
        /// Where there is none, no money moves: see `WorkflowError.noFund`.
        package let hasFund: Bool
        /// The bank's number of the dedicated account, as statements name it.
        package let bankNumber: String
        /// The platform's number of the fund's merchant account.
        package let platformNumber: String

        package init(
            chart: Chart, postings: Postings.Books, bankNumber: String, platformNumber: String,
            hasFund: Bool = true
        ) {
            self.chart = chart
            self.postings = postings
            self.hasFund = hasFund
            self.bankNumber = bankNumber
            self.platformNumber = platformNumber
        }

        package var fund: String { postings.fund }
        package var zone: Zone { postings.zone }
    }

    /// The editions of a folder, read once for many openings: an office in one process is closed and opened
    /// a thousand times by those who try what survives it.
    package struct KnownPolicies: Sendable {
        package let main: PolicyBook
        package let hotline: PolicyBook?

        package init(directory: String) throws(PolicyError) {
            main = try PolicyBook.load(directory: directory)
            hotline = try PolicyBook.hotline(of: directory)
        }
    }

    /// Opens the office on a database, applying schema steps that are missing.
    ///
    /// A new office is founded with the editions that lie in `directory`; from then on only approved
    /// ones decide, and a file changed after approval is refused.
    ///
    /// - Parameter dataKeys: Seal what is personal in events; nil: it lies plain, unless keys were used
    ///   before: then the office does not open.
    /// - Parameter known: What the folder holds, where it was read before.
    package static func open(
        database url: String, policies directory: String, known: KnownPolicies? = nil,
        logger: Logger, options: Database.Options = Database.Options(),
        signingKey: SigningKey? = nil, dataKeys: DataKeys? = nil,
        accounts: AccountTerms = AccountTerms(), scanner: EvidenceScanner? = nil,
        messages: Messages = .none,
        now: @escaping @Sendable () -> Moment
    ) async throws -> Office {
        let database = try await Database.open(url, options: options, companion: dataKeys)
        do {
            try await database.migrate(Schema.steps)
            try await database.read { try $0.checkDataKeys() }
            if dataKeys != nil { try await database.write { try $0.makeOfficeKey() } }
            // A bounded transaction each; the whole is done once, at the first opening by this release.
            while try await database.write({ try $0.fillOrderTables(limit: 500) }) {}
            let shelf = try await PolicyShelf.open(
                directory, known: known?.main, in: database, at: now())
            var hotlineShelf: PolicyShelf?
            if let part = PolicyBook.hotlineDirectory(of: directory) {
                hotlineShelf = try await PolicyShelf.open(
                    part, known: known?.hotline, in: database, at: now())
            }
            var accounts = accounts
            accounts.box = dataKeys.map(SecretBox.init)
            let office = Office(
                database: database, shelf: shelf, hotlineShelf: hotlineShelf,
                consents: try ConsentTexts.load(directory: directory),
                books: try shelf.book.books(), logger: logger, signingKey: signingKey,
                accounts: accounts, codeKey: CodeKey(dataKeys), scanner: scanner,
                messages: messages,
                now: now)
            try await database.read { try office.schedules.reload($0) }
            return office
        } catch {
            await database.close()
            throw error
        }
    }

    /// Finishes what is under way and lets go of the database.
    package func close() async { await database.close() }

    /// Runs `body` in one transaction at one moment. It may run again when another transaction won.
    package func work<T: Sendable>(
        _ body: @escaping @Sendable (Work) throws -> T
    ) async throws -> T {
        try await withSpan("transaction") { span in
            span.attributes["db.system.name"] = database.engine.rawValue
            return try await change(body)
        }
    }

    private func change<T: Sendable>(
        _ body: @escaping @Sendable (Work) throws -> T
    ) async throws -> T {
        let moment = now()
        let value: T
        let lines: [Logger.Metadata]
        let started: [WorkSchedule]
        let changed: [RecentCases.Kept]
        do {
            (value, lines, started, changed) = try await database.write { transaction in
                let work = Work(transaction: transaction, office: self, now: moment)
                do {
                    let value = try body(work)
                    return (value, work.journal, work.started, work.changed)
                } catch {
                    throw work.attempt(in: error) ?? error
                }
            }
        } catch let attempt as Attempt {
            await record(attempt, at: moment)
            throw attempt.refusal
        } catch DatabaseError.commitUnknown {
            recent.forgetAll()
            throw DatabaseError.commitUnknown
        }
        recent.keep(changed)
        for schedule in started { schedules.note(schedule) }
        for line in lines { logger.info("case changed", metadata: line) }
        return value
    }

    /// Runs several steps in one transaction, each at a moment of its own: for a clock that is not the
    /// wall's, where a commit each would take the time. `body` may run again.
    ///
    /// A step that throws undoes them all, unless its error is caught before anything was written.
    ///
    /// - Parameter sheets: Work orders that need not be read.
    func works<T: Sendable>(
        holding sheets: [ID<WorkOrder>: OrderSheet],
        _ body: @escaping @Sendable (Works) throws -> T
    ) async throws -> T {
        let (value, lines, started) = try await database.write { transaction in
            let works = Works(transaction: transaction, office: self, sheets)
            let value = try body(works)
            return (value, works.all.flatMap(\.journal), works.all.flatMap(\.started))
        }
        for schedule in started { schedules.note(schedule) }
        for line in lines { logger.info("case changed", metadata: line) }
        return value
    }

    /// Reads from one state of the database.
    package func read<T: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        // What no request asked for is not worth a trace of its own, many times a second.
        guard InstrumentationContext.current?.trace != nil else {
            return try await database.read(body)
        }
        return try await withSpan("read") { _ in try await database.read(body) }
    }
}

extension Office {
    /// Tells this office's database from every other, by whatever address it was opened; nil where only its file
    /// does.
    package func databaseIdentity() async throws -> String? {
        guard database.engine == .postgres else { return nil }
        return try await read { try $0.databaseIdentity() }
    }
}

/// The work of one transaction: it lives as long as the closure it is handed to.
package final class Work {
    package let transaction: Transaction
    package let office: Office
    package let now: Moment
    /// What to log once the commit is durable.
    var journal: [Logger.Metadata] = []
    /// What to have at hand once the commit is durable.
    var changed: [RecentCases.Kept] = []
    /// Schedules that clocks were set by and that were kept first in this transaction.
    var started: [WorkSchedule] = []
    /// What the risk model said, as long as what it reads of the case stays as it is.
    var assessed: [RiskKey: Ruling<Risk>] = [:]
    /// Who must agree, as long as the question stays the same.
    var agreed: [AuthorityKey: Ruling<Authority>] = [:]
    /// The case that was read last, until this transaction writes one.
    var caseInHand: KnownCase?
    /// What others have committed, until this transaction writes a case itself.
    var committedBeside: (key: CommittedKey, sums: Committed)?
    /// The facts of the case that was asked about last.
    var derivedFacts: DerivedFacts?
    /// What was last asked of a case, and by whom, for the record should it be refused.
    var inHand: (id: ID<Case>, command: Command.Kind, actor: Actor)?
    /// Work orders that need not be read again; nil where each is read when it is wanted.
    var hand: OrderHand?

    init(transaction: Transaction, office: Office, now: Moment) {
        self.transaction = transaction
        self.office = office
        self.now = now
    }

    package var books: Office.Books { office.books }
    package var today: Day { books.zone.day(at: now) }
}

@available(*, unavailable)
extension Work: Sendable {}

/// Work orders that one writer keeps in hand between its steps. Should another write one of them, the next
/// step on it is refused by its version, and nothing is written.
final class OrderHand {
    var sheets: [ID<WorkOrder>: OrderSheet]
    /// Editions of the schedule that this transaction keeps.
    var kept: Set<String> = []

    init(_ sheets: [ID<WorkOrder>: OrderSheet]) { self.sheets = sheets }
}

/// The steps of one transaction: see `Office.works`.
final class Works {
    let transaction: Transaction
    let office: Office
    let hand: OrderHand
    fileprivate var all: [Work] = []

    fileprivate init(
        transaction: Transaction, office: Office, _ sheets: [ID<WorkOrder>: OrderSheet]
    ) {
        self.transaction = transaction
        self.office = office
        hand = OrderHand(sheets)
    }

    /// The step at `moment`.
    func at(_ moment: Moment) -> Work {
        let work = Work(transaction: transaction, office: office, now: moment)
        work.hand = hand
        all.append(work)
        return work
    }
}

@available(*, unavailable)
extension Works: Sendable {}
