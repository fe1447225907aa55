package import Casework
package import Ledger
import Store

/// Files fresh complaints at the office's own time, so that a queue shows clocks that run: each is left
/// somewhere else on the way from intake to the bureau.
///
/// - Parameter count: 1…100.
/// - Returns: The cases, in the order in which they were filed.
package func fileLiveCases(
    _ office: Office, _ count: Int, seed: UInt64 = Demonstration.defaultSeed
) async throws -> [ID<Case>] {
    precondition((1...100).contains(count), "a dozen is meant, not \(count)")
    let staff = Staff()
    let people = People(seed: seed, staff: staff)
    let generator = ComplaintGenerator(seed: seed, staff: staff)
    let known = try await office.read { try $0.caseCounts().reduce(0) { $0 + $1.count } }
    // Beyond any complaint of the fifteen months, and others when it is called again.
    var index = 1_000_000 + known * 100
    var filed: [ID<Case>] = []
    while filed.count < count {
        index += 1
        let complaint = generator.complaint(index, at: office.now())
        guard complaint.isLively(filed.count) else { continue }
        var draws = Draws(seed, index, "live")
        let code = digits(draws.int(0...99_999_999), 8)
        var file = try await office.work { work in
            try work.file(complaint.filing, by: complaint.filer, trackingCode: code).file
        }
        let wanted = stops[filed.count % stops.count]
        while file.stage.name != wanted,
            let after = try await takeStep(on: file, complaint, people, office)
        {
            file = after
        }
        filed.append(file.id)
    }
    return filed
}

/// The stages at which live cases are left, in turn; nil goes on as far as people act within the hour.
private let stops = ["proposed", nil, "awaitingEvidence", "withBureau", "proposed"]

extension Complaint {
    /// Whether it makes a lively line in the queue: mostly claims with a rule. Later editions ask more
    /// about cancellations and queues than the generator tells.
    fileprivate func isLively(_ position: Int) -> Bool {
        switch filing.matter {
        case "hotel-cancellation", "island-queue": false
        case "other": position.isMultiple(of: 4)
        default: filing.claimant.identity != nil && filing.merchant != nil
        }
    }
}

/// The first thing somebody would do about the case within the hour; nil when all wait longer.
private func takeStep(
    on file: Case, _ complaint: Complaint, _ people: People, _ office: Office
) async throws -> Case? {
    let near = people.plans(for: file, complaint).filter { $0.delayMs < 3_600_000 }
    guard let plan = near.min(by: { ($0.delayMs, $0.key) < ($1.delayMs, $1.key) }) else {
        return nil
    }
    let id = file.id
    switch plan.effect {
    case .commands(let commands):
        return try await office.work { work in
            var after: Case?
            for (command, actor) in commands {
                after = try work.perform(command, on: id, by: actor)
            }
            return after
        }
    case .evidence(let kind, let index, _, let sender, _):
        let bytes = Placeholder.bytes(of: kind, index: index)
        return try await office.work { work in
            try work.addEvidence(bytes, kind: kind, name: kind, to: id, by: sender)
        }
    case .serveNotice, .repay, .setOff: return nil
    }
}
