import Casework
import Ledger

/// What a request's body says, read from its fields.
///
/// The same initialiser reads a body and, on an empty one that only listens, tells the OpenAPI document
/// what there is to be read: a field cannot be read without being described.
protocol Form: Sendable {
    init(_ fields: Fields)
}

/// One field that is not as it must be: where, and the mend in both languages.
struct FieldProblem: Hashable, Sendable {
    /// A path from the root of the body: `claimant.name`, `kinds[2]`.
    let field: String
    let text: Phrase
}

/// Reads the fields of one JSON object, noting everything that is wrong at once.
///
/// After a problem a method answers a placeholder, so that reading goes on to the next field. The form is
/// only used when there was no problem.
final class Fields {
    private(set) var problems: [FieldProblem] = []
    /// What was asked for, in order.
    private(set) var described: [(name: String, schema: JSONValue, isRequired: Bool)] = []
    private let members: [String: JSONValue]
    private let path: String
    private let isDescribing: Bool

    private init(_ members: [String: JSONValue], at path: String, isDescribing: Bool) {
        self.members = members
        self.path = path
        self.isDescribing = isDescribing
    }

    /// - Throws: Every problem of the body at once, as `Problem.malformedFields`.
    static func read<F: Form>(_ form: F.Type, from value: JSONValue) throws(Problem) -> F {
        guard case .object(let members) = value else {
            throw .malformedFields([
                FieldProblem(
                    field: "$",
                    text: Phrase(
                        "应为JSON对象，现为\(value.kind.zh)", "must be an object, and is \(value.kind.en)")
                )
            ])
        }
        let fields = Fields(members, at: "", isDescribing: false)
        let form = F(fields)
        fields.refuseUnknown()
        guard fields.problems.isEmpty else { throw .malformedFields(fields.problems) }
        return form
    }

    /// The JSON Schema of a form.
    static func schema(of form: (some Form).Type) -> JSONValue {
        let fields = Fields([:], at: "", isDescribing: true)
        _ = form.init(fields)
        return fields.schema
    }

    private convenience init(_ members: [JSONValue.Member], at path: String, isDescribing: Bool) {
        let byName = Dictionary(
            members.map { ($0.name, $0.value) }, uniquingKeysWith: { a, _ in a })
        self.init(byName, at: path, isDescribing: isDescribing)
    }

    private var schema: JSONValue {
        .object([
            "type": "object",
            "properties": .object(
                described.map { JSONValue.Member(name: $0.name, value: $0.schema) }),
            "required": .array(described.filter(\.isRequired).map { .text($0.name) }),
            "additionalProperties": false,
        ])
    }

    private func refuseUnknown() {
        let known = described.map(\.name)
        for name in members.keys.sorted() where !known.contains(name) {
            let list = known.isEmpty ? "–" : known.joined(separator: ", ")
            note(
                name, "没有这个字段，请删去；可用字段：\(list)",
                "is not a field here: remove it. There are: \(list)")
        }
    }

    /// Notes what is wrong with `name`; also for forms whose fields depend on each other.
    func note(_ name: String, _ zh: String, _ en: String) {
        guard !isDescribing else { return }
        problems.append(FieldProblem(field: path + name, text: Phrase(zh, en)))
    }

    // MARK: One field

    /// The value of `name`, nil when it is absent, null, or wrong (noted then).
    func field<Value>(
        _ name: String, _ schema: JSONValue, isRequired: Bool, _ about: Phrase?,
        _ read: (JSONValue) -> Result<Value, Mend>
    ) -> Value? {
        var schema = schema
        if let about, case .object(let members) = schema {
            let text = JSONValue.text("\(about.zh) / \(about.en)")
            schema = .object(members + [JSONValue.Member(name: "description", value: text)])
        }
        described.append((name, schema, isRequired))
        guard !isDescribing else { return nil }
        guard let value = members[name], value != .null else {
            if isRequired { note(name, "必填，请补上", "is missing: add it") }
            return nil
        }
        switch read(value) {
        case .success(let read): return read
        case .failure(let mend):
            note(name, mend.text.zh, mend.text.en)
            return nil
        }
    }

