import Casework
import Ledger
import Store
import Workflow

/// What the policy answers to a form that is not sent yet.
enum Foreseen: Sendable {
    /// What must be filled in first, and what of it is wrong.
    case waits(for: [FieldProblem])
    case answered(Foresight)
    /// The policy has no answer; a person must judge, or the policy be mended.
    case unanswerable(Phrase)
}

extension Call {
    /// Reads the form as it is so far. Who calls and what they tell is not needed to ask the policy.
    func foresee(_ entries: FormEntries) async throws -> Foreseen {
        var entries = entries
        for name in ["claimant.name", "claimant.phone", "story", "wanted"]
        where entries[name] == nil { entries.add(name, "–") }
        if entries["channel"] == nil { entries.add("channel", Channel.phone.rawValue) }
        if entries["merchant_name"] == nil { entries.add("merchant_name", "–") }
        if entries["merchant"] == nil, let named = try await merchant(named: entries) {
            entries.add("merchant", named.text)
        }
        if entries["payee.account"] != nil, let name = entries["claimant.name"] {
            entries.add("payee.name", name)
        }
        let edition = try editionInForce()
        let json = EntryJSON(entries: entries, zone: zone) { edition.factKind($0)?.shape ?? .text }
            .object(Fields.schema(of: FilingForm.self))
        let filing: Filing
        do throws(Problem) {
            filing = try Fields.read(FilingForm.self, from: json).filing
        } catch {
            return .waits(for: error.errors)
        }
        let actor = actor
        do {
            return .answered(try await office.foresee(filing, by: actor))
        } catch {
            guard let problem = Problem(error) else { throw error }
            guard problem.status < 500, problem.errors.isEmpty else {
                return problem.errors.isEmpty
                    ? .unanswerable(problem.detail) : .waits(for: problem.errors)
            }
            return .unanswerable(problem.detail)
        }
    }
}
