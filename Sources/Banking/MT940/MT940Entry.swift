import Ledger

/// A balance: `C250301CNY1000,00`.
struct MT940Balance {
    /// F closes a statement, M only a page of it.
    let isFinal: Bool
    let amount: Money
    let day: Day
    let currency: String
    let place: Place

    init(_ field: MT940Field) throws(StatementError) {
        place = field.place
        isFinal = !field.tag.hasSuffix("M")
        var scan = MT940Scan(field)
        let mark = scan.take(1)
        guard mark == "C" || mark == "D" else { throw .badSide(place, String(mark)) }
        day = try scan.day()
        currency = String(scan.take(3))
        guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (65...90).contains($0) }) else {
            throw .badField(place, field.text)
        }
        let size = try scan.amount()
        guard scan.isAtEnd, field.lines.dropFirst().allSatisfy({ trimmed($0).isEmpty }) else {
            throw .badField(place, field.text)
        }
        amount = mark == "D" ? Money(fen: -size.fen) : size
    }

    func check(currency expected: String) throws(StatementError) {
        guard currency == expected else {
            throw .mixedCurrency(place, currency, expected: expected)
        }
    }
}

/// A line: `2503020302RD12,34NTRFPO-1//B0001`, with the text of the `:86:` behind it.
struct MT940Entry {
    let line: StatementLine
    let place: Place

    init(_ field: MT940Field, _ text: MT940Field?, currency: String) throws(StatementError) {
        place = field.place
        var scan = MT940Scan(field)
        let valueDay = try scan.day()
        let bookedOn = try scan.entryDay(near: valueDay) ?? valueDay
        // R takes back: RC a credit, so money goes out; RD a debit, so it comes in.
        let isReversal = scan.takes("R")
        let mark = scan.take(1)
        guard mark == "C" || mark == "D" else { throw .badSide(place, String(mark)) }
        if let code = scan.takeLetter(), code != currency.last {
            throw .mixedCurrency(place, String(code), expected: currency)
        }
        let size = try scan.amount()
        guard size != .zero else { throw .badAmount(place, "0") }
        let kind = scan.take(4)
        guard kind.utf8.count == 4, let first = kind.first, "SNF".contains(first) else {
            throw .badField(place, field.text)
        }
        let references = scan.rest.split(
            separator: "//", maxSplits: 1, omittingEmptySubsequences: false)
        let (ours, bank) = (
            known(references.first), known(references.count > 1 ? references[1] : nil)
        )
        let note = MT940Note(text)
        let extra = field.lines.dropFirst().map { trimmed($0) }.filter { !$0.isEmpty }
        line = StatementLine(
            bookedOn: bookedOn, amount: (mark == "C") != isReversal ? size : Money(fen: -size.fen),
            counterpartyName: note.name, counterpartyAccount: note.account,
            remittance: (extra + [note.remittance]).filter { !$0.isEmpty }.joined(separator: " "),
            reference: bank ?? note.bankReference, endToEndID: note.endToEndID ?? ours,
            isReversal: isReversal)
    }
}

private func known(_ reference: Substring?) -> String? {
    let text = trimmed(reference ?? "")
    return text.isEmpty || text == "NONREF" ? nil : text
}

/// Takes a field's first line apart from the left.
private struct MT940Scan {
    private(set) var rest: Substring
    private let field: MT940Field

    init(_ field: MT940Field) {
        self.field = field
        rest = field.text[...]
    }

    var isAtEnd: Bool { rest.allSatisfy { $0 == " " } }

    mutating func take(_ count: Int) -> Substring {
        let taken = rest.prefix(count)
        rest = rest.dropFirst(count)
        return taken
    }

    mutating func takes(_ letter: Character) -> Bool {
        guard rest.first == letter else { return false }
        rest.removeFirst()
        return true
    }

    mutating func takeLetter() -> Character? {
        guard let first = rest.first, ("A"..."Z").contains(first) else { return nil }
        return rest.removeFirst()
    }

    /// YYMMDD; 80…99 are of the last century, as SWIFT counts.
    mutating func day() throws(StatementError) -> Day {
        let text = take(6)
        guard text.utf8.count == 6, let number = Int(text), number >= 0, text.first != "+",
            let day = Day(
                year: number / 10_000 + (number / 10_000 >= 80 ? 1_900 : 2_000),
                month: number / 100 % 100, day: number % 100)
        else { throw .badDate(field.place, String(text)) }
        return day
    }

    /// MMDD, in the year that brings it nearest to `valueDay`; nil where the field has none.
    mutating func entryDay(near valueDay: Day) throws(StatementError) -> Day? {
        guard let first = rest.utf8.first, (48...57).contains(first) else { return nil }
        let text = take(4)
        let year = valueDay.components.year
        let days = text.utf8.count == 4 ? Int(text) : nil
        let candidates = (year - 1...year + 1).compactMap { year in
            days.flatMap { Day(year: year, month: $0 / 100, day: $0 % 100) }
        }
        let nearest = candidates.min {
            abs($0.distance(to: valueDay)) < abs($1.distance(to: valueDay))
        }
        guard let nearest else { throw .badDate(field.place, String(text)) }
        return nearest
    }

    /// Digits with one comma: `300,5`, `12,`.
    mutating func amount() throws(StatementError) -> Money {
        let text = rest.prefix { ("0"..."9").contains($0) || $0 == "," || $0 == "." }
        rest = rest.dropFirst(text.count)
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !text.contains("."),
            let amount = Money(
                yuan: parts[1].isEmpty ? String(parts[0]) : "\(parts[0]).\(parts[1])")
        else { throw .badAmount(field.place, String(text)) }
        return amount
    }
}