    struct Mend: Error {
        let text: Phrase
        init(_ zh: String, _ en: String) { text = Phrase(zh, en) }
        static func type(_ zh: String, _ en: String, _ value: JSONValue) -> Mend {
            Mend("应为\(zh)，现为\(value.kind.zh)", "must be \(en), and is \(value.kind.en)")
        }
    }

    // MARK: Texts

    /// - Parameter limit: In characters.
    func text(_ name: String, upTo limit: Int, _ about: Phrase? = nil) -> String {
        field(name, Self.textSchema(limit), isRequired: true, about) { Self.text($0, limit) } ?? ""
    }

    func textIfPresent(_ name: String, upTo limit: Int, _ about: Phrase? = nil) -> String? {
        field(name, Self.textSchema(limit), isRequired: false, about) { Self.text($0, limit) }
    }

    func texts(_ name: String, upTo count: Int, _ about: Phrase? = nil) -> [String] {
        texts(name, count, isRequired: true, about) ?? []
    }

    func textsIfPresent(_ name: String, upTo count: Int, _ about: Phrase? = nil) -> [String]? {
        texts(name, count, isRequired: false, about)
    }

    private func texts(
        _ name: String, _ count: Int, isRequired: Bool, _ about: Phrase?
    ) -> [String]? {
        let schema: JSONValue = .object([
            "type": "array", "maxItems": .number(String(count)), "items": Self.textSchema(64),
        ])
        return field(name, schema, isRequired: isRequired, about) { value in
            guard case .array(let values) = value else {
                return .failure(.type("文本列表", "a list of texts", value))
            }
            guard values.count <= count else {
                return .failure(Mend("最多\(count)项", "may hold at most \(count) entries"))
            }
            var texts: [String] = []
            for value in values {
                switch Self.text(value, 64) {
                case .success(let text): texts.append(text)
                case .failure(let mend): return .failure(mend)
                }
            }
            return .success(texts)
        }
    }

    private static func textSchema(_ limit: Int) -> JSONValue {
        .object(["type": "string", "maxLength": .number(String(limit))])
    }

    private static func text(_ value: JSONValue, _ limit: Int) -> Result<String, Mend> {
        guard case .text(let text) = value else { return .failure(.type("文本", "a text", value)) }
        guard text.count <= limit else {
            return .failure(
                Mend(
                    "最多\(limit)个字，现有\(text.count)个",
                    "has \(text.count) characters; at most \(limit) are taken"))
        }
        return .success(text)
    }

