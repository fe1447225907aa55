import Ledger

/// One message, read: a page of a statement.
struct MT940Page {
    let reference: String
    let account: String
    /// Of the statement, as it stands: leading zeros are no part of it.
    let number: String
    /// From 1; nil where the message does not count its pages.
    let page: Int?
    let opening: MT940Balance
    let closing: MT940Balance
    let lines: [StatementLine]
    /// Of each line's `:61:`.
    let places: [Place]

    init(_ message: MT940Message) throws(StatementError) {
        try checkOrder(message)
        func field(_ tags: String...) throws(StatementError) -> MT940Field {
            guard let field = message.fields.first(where: { tags.contains($0.tag) }) else {
                throw .missing(Place(line: message.end, column: 1, field: ":\(tags[0]):"))
            }
            return field
        }
        reference = trimmed(try field("20").text)
        let own = try field("25", "25P")
        account = trimmed(own.text)
        guard !account.isEmpty else { throw .missing(own.place) }
        (number, page) = try statementNumber(field("28C", "28"))
        opening = try MT940Balance(field("60F", "60M"))
        closing = try MT940Balance(field("62F", "62M"))
        for extra in message.fields where ["64", "65"].contains(extra.tag) {
            try MT940Balance(extra).check(currency: opening.currency)
        }
        try closing.check(currency: opening.currency)
        var entries: [MT940Entry] = []
        for (index, field) in message.fields.enumerated() where field.tag == "61" {
            let next = index + 1 < message.fields.count ? message.fields[index + 1] : nil
            let text = next?.tag == "86" ? next : nil
            entries.append(try MT940Entry(field, text, currency: opening.currency))
        }
        lines = entries.map(\.line)
        places = entries.map(\.place)
    }

    /// Refuses a page that is not the next one of `last`.
    func check(follows last: MT940Page) throws(StatementError) {
        guard account == last.account else {
            throw .mixedAccount(opening.place, account, expected: last.account)
        }
        guard !opening.isFinal, number == last.number else {
            throw .sequenceBreak(opening.place, found: number, expected: last.number)
        }
        if let page, let earlier = last.page, page != earlier + 1 {
            throw .sequenceBreak(opening.place, found: "\(page)", expected: "\(earlier + 1)")
        }
        try opening.check(currency: last.closing.currency)
        guard opening.amount == last.closing.amount else {
            throw .balanceBreak(
                opening.place, stated: opening.amount, expected: last.closing.amount)
        }
    }

    /// Refuses a page whose lines do not lead from its opening balance to its closing one.
    func checkSum() throws(StatementError) {
        var balance = opening.amount
        for (line, place) in zip(lines, places) {
            guard let sum = balance.adding(line.amount) else {
                throw .badAmount(place, line.amount.description)
            }
            balance = sum
        }
        guard balance == closing.amount else {
            throw .balanceBreak(closing.place, stated: closing.amount, expected: balance)
        }
    }
}

/// The order in which fields may stand; 61 and 86 take turns.
private let order: [String: Int] = [
    "20": 0, "21": 1, "25": 2, "25P": 2, "28": 3, "28C": 3, "60F": 4, "60M": 4, "61": 5, "62F": 6,
    "62M": 6, "64": 7, "65": 8,
]

private func checkOrder(_ message: MT940Message) throws(StatementError) {
    var last = (rank: -1, tag: "")
    for field in message.fields {
        if field.tag == "86" {
            // Of the line before it, or of the whole statement at its end.
            guard last.tag == "61" || last.rank >= 6, last.tag != "86" else {
                throw .misplacedField(field.place)
            }
            last = (last.rank == 5 ? 5 : 9, "86")
            continue
        }
        guard let rank = order[field.tag],
            rank > last.rank || (rank == last.rank && [5, 8].contains(rank))
        else { throw .misplacedField(field.place) }
        last = (rank, field.tag)
    }
}

/// `00045/002`: the number of the statement and its page.
private func statementNumber(
    _ field: MT940Field
) throws(StatementError) -> (number: String, page: Int?) {
    let parts = trimmed(field.text).split(separator: "/", omittingEmptySubsequences: false)
    let isNumber: (Substring) -> Bool = { part in
        (1...5).contains(part.utf8.count) && part.utf8.allSatisfy { (48...57).contains($0) }
    }
    guard parts.count <= 2, parts.allSatisfy(isNumber), let first = parts.first else {
        throw .badField(field.place, field.text)
    }
    let number = first.drop { $0 == "0" }
    return (String(number.isEmpty ? "0" : number), parts.count == 2 ? Int(parts[1]) : nil)
}
