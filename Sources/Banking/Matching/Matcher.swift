import Ledger

/// What is still open while `match` makes its passes.
struct Matcher {
    let lines: [StatementLine]
    /// By id, so that the order in which they were given does not matter.
    let expectations: [Expectation]
    /// Fen still open, by index of the expectation.
    private(set) var open: [Int64]
    /// Numbers each line names, in capitals.
    let named: [Set<String>]
    /// Of these, those that are case numbers.
    let cases: [Set<String>]
    /// Expectations by number in capitals.
    let byNumber: [String: [Int]]
    /// Expectations by what names their counterparty.
    let byParty: [String: [Int]]

    private var found: [Int: Match] = [:]
    private var reversals: [Reversal] = []
    private var ruled: [RuledLine] = []
    /// Lines no further pass may take: taken already, or held for a person.
    private(set) var isDone: [Bool]

    init(lines: [StatementLine], expectations: [Expectation], caseNumbers: (String) -> [String]) {
        self.lines = lines
        let sorted = expectations.sorted { $0.id < $1.id }
        self.expectations = sorted
        open = sorted.map { max($0.amount.fen, 0) }
        isDone = lines.map { _ in false }
        cases = lines.map { line in Set(caseNumbers(line.allText).map { $0.uppercased() }) }
        named = zip(lines, cases).map { line, cases in cases.union(words(of: line.allText)) }
        var byNumber: [String: [Int]] = [:]
        var byParty: [String: [Int]] = [:]
        for (index, expectation) in sorted.enumerated() {
            for number in Set(expectation.numbers.map { $0.uppercased() }) where !number.isEmpty {
                byNumber[number, default: []].append(index)
            }
            for party in parties(expectation.counterpartyName, expectation.counterpartyAccount) {
                byParty[party, default: []].append(index)
            }
        }
        (self.byNumber, self.byParty) = (byNumber, byParty)
    }

    var matching: Matching {
        let isKnown = Set(found.keys).union(reversals.flatMap { [$0.line, $0.takenBack] })
            .union(ruled.map(\.line))
        return Matching(
            matches: found.sorted { $0.key < $1.key }.map(\.value),
            reversals: reversals.sorted { $0.line < $1.line }, ruled: ruled,
            unmatched: lines.indices.filter { !isKnown.contains($0) })
    }

    /// Lines that no pass has taken yet.
    var waiting: [Int] { lines.indices.filter { !isDone[$0] } }

    /// Whether the expectation is open and the line goes its way. A reversal can only be the return of a
    /// payout.
    func isOpen(_ expectation: Int, for line: StatementLine) -> Bool {
        let kind = expectations[expectation].kind
        return open[expectation] > 0 && kind.isIncoming == line.amount.isPositive
            && (!line.isReversal || kind == .payoutReturn)
    }

    /// Whether the line may be the expectation as far as case numbers say: it names none, or one of its.
    func agreesOnCase(_ line: Int, _ expectation: Int) -> Bool {
        cases[line].isEmpty
            || expectations[expectation].numbers.contains { cases[line].contains($0.uppercased()) }
    }

    /// Open debts of the line's counterparty on whose days it falls, unless the line names another case.
    /// None when the counterparty has more than `debtLimit` expectations: a person knows such a one.
    func debts(of line: Int) -> [Int] {
        guard !lines[line].isReversal else { return [] }
        let lists = parties(lines[line].counterpartyName, lines[line].counterpartyAccount)
            .compactMap { byParty[$0] }
        guard lists.allSatisfy({ $0.count <= Self.debtLimit }) else { return [] }
        return Set(lists.joined()).filter { debt in
            expectations[debt].kind.mayBePartial && isOpen(debt, for: lines[line])
                && expectations[debt].window.contains(lines[line].bookedOn)
                && agreesOnCase(line, debt)
        }.sorted()
    }

    /// Of one counterparty; so that no pass grows with lines times expectations.
    static let debtLimit = 500

    /// Gives the line's money to the expectations in order, as far as it goes.
    mutating func record(_ line: Int, _ basis: Match.Basis, _ indices: [Int]) {
        var left = lines[line].size
        var parts: [Match.Part] = []
        for index in indices {
            let part = min(left, open[index])
            guard part > 0 else { continue }
            open[index] -= part
            left -= part
            parts.append(Match.Part(expectation: expectations[index].id, amount: Money(fen: part)))
        }
        found[line] = Match(line: line, basis: basis, parts: parts, rest: Money(fen: left))
        isDone[line] = true
    }

    mutating func record(_ reversal: Reversal) {
        reversals.append(reversal)
        isDone[reversal.line] = true
        isDone[reversal.takenBack] = true
    }

    mutating func record(_ line: RuledLine) {
        ruled.append(line)
        isDone[line.line] = true
    }

    /// Keeps the line from all further passes: a person decides.
    mutating func hold(_ line: Int) { isDone[line] = true }
}

/// Whole words of letters, digits and hyphens, in capitals. A Chinese character ends a word.
func words(of text: String) -> Set<String> {
    var words: Set<String> = []
    var word: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case 48...57, 65...90, UInt8(ascii: "-"): word.append(byte)
        case 97...122: word.append(byte - 32)
        default:
            if !word.isEmpty { words.insert(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        }
    }
    if !word.isEmpty { words.insert(String(decoding: word, as: UTF8.self)) }
    return words
}

/// What names a counterparty: account digits, and the name without blanks.
func parties(_ name: String?, _ account: String?) -> [String] {
    let name = name.map { "name " + $0.filter { !$0.isWhitespace } }
    let account = account.map { "account " + $0.filter { !$0.isWhitespace } }
    return [name, account].compactMap { $0 }.filter { !$0.hasSuffix(" ") }
}

extension StatementLine {
    /// The amount without its sign, in fen; held at the end of the range.
    var size: Int64 { Int64(clamping: amount.fen.magnitude) }

    /// Everything in which a number may stand.
    var allText: String {
        [endToEndID, reference, remittance].compactMap { $0 }.joined(separator: " ")
    }
}
