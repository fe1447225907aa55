import Casework
import Ledger
import Store
import Workflow

/// What happens at the desk and at the line, a step at a time.
extension Simulation {
    func take(_ action: Action) async throws {
        switch action {
        case .complaint(let number):
            try await file(number)
            enterNextComplaint(number + 1)
        case .visit(let id): try await visit(id, on: anyServer())
        case .call(let number):
            try await call(number)
            enterNextCall(number + 1)
        case .handle(let id): try await handle(id, on: anyServer())
        case .round(let server): try await makeRound(on: server)
        case .morning(let day):
            try await morning(of: day)
            agenda.enter(
                .morning(day.advanced(by: 1)),
                at: Zone.china.moment(of: day.advanced(by: 1), minutes: 8 * 60 + 30))
        case .post:
            try await bringPost(on: anyServer())
            enterNextPost()
        case .again: try await tryAgain()
        case .clock: setClock()
        case .restart: try await restart()
        }
    }

    func anyServer() -> Int { chance.int(0...servers.count - 1) }

    func enterNextComplaint(_ number: Int) {
        let pause = chance.minutes_ms(0...2 * 1_440 / manner.filingsPerDay)
        agenda.enter(.complaint(number: number), at: time.now.advanced(byMs: pause))
    }

    func enterNextCall(_ number: Int) {
        guard manner.callsPerDay > 0 else { return }
        let pause = chance.minutes_ms(0...2 * 1_440 / manner.callsPerDay)
        agenda.enter(.call(number: number), at: time.now.advanced(byMs: pause))
    }

    // MARK: Complaints

    private func file(_ number: Int) async throws {
        guard let office = anyOffice else { return }
        let today = Zone.china.day(at: time.now)
        let edition = try office.policies.edition(inForceOn: today)
        let filing = people.filings.filing(
            number, on: today, at: time.now, under: edition, &chance)
        let actor = chance.happens(400) ? Actor.tourist : chance.pick(staff.agents)
        try await send(
            .init(key: "filing-\(number)", what: .filing(filing, by: actor)), on: anyServer())
    }

    /// Sends what comes under a key; what was not answered is sent again later, under the same key.
    func send(_ one: Pending, on server: Int) async throws {
        guard case .filing(let filing, let actor) = one.what else { return }
        let key = one.key
        let outcome = try await attempt("\(key)", on: server) { work in
            if let earlier = try work.transaction.earlierAnswer(to: key, by: actor.name) {
                return (earlier.body, Int?.none)
            }
            let file = try work.file(filing, by: actor, trackingCode: key).file
            try work.transaction.keepAnswer(
                EarlierAnswer(requestHash: key, status: 201, body: file.id.text), to: key,
                by: actor.name, at: work.now)
            return (file.id.text, file.version)
        }
        switch outcome {
        case .done(let (number, version)):
            let id = ID<Case>(number)
            wrong += auditor.acknowledge(number, under: key)
            if let version { auditor.acknowledge(id, at: version) }
            if !cases.contains(id) {
                cases.append(id)
                report.cases += 1
                agenda.enter(.visit(id), at: time.now.advanced(byMs: chance.pause_ms()))
                try await enterContact(of: id)
            }
            // One in ten is sent once more, by a double click or a bad line.
            if chance.happens(100) { later(one) }
        case .failed, .unknown: later(one)
        case .refused: break
        }
    }

    func later(_ one: Pending) {
        pending.append(one)
        agenda.enter(.again, at: time.now.advanced(byMs: chance.minutes_ms(0...20)))
    }

    func tryAgain() async throws {
        guard !pending.isEmpty else { return }
        let one = pending.removeFirst()
        switch one.what {
        case .filing: try await send(one, on: anyServer())
        case .booking: try await book(one, on: anyServer())
        }
    }

    // MARK: Cases

    func visit(_ id: ID<Case>, on server: Int) async throws {
        guard let office = servers[server].office,
            let file = try await office.read({ [time] in
                try office.known(id, in: $0, at: time.now(of: server))?.file
            })
        else { return }
        let edition = try office.policies.edition(named: file.terms.edition)
        if !isInterjecting {
            visits[id.text, default: 0] += 1
            // Nobody looks at one case for ever.
            if visits[id.text, default: 0] < 40 {
                agenda.enter(.visit(id), at: time.now.advanced(byMs: chance.pause_ms()))
            }
        }
        guard let deed = people.deed(on: file, at: time.now, under: edition, &chance) else {
            return
        }
        let seen = chance.happens(500) ? file.version : nil
        let stale = chance.happens(60) && file.version > 1
        let version = stale ? file.version - 1 : seen
        let after = try await carryOut(deed, on: file, expecting: version, on: server)
        if case .remittance = deed { return }
        guard let after else { return }
        if stale { wrong.append("\(id): \(deed.name) was done on a version that is past") }
        try await check(after)
        // A double click: what was seen is past now.
        guard chance.happens(60), after.version > file.version, !isInterjecting else { return }
        let again = try await carryOut(deed, on: file, expecting: file.version, on: server)
        if again != nil { wrong.append("\(id): \(deed.name) was done twice on one version") }
    }

