import Ledger

/// Writes `statement` as MT940, for demonstrations and tests: bare, in UTF-8, lines ended by CR LF.
///
/// Counterparty and text stand in an `:86:` of coded parts. SWIFT's own character set has no Chinese; we
/// write it as it is, as Chinese banks do on their own lines. The format has no room for running
/// balances, and none for line breaks or our part codes inside a text: these become blanks.
///
/// - Parameter linesPerPage: Longer statements continue on further pages (62M, 60M); at least 1.
public func writeMT940(_ statement: Statement, linesPerPage: Int = .max) -> String {
    precondition(linesPerPage >= 1, "a page holds at least one line: \(linesPerPage)")
    var text = ""
    var balance = statement.opening
    var rest = statement.lines[...]
    var (page, lastDay) = (1, statement.from)
    let id = MT940Text.reference(statement.id) ?? "STATEMENT"
    repeat {
        let lines = rest.prefix(linesPerPage)
        rest = rest.dropFirst(linesPerPage)
        let isFirst = page == 1
        text += ":20:\(id)\r\n:25:\(MT940Text.plain(statement.account))\r\n:28C:1/\(page)\r\n"
        text += ":60\(isFirst ? "F" : "M"):"
        text += MT940Text.balance(balance, isFirst ? statement.from : lastDay, statement.currency)
        for line in lines {
            text += entry(line)
            balance = balance.adding(line.amount) ?? balance
            lastDay = line.bookedOn
        }
        text += ":62\(rest.isEmpty ? "F" : "M"):"
        text += MT940Text.balance(
            balance, rest.isEmpty ? statement.to : lastDay, statement.currency)
        text += "-\r\n"
        page += 1
    } while !rest.isEmpty
    return text
}

private func entry(_ line: StatementLine) -> String {
    // A reversal of a debit brings money in, one of a credit takes it out.
    let mark =
        switch (line.amount.isNegative, line.isReversal) {
        case (false, false): "C"
        case (true, false): "D"
        case (false, true): "RD"
        case (true, true): "RC"
        }
    let ours = line.endToEndID.flatMap(MT940Text.reference)
    let bank = line.reference.flatMap(MT940Text.reference)
    let day = MT940Text.day(line.bookedOn)
    let first =
        ":61:\(day)\(day.suffix(4))\(mark)\(MT940Text.amount(line.amount))NTRF\(ours ?? "NONREF")"
        + (bank.map { "//\($0)" } ?? "") + "\r\n"
    let parts = [
        ("EREF", ours == nil ? line.endToEndID : nil), ("BREF", bank == nil ? line.reference : nil),
        ("NAME", line.counterpartyName), ("ACCT", line.counterpartyAccount),
        ("REMI", line.remittance.isEmpty ? nil : line.remittance),
    ]
    let note = parts.compactMap { code, value in value.map { "/\(code)/\(MT940Text.plain($0))" } }
    return first + (note.isEmpty ? "" : ":86:" + MT940Text.folded(note.joined()) + "\r\n")
}

/// How MT940 writes values.
private enum MT940Text {
    static func day(_ day: Day) -> Substring {
        day.description.replacing("-", with: "").suffix(6)
    }

    static func amount(_ amount: Money) -> String {
        let text = amount.description.replacing(".", with: ",")
        return amount.isNegative ? String(text.dropFirst()) : text
    }

    static func balance(_ balance: Money, _ on: Day, _ currency: String) -> String {
        "\(balance.isNegative ? "D" : "C")\(day(on))\(currency)\(amount(balance))\r\n"
    }

    /// `text` where it can stand in `:20:` or `:61:`: at most 16 characters of SWIFT's set, no slash at
    /// an end, no two together; otherwise nil.
    static func reference(_ text: String) -> String? {
        let allowed = text.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122: true
            default: "/-?:().,'+".utf8.contains(byte)
            }
        }
        guard allowed, (1...16).contains(text.utf8.count), text != "NONREF", !text.contains("//"),
            text.first != "/", text.last != "/"
        else { return nil }
        return text
    }

    /// One line, and no part code in it.
    static func plain(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(scalar.value < 32 ? " " : scalar) }
        var plain = trimmed(String(scalars))
        for code in MT940Note.codes { plain = plain.replacing("/\(code)/", with: " \(code) ") }
        return plain
    }

    /// In lines of at most 65 characters, none of which looks like the start of a field or the end.
    static func folded(_ text: String) -> String {
        var lines: [Substring] = []
        var rest = text[...]
        while rest.count > 65 {
            var length = 65
            while length > 1, ":-".contains(rest[rest.index(rest.startIndex, offsetBy: length)]) {
                length -= 1
            }
            lines.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        lines.append(rest)
        return lines.joined(separator: "\r\n")
    }
}
