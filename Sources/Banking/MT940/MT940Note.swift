/// What an `:86:` says of its line, in one of three habits of banks:
/// - numbered parts, `166?00…?20text?21text?31account?32name`;
/// - coded parts, `/EREF/number/NAME/name/REMI/text`;
/// - free text.
///
/// Numbered and coded text is cut into lines wherever a line is full, so its lines join as they are; free
/// text is written in lines, so they join with a blank.
struct MT940Note {
    var name: String?
    var account: String?
    var remittance = ""
    var endToEndID: String?
    var bankReference: String?

    init(_ field: MT940Field?) {
        guard let field else { return }
        let whole = field.lines.joined()
        let code = whole.prefix { ("0"..."9").contains($0) }
        if code.count <= 3, whole.dropFirst(code.count).first == "?" {
            readNumbered(whole.dropFirst(code.count))
        } else if Self.parts(of: whole).first?.code.isEmpty == false {
            readCoded(whole)
        } else {
            remittance = field.lines.map { trimmed($0) }.filter { !$0.isEmpty }
                .joined(separator: " ")
        }
    }

    private mutating func readNumbered(_ text: Substring) {
        var texts: [String] = []
        for part in text.split(separator: "?") {
            let value = String(part.dropFirst(2))
            switch Int(part.prefix(2)) {
            case 0?: texts.append(value + " ")
            case (20...29)?, (60...63)?: texts.append(value)
            case 31?: account = known(value)
            case 32?, 33?: name = known((name ?? "") + value)
            default: break
            }
        }
        remittance = trimmed(texts.joined())
    }

    private mutating func readCoded(_ text: String) {
        for part in Self.parts(of: text) {
            let value = trimmed(part.value)
            switch part.code {
            case "NAME": name = known(value)
            case "IBAN", "ACCT": account = known(value)
            case "EREF": endToEndID = value == "NOTPROVIDED" ? nil : known(value)
            case "BREF": bankReference = known(value)
            case "REMI", "": remittance += (remittance.isEmpty ? "" : " ") + value
            default: break
            }
        }
    }

    private func known(_ value: String) -> String? {
        let value = trimmed(value)
        return value.isEmpty ? nil : value
    }

    /// Codes that begin a part. `ORDP` and `BENM` open the parts of payer and payee and hold none.
    static let codes: Set<String> = [
        "ACCT", "BENM", "BIC", "BREF", "CSID", "EREF", "IBAN", "MARF", "NAME", "ORDP", "PREF",
        "REMI",
        "RTRN", "TRCD", "TRTP", "ULTB", "ULTD",
    ]

    /// Text cut before each `/CODE/`; what stands before the first has an empty code.
    private static func parts(of text: String) -> [(code: String, value: String)] {
        var parts: [(code: String, value: String)] = []
        let words = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        var index = 0
        while index < words.count {
            // A code stands between two slashes: it has a word before it and one behind.
            if index > 0, index + 1 < words.count, codes.contains(words[index]) {
                parts.append((words[index], words[index + 1]))
                index += 2
                continue
            }
            if parts.isEmpty {
                if index == 0, words[0].isEmpty {
                    index += 1
                    continue
                }
                return [("", text)]
            }
            parts[parts.count - 1].value += "/" + words[index]
            index += 1
        }
        return parts
    }
}