    /// Carries out a deed; the case afterwards, as it was acknowledged.
    private func carryOut(
        _ deed: Deed, on file: Case, expecting version: Int?, on server: Int
    ) async throws -> Case? {
        let id = file.id
        let name = "\(id) \(deed.name)"
        let outcome: Outcome<Case>
        switch deed {
        case .command(let command, let actor):
            outcome = try await attempt(name, on: server) {
                try $0.perform(command, on: id, by: actor, expecting: version)
            }
        case .evidence(let kind, let bytes, let actor):
            outcome = try await attempt(name, on: server) {
                try $0.addEvidence(
                    bytes, kind: kind, name: kind, to: id, by: actor, expecting: version)
            }
        case .notice(let day, let actor):
            outcome = try await attempt(name, on: server) {
                try $0.serveNotice(
                    .init(servedOn: day, proof: "EMS \(id)"), on: id, by: actor,
                    expecting: version)
            }
        case .remittance(let fen, let text, let command, let actor):
            bank.book(
                fen, on: Zone.china.day(at: time.now), text: text, from: file.filing.merchantName)
            note("remittance \(fen)")
            guard let command else { return nil }
            outcome = try await attempt(name, on: server) {
                try $0.perform(command, on: id, by: actor)
            }
        }
        guard let after = outcome.value else { return nil }
        auditor.acknowledge(after)
        return after
    }

    /// What was answered is what the events tell.
    private func check(_ answered: Case) async throws {
        guard !isInterjecting, let office = anyOffice,
            let stored = try await office.read({ try $0.caseFile(answered.id) })
        else { return }
        if stored != answered {
            wrong.append(
                "\(answered.id) was answered at version \(answered.version), and its events tell another case"
                    + " at \(stored.version)")
        }
    }

    // MARK: Work orders

    private func call(_ number: Int) async throws {
        guard let office = anyOffice else { return }
        let today = Zone.china.day(at: time.now)
        let edition = try office.hotlinePolicies.edition(inForceOn: today)
        guard edition.hotline.isOffered else { return }
        let intake = callers.intake(number, on: today, at: time.now, under: edition, &chance)
        let actor = chance.happens(300) ? Actor.tourist : chance.pick(staff.agents)
        let outcome = try await attempt("call \(number)", on: anyServer()) {
            try $0.registerOrder(intake, by: actor, trackingCode: "\(number)")
        }
        guard let made = outcome.value else { return }
        for order in [made.order, made.report].compactMap({ $0 }) {
            auditor.acknowledge(order)
            orders.append(order.id)
            report.orders += 1
            agenda.enter(.handle(order.id), at: time.now.advanced(byMs: chance.pause_ms()))
        }
    }

    private func handle(_ id: ID<WorkOrder>, on server: Int) async throws {
        visits[id.text, default: 0] += 1
        if visits[id.text, default: 0] < 30 {
            agenda.enter(.handle(id), at: time.now.advanced(byMs: chance.pause_ms()))
        }
        let (callers, before) = (callers, Chance(plan.seed, "\(id) \(report.steps)"))
        let outcome = try await attempt("\(id)", on: server) { work -> WorkOrder? in
            guard let order = try work.transaction.workOrder(id) else { return nil }
            var chance = before
            let edition = try work.office.hotlinePolicies.edition(named: order.terms.edition)
            let book = try work.schedules(of: order)
            guard
                let (command, actor) = callers.command(
                    on: order, at: work.now, on: book, bureaus: edition.bureaus.map(\.code), &chance
                )
            else { return nil }
            return try work.perform(
                command, onOrder: id, by: actor,
                expecting: chance.happens(300) ? order.version : nil)
        }
        guard let order = outcome.value ?? nil else { return }
        auditor.acknowledge(order)
        guard let office = anyOffice,
            let stored = try await office.read({ try $0.workOrder(id) })
        else { return }
        if stored != order {
            wrong.append(
                "\(id) was answered at \(order.version), and its events tell another order")
        }
    }

    // MARK: The machine

    private func setClock() {
        let server = anyServer()
        let skewMs: Int64 =
            switch chance.int(0...3) {
            case 0: 0
            case 1: Int64(chance.int(-5_000...5_000))
            case 2: Int64(chance.int(-90...90)) * 60_000
            default: chance.happens(500) ? 3_600_000 : -3_600_000
            }
        time.set(skew: skewMs, of: server)
        note("clock of \(server) \(skewMs)")
        agenda.enter(.clock, at: time.now.advanced(byMs: chance.minutes_ms(30...1_500)))
    }

    private func restart() async throws {
        let server = anyServer()
        action = "a restart of server \(server)"
        await servers[server].office?.close()
        servers[server].office = nil
        try await open()
        agenda.enter(.restart, at: time.now.advanced(byMs: chance.minutes_ms(300...3_000)))
    }
}

/// Something that is tried until it is answered.
struct Pending: Sendable {
    let key: String
    let what: What

    enum What: Sendable {
        case filing(Filing, by: Actor)
        /// The bank did it; the books are to say so.
        case booking(Booking)
    }

    enum Booking: Sendable {
        case grant(fen: Int64, Day)
        case topUp(fen: Int64, Day)
    }
}
