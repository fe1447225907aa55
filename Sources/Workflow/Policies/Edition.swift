package import Casework
internal import Crypto
package import Decisions
package import Ledger

/// One edition of a jurisdiction's policy, with all it has from the editions it extends.
package struct Edition: Sendable {
    /// The day it is in force from: `2024-02-05`.
    package let id: String
    /// `sanya/2024-02-05`, as it stands in the grounds of a ruling.
    package let name: String
    package let from: Day
    /// Its last day, where the edition itself says one.
    package let until: Day?
    package let chinese: String
    package let english: String
    /// SHA-256, hex, over its `jurisdiction.yaml` files and models; cases do not count.
    package let hash: String
    /// SHA-256, hex, of each of those files, by its name below the jurisdiction's folder.
    package let fileHashes: [String: String]
    package let jurisdiction: Jurisdiction
    package let channels: [Named]
    package let bureaus: [Named]
    /// The fund's accounts, `bank` and `platform`.
    package let accounts: [Named]
    package let trades: [Named]
    /// Kinds of evidence.
    package let evidence: [Named]
    package let parameters: [Parameter]
    package let matters: [Matter]
    /// What it says of work orders; without kinds it takes none.
    package let hotline: Hotline
    package let factSchema: [FactKind]
    let declaredProperties: [DeclaredProperty]
    /// By file name: `advance.dmn`, `determination-hotel.dmn`.
    package let models: [PolicyModel]
    package let caseFiles: [PolicyCaseFile]
    /// By the name of a model, what it is asked with.
    private(set) var inputSources: [String: [InputSource]] = [:]
    /// Statutory holidays of all jurisdictions, `policies/calendar`; not part of the hash, as a new
    /// year's notice changes no rule.
    package let calendar: WorkCalendar

    package func model(_ name: String) throws(PolicyError) -> PolicyModel {
        guard let model = models.first(where: { $0.name == name }) else {
            throw .noModel(edition: id, model: name)
        }
        return model
    }

    package func matter(_ code: String) throws(PolicyError) -> Matter {
        guard let matter = matters.first(where: { $0.code == code }) else {
            throw .unknownMatter(edition: id, matter: code)
        }
        return matter
    }

    /// Whether it pays anything: an edition without a fund names no accounts.
    package var hasFund: Bool { !accounts.isEmpty }

    package func factKind(_ name: String) -> FactKind? { factSchema.first { $0.name == name } }

    /// The facts the form for `matter` asks for, in the order of the schema.
    package func form(for matter: String) -> [FactKind] {
        factSchema.filter { $0.isAsked(for: matter) }
    }
}

/// A model of an edition, and the file it came from.
package struct PolicyModel: Sendable {
    /// The file's name without `.dmn`.
    package let name: String
    /// Below the jurisdiction's folder: `2023-04-27/advance.dmn`.
    package let file: String
    package let model: Model
}

extension PolicyModel {
    init(file: String, in folder: PolicyFolder) throws(PolicyError) {
        let bytes = try folder.bytes(file)
        do throws(ModelError) {
            model = try Model(xml: bytes, file: file)
        } catch {
            throw .model(file: file, error)
        }
        guard model.problems.isEmpty else { throw .broken(file: file, model.problems) }
        let name = file.split(separator: "/").last.map(String.init) ?? file
        self.name = String(name.dropLast(".dmn".count))
        self.file = file
    }
}

/// A file of test cases, not read yet.
package struct PolicyCaseFile: Sendable {
    package let file: String
    package let bytes: [UInt8]
}

extension Edition {
    /// What people put their names to.
    package var seal: EditionSeal {
        EditionSeal(edition: id, from: from, until: until, hash: hash, files: fileHashes)
    }

    package func parameter(_ name: String) throws(PolicyError) -> Parameter {
        guard let parameter = parameters.first(where: { $0.name == name }) else {
            throw .unknownParameter(edition: id, name: name)
        }
        return parameter
    }

    package func money(_ name: String) throws(PolicyError) -> Money {
        guard case .text(let text) = try parameter(name).value, let money = Money(yuan: text) else {
            throw .unknownParameter(edition: id, name: name)
        }
        return money
    }

    package func has(_ parameter: String) -> Bool {
        parameters.contains { $0.name == parameter }
    }

    /// Nil where the edition does not name it.
    package func integerIfNamed(_ name: String) throws(PolicyError) -> Int? {
        has(name) ? try integer(name) : nil
    }

    package func integer(_ name: String) throws(PolicyError) -> Int {
        guard case .integer(let number) = try parameter(name).value,
            let integer = Int(exactly: number)
        else { throw .unknownParameter(edition: id, name: name) }
        return integer
    }
}

