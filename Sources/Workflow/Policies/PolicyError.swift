package import Decisions
package import Ledger

/// Why a policy could not be read, or could not answer. Nothing was decided.
package enum PolicyError: Error, Hashable {
    // Reading a folder of editions, in the order of the checks.
    case unreadable(file: String, reason: String)
    /// The folder holds no edition.
    case noEditions(folder: String)
    case malformed(file: String, line: Int, reason: String)
    case missingKey(file: String, key: String)
    case unknownKey(file: String, key: String, known: [String])
    case wrongValue(file: String, key: String, mend: String)
    /// An edition's folder is named for the day it is in force from.
    case misnamed(folder: String, from: Day)
    case sameDay(Day, folders: [String])
    /// `extends` names no edition, or none that is earlier.
    case unknownBase(edition: String, base: String)
    case model(file: String, ModelError)
    case broken(file: String, [Problem])
    /// A model reads something that is neither a fact of the schema nor a parameter.
    case unknownInput(file: String, input: String)
    /// A fact or parameter whose name is taken by another.
    case nameTaken(file: String, name: String)

    // Editions in force.
    /// A file of an approved edition is not what was approved; `none` where there is no such file.
    case changedAfterApproval(edition: String, file: String, approved: String, found: String)
    case approvedEditionMissing(edition: String, folder: String)

    // Asking.
    case noEditionInForce(Day)
    case unknownEdition(String, known: [String])
    case unknownParameter(edition: String, name: String)
    case noModel(edition: String, model: String)
    case unknownMatter(edition: String, matter: String)
    case missingFacts(model: String, [String])
    case wrongFact(FactProblem)
    /// The model was evaluated strictly and something went wrong on the way; its answer is not used.
    case unsound(edition: String, model: String, findings: [String])
    /// The model answered something the procedure does not know.
    case unusable(edition: String, model: String, reason: String)
}

extension PolicyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(file) cannot be read: \(reason)"
        case .noEditions(let folder):
            "\(folder) holds no edition; add a folder named for its first day, with a jurisdiction.yaml"
        case .malformed(let file, let line, let reason): "\(file):\(line) is not YAML: \(reason)"
        case .missingKey(let file, let key): "\(file): the key \(key) is missing; add it"
        case .unknownKey(let file, let key, let known):
            "\(file): the key \(key) is not known; remove it or write one of \(known.joined(separator: ", "))"
        case .wrongValue(let file, let key, let mend): "\(file): \(key): \(mend)"
        case .misnamed(let folder, let from):
            "the edition in folder \(folder) is in force from \(from); name the folder \(from)"
        case .sameDay(let day, let folders):
            "two editions are in force from \(day): \(folders.joined(separator: ", ")); change one"
        case .unknownBase(let edition, let base):
            "edition \(edition) extends \(base), which is no earlier edition; correct `extends`"
        case .model(_, let error): error.description
        case .broken(let file, let problems):
            "\(file): " + problems.map(\.description).joined(separator: "; ")
        case .unknownInput(let file, let input):
            "\(file): the input \(input) is neither a fact nor a parameter; declare it in jurisdiction.yaml"
        case .nameTaken(let file, let name):
            "\(file): \(name) is both a fact and a parameter; rename one"
        case .changedAfterApproval(let edition, let file, let approved, let found):
            "\(file) of the approved edition \(edition) was changed: SHA-256 \(approved) was approved, \(found) was found; put the approved file back, or publish the change as an edition of its own (amends policy submit)"
        case .approvedEditionMissing(let edition, let folder):
            "the approved edition \(edition) is missing in \(folder); put its folder back"
        case .noEditionInForce(let day):
            "no edition is in force on \(day); publish one that covers it"
        case .unknownEdition(let name, let known):
            "there is no edition \(name); there are \(known.joined(separator: ", "))"
        case .unknownParameter(let edition, let name):
            "edition \(edition) has no parameter \(name) of this type; add it to its parameters"
        case .noModel(let edition, let model): "edition \(edition) has no \(model).dmn; add it"
        case .unknownMatter(let edition, let matter):
            "edition \(edition) knows no matter \(matter); take one of its matters"
        case .missingFacts(let model, let names):
            "\(model) needs facts that are not known: \(names.joined(separator: ", "))"
        case .wrongFact(let problem): problem.english
        case .unsound(let edition, let model, let findings):
            "\(model) of \(edition) gave no sound answer: \(findings.joined(separator: "; "))"
        case .unusable(let edition, let model, let reason):
            "\(model) of \(edition) gave an answer that cannot be used: \(reason)"
        }
    }
}
