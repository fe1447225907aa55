/// What a decision model answered, with all that is needed to explain it years later.
package struct Ruling<Outcome: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
    package let outcome: Outcome
    package let grounds: Grounds

    package init(_ outcome: Outcome, on grounds: Grounds) {
        self.outcome = outcome
        self.grounds = grounds
    }
}

/// Why a ruling came out as it did: the edition, the facts it read and the rules that hit.
package struct Grounds: Hashable, Sendable, Codable {
    /// The model's name within the edition: `acceptance`, `determination`, `advance` …
    package let model: String
    /// Jurisdiction and edition, `sanya/2024-02-05`.
    package let edition: String
    /// SHA-256 of the edition's files, hex: the same name with other contents is another edition.
    package let editionHash: String
    /// What the model was given, by input name.
    package let inputs: Facts
    /// The rules that hit, in the order of evaluation.
    package let rules: [CitedRule]

    package init(
        model: String, edition: String, editionHash: String, inputs: Facts, rules: [CitedRule]
    ) {
        self.model = model
        self.edition = edition
        self.editionHash = editionHash
        self.inputs = inputs
        self.rules = rules
    }
}

/// A row of a decision table that hit, with the clause it rests on.
package struct CitedRule: Hashable, Sendable, Codable {
    /// The decision whose table it is.
    package let table: String
    /// 1-based, as a reader of the table counts.
    package let row: Int
    package let id: String
    /// The law, regulation or clause the row cites; every row has one.
    package let clause: String
    package let chinese: String
    package let english: String

    package init(
        table: String, row: Int, id: String, clause: String, chinese: String, english: String
    ) {
        self.table = table
        self.row = row
        self.id = id
        self.clause = clause
        self.chinese = chinese
        self.english = english
    }
}