extension Edition {
    /// - Parameters:
    ///   - line: the edition and what it extends, the eldest first.
    ///   - loaded: models by file; editions that share a file share its model.
    init(
        line: [PolicyBook.Draft], jurisdiction name: String, in folder: PolicyFolder,
        calendar: WorkCalendar, sharing loaded: inout [String: PolicyModel]
    ) throws(PolicyError) {
        precondition(!line.isEmpty, "an edition is part of its own line")
        let own = line[line.count - 1].file
        var file = line[0].file
        for draft in line.dropFirst() { file = draft.file.laid(over: file) }
        guard let place = line.lazy.compactMap(\.file.jurisdiction).last else {
            throw .missingKey(file: own.file, key: "jurisdiction")
        }
        id = own.from.description
        self.name = name + "/" + own.from.description
        from = own.from
        until = own.until
        chinese = own.chinese
        english = own.english
        jurisdiction = place
        channels = file.channels
        bureaus = file.bureaus
        accounts = file.accounts
        trades = file.trades
        evidence = file.evidence
        parameters = file.parameters
        matters = file.matters
        hotline = try Hotline(
            file.hotline, parameters: file.parameters, bureaus: file.bureaus, file: own.file)
        var kinds: [FactKind] = []
        for draft in file.facts {
            if file.parameters.contains(where: { $0.name == draft.name }) {
                throw .nameTaken(file: draft.file, name: draft.name)
            }
            kinds.append(
                try draft.kind(
                    matters: file.matters, evidence: file.evidence, hotline: hotline))
        }
        factSchema = kinds
        declaredProperties = file.properties
        var hashed = line.map { $0.folder + "/jurisdiction.yaml" }
        let modelFiles = try Self.resolve(line, "", ".dmn", in: folder)
        hashed += modelFiles.map(\.file)
        var models: [PolicyModel] = []
        for (_, file) in modelFiles {
            if let model = loaded[file] {
                models.append(model)
                continue
            }
            let model = try PolicyModel(file: file, in: folder)
            loaded[file] = model
            models.append(model)
        }
        self.models = models
        self.calendar = calendar
        var cases: [PolicyCaseFile] = []
        for (_, file) in try Self.resolve(line, "/cases", ".xml", in: folder) {
            cases.append(PolicyCaseFile(file: file, bytes: try folder.bytes(file)))
        }
        caseFiles = cases
        hash = try Self.hash(of: hashed, in: folder)
        var hashes: [String: String] = [:]
        for file in hashed { hashes[file] = sha256Hex(try folder.bytes(file)) }
        fileHashes = hashes
        try checkInputs()
        _ = try appraisalWeights()
        for model in models { inputSources[model.name] = inputSources(of: model) }
    }

    /// Files by name, each in the latest edition of the line that has it, sorted by name.
    private static func resolve(
        _ line: [PolicyBook.Draft], _ sub: String, _ suffix: String, in folder: PolicyFolder
    ) throws(PolicyError) -> [(name: String, file: String)] {
        var found: [String: String] = [:]
        for draft in line {
            for name in try folder.files(in: draft.folder + sub, ending: suffix) {
                found[name] = draft.folder + sub + "/" + name
            }
        }
        return found.sorted { $0.key < $1.key }.map { (name: $0.key, file: $0.value) }
    }

    /// Over name, length and bytes of each file, in the order of the names.
    private static func hash(
        of files: [String], in folder: PolicyFolder
    ) throws(PolicyError) -> String {
        var hasher = SHA256()
        for file in files.sorted() {
            let bytes = try folder.bytes(file)
            hasher.update(data: Array("\(file)\n\(bytes.count)\n".utf8))
            hasher.update(data: bytes)
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: hasher.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)
    }

    /// Inputs that come neither from the facts nor from the parameters, but from the matter.
    static let fromMatter: Set<String> = ["matterCategory", "requiredEvidence"]

    private func checkInputs() throws(PolicyError) {
        for model in models {
            for input in model.model.inputs
            where !Self.fromMatter.contains(input.name) && factKind(input.name) == nil
                && !parameters.contains(where: { $0.name == input.name })
            {
                throw .unknownInput(file: model.file, input: input.name)
            }
        }
        for kind in factSchema {
            for source in kind.derivation?.sources ?? [] where factKind(source) == nil {
                throw .wrongValue(
                    file: id + "/jurisdiction.yaml", key: "facts.\(kind.name).derive",
                    mend: "\(source) is no fact of the schema")
            }
        }
        for matter in matters
        where !models.contains(where: { $0.name == "determination-" + matter.rules }) {
            throw .noModel(edition: id, model: "determination-" + matter.rules)
        }
    }
}
