package import Ledger

/// 知识: what an agent may tell a caller, with the clause it rests on and for how long it holds.
package struct Article: Hashable, Sendable {
    package let id: ID<Article>
    /// 1 for the first wording; each change is another revision, and none is ever lost.
    package let revision: Int
    package let title: String
    package let body: String
    /// The clause or notice it rests on; a text nobody can point to is not told to callers.
    package let clause: String
    package let keywords: [String]
    /// Codes of the edition's kinds or categories it is for; none: for all.
    package let subjects: [String]
    /// The bureau that answers for it.
    package let owner: String
    package let validFrom: Day
    /// Its last day; nil while no end is known.
    package let validUntil: Day?
    /// Taken back: kept, and told to nobody any more.
    package let isWithdrawn: Bool

    package init(
        id: ID<Article>, revision: Int, title: String, body: String, clause: String,
        keywords: [String] = [], subjects: [String] = [], owner: String, validFrom: Day,
        validUntil: Day? = nil, isWithdrawn: Bool = false
    ) {
        self.id = id
        self.revision = revision
        self.title = title
        self.body = body
        self.clause = clause
        self.keywords = keywords
        self.subjects = subjects
        self.owner = owner
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.isWithdrawn = isWithdrawn
    }

    package func isInForce(on day: Day) -> Bool {
        !isWithdrawn && validFrom <= day && validUntil.map { day <= $0 } ?? true
    }

    /// The weight of each pair of neighbouring characters: a title says more than a body.
    package var grams: [String: Int] {
        var weights: [String: Int] = [:]
        for (text, weight) in [(title, 8)] + keywords.map({ ($0, 6) }) + [(clause, 2), (body, 1)] {
            for gram in Grams.of(text) { weights[gram] = max(weights[gram] ?? 0, weight) }
        }
        return weights
    }
}

/// Pairs of neighbouring characters, by which Chinese is found without a dictionary: most words have
/// two. Latin words and numbers are found by their pairs as well.
package enum Grams {
    /// In the order of the text, each once. A lone character gives itself.
    package static func of(_ text: String) -> [String] {
        var grams: [String] = []
        var seen: Set<String> = []
        for run in runs(of: text) {
            if run.count == 1, seen.insert(run).inserted { grams.append(run) }
            for (a, b) in zip(run.unicodeScalars, run.unicodeScalars.dropFirst()) {
                var gram = String.UnicodeScalarView()
                gram.append(a)
                gram.append(b)
                if seen.insert(String(gram)).inserted { grams.append(String(gram)) }
            }
        }
        return grams
    }

    /// Letters and digits without a break between them: lower case, narrow.
    private static func runs(of text: String) -> [String] {
        var runs: [String] = []
        var run = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            if let folded = TextLikeness.folded(scalar) {
                run.append(folded)
            } else if !run.isEmpty {
                runs.append(String(run))
                run = String.UnicodeScalarView()
            }
        }
        if !run.isEmpty { runs.append(String(run)) }
        return runs
    }
}