    /// A text that must be one of the type's values.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, placeholder: Choice, _ about: Phrase? = nil
    ) -> Choice where Choice.RawValue == String {
        choice(name, Choice.self, isRequired: true, about) ?? placeholder
    }

    func choiceIfPresent<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _: Choice.Type, _ about: Phrase? = nil
    ) -> Choice? where Choice.RawValue == String {
        choice(name, Choice.self, isRequired: false, about)
    }

    private func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _: Choice.Type, isRequired: Bool, _ about: Phrase?
    ) -> Choice? where Choice.RawValue == String {
        let known = Choice.allCases.map(\.rawValue)
        let schema: JSONValue = .object(["type": "string", "enum": .array(known.map { .text($0) })])
        return field(name, schema, isRequired: isRequired, about) { value in
            guard case .text(let text) = value else {
                return .failure(.type("文本", "a text", value))
            }
            if let choice = Choice(rawValue: text) { return .success(choice) }
            let list = known.joined(separator: ", ")
            return .failure(Mend("应为以下之一：\(list)", "must be one of: \(list)"))
        }
    }

    /// A list of the type's values, each at most once.
    func choices<Choice: RawRepresentable & CaseIterable & Hashable>(
        _ name: String, _: Choice.Type, except hidden: Set<Choice> = [], _ about: Phrase? = nil
    ) -> [Choice] where Choice.RawValue == String {
        let open = Choice.allCases.filter { !hidden.contains($0) }
        let known = open.map(\.rawValue)
        let schema: JSONValue = .object([
            "type": "array", "minItems": 1, "uniqueItems": true,
            "items": .object(["type": "string", "enum": .array(known.map { .text($0) })]),
        ])
        return field(name, schema, isRequired: true, about) { value in
            guard case .array(let values) = value, !values.isEmpty else {
                return .failure(Mend("应为非空列表", "must be a list that is not empty"))
            }
            var found: [Choice] = []
            for value in values {
                guard case .text(let text) = value,
                    let choice = open.first(where: { $0.rawValue == text }),
                    !found.contains(choice)
                else {
                    let list = known.joined(separator: ", ")
                    return .failure(
                        Mend(
                            "每项应为以下之一且不重复：\(list)",
                            "each entry must be one of, and no entry twice: \(list)"))
                }
                found.append(choice)
            }
            return .success(found)
        } ?? []
    }

    // MARK: Objects

    func object<F: Form>(_ name: String, _ form: F.Type) -> F {
        object(name, form, isRequired: true)
            ?? F(Fields([:] as [String: JSONValue], at: "", isDescribing: true))
    }

    func objectIfPresent<F: Form>(_ name: String, _ form: F.Type) -> F? {
        object(name, form, isRequired: false)
    }

    private func object<F: Form>(_ name: String, _: F.Type, isRequired: Bool) -> F? {
        var found: [FieldProblem] = []
        let inner = path + name + "."
        let value: F? = field(name, Fields.schema(of: F.self), isRequired: isRequired, nil) {
            value in
            guard case .object(let members) = value else {
                return .failure(.type("对象", "an object", value))
            }
            let fields = Fields(members, at: inner, isDescribing: false)
            let form = F(fields)
            fields.refuseUnknown()
            found = fields.problems
            return .success(form)
        }
        problems += found
        return value
    }

    /// A list of objects, each read as the form.
    func objects<F: Form>(
        _ name: String, _: F.Type, upTo count: Int, _ about: Phrase? = nil
    ) -> [F] {
        let schema: JSONValue = .object([
            "type": "array", "minItems": 1, "maxItems": .number(String(count)),
            "items": Fields.schema(of: F.self),
        ])
        var found: [FieldProblem] = []
        let forms: [F]? = field(name, schema, isRequired: true, about) { value in
            guard case .array(let values) = value, values.count <= count else {
                return .failure(Mend("应为列表，最多\(count)项", "must be a list of at most \(count)"))
            }
            var forms: [F] = []
            for (index, value) in values.enumerated() {
                guard case .object(let members) = value else {
                    return .failure(.type("对象的列表", "a list of objects", value))
                }
                let fields = Fields(
                    members, at: "\(path)\(name)[\(index)].", isDescribing: false)
                forms.append(F(fields))
                fields.refuseUnknown()
                found += fields.problems
            }
            return .success(forms)
        }
        problems += found
        return forms ?? []
    }

    /// Facts by name, as the edition's schema lists them; the office checks them against it.
    func facts(_ name: String, isRequired: Bool, _ about: Phrase? = nil) -> Facts {
        let schema: JSONValue = .object(["type": "object", "additionalProperties": true])
        return field(name, schema, isRequired: isRequired, about) { value in
            guard case .object = value else { return .failure(.type("对象", "an object", value)) }
            guard case .record(let facts)? = Fact(value) else {
                return .failure(
                    Mend(
                        "每项应为文本、整数、true/false、列表或对象；小数写成文本，如\"12.50\"",
                        "each fact is a text, a whole number, true or false, a list or an object;"
                            + " write a fraction as text: \"12.50\""))
            }
            return .success(facts)
        } ?? [:]
    }
}
