/// The auditor's own books: sums of the vouchers' lines, kept from the first voucher on, and nothing else.
struct AuditedBooks: Sendable {
    private(set) var number: Int64 = 0
    private var headHash: [UInt8] = Array(repeating: 0, count: 32)
    /// By account with its sub-account, debit-positive, in fen.
    private(set) var balances: [String: Int64] = [:]
    /// By reservation: what is still set aside.
    private(set) var reservations: [String: Int64] = [:]
    private var ids: Set<String> = []
    /// What each voucher said when it was first seen: it says so for ever.
    private var said: [Int64: Digest] = [:]

    static let bank = "1002"
    static let platform = "1012"
    static let receivable = "1122"
    static let consumerReceivable = "1221"
    static let payable = "2241"
    static let suspense = "2249"
    static let reserved = "3102"
    /// Of these no account may stand on the other side: nobody is paid more than is owed.
    private static let notOverdrawn: [(code: String, sign: Int64)] = [
        (receivable, 1), (consumerReceivable, 1), (payable, -1), (reserved, -1),
    ]

    /// Takes vouchers in their order. Answers what is wrong with them.
    mutating func take(_ vouchers: [RawRows.Voucher]) -> [String] {
        var wrong: [String] = []
        for voucher in vouchers {
            let name = "voucher \(voucher.number) (\(voucher.id))"
            if voucher.number != number + 1 { wrong.append("\(name) follows \(number)") }
            if voucher.previousHash != headHash {
                wrong.append("\(name) is not chained to the last")
            }
            if !ids.insert(voucher.id).inserted { wrong.append("\(name) has an id used before") }
            if voucher.lines.count < 2 { wrong.append("\(name) has \(voucher.lines.count) lines") }
            let sum = voucher.lines.reduce(0) { $0 + $1.fen }
            if sum != 0 { wrong.append("\(name): debits and credits differ by \(sum)") }
            if voucher.checker == voucher.maker { wrong.append("\(name): one person twice") }
            for line in voucher.lines { wrong += take(line).map { "\(name): \($0)" } }
            for line in voucher.lines { wrong += overdrawn(line.account).map { "\(name): \($0)" } }
            if spendable < 0 { wrong.append("\(name): spendable is \(spendable)") }
            number = voucher.number
            headHash = voucher.hash
            said[voucher.number] = voucher.digest
        }
        return wrong
    }

    private mutating func take(_ line: RawRows.Line) -> [String] {
        balances[line.account, default: 0] += line.fen
        guard let reservation = line.reservation, let step = line.step else {
            return line.account.hasPrefix(Self.reserved)
                ? ["a line of 3102 names no reservation"] : []
        }
        if step == "opens" {
            guard reservations[reservation] == nil else { return ["\(reservation) opens twice"] }
            reservations[reservation] = -line.fen
        } else {
            reservations[reservation, default: 0] -= line.fen
        }
        let left = reservations[reservation] ?? 0
        return left < 0 ? ["\(reservation) is used beyond itself: \(left)"] : []
    }

    private func overdrawn(_ account: String) -> [String] {
        for (code, sign) in Self.notOverdrawn where account.hasPrefix(code) {
            let balance = balances[account] ?? 0
            if balance * sign < 0 { return ["\(account) stands at \(balance)"] }
        }
        return []
    }

    /// bank + platform − payable − suspense − reserved.
    var spendable: Int64 {
        [Self.bank, Self.platform, Self.payable, Self.suspense, Self.reserved]
            .reduce(0) { $0 + total($1) }
    }

    /// Of an account with all its sub-accounts, debit-positive.
    func total(_ code: String) -> Int64 {
        balances.reduce(0) { $0 + ($1.key.hasPrefix(code) ? $1.value : 0) }
    }

    /// Of each sub-account that is not zero.
    func parts(_ code: String) -> [String: Int64] {
        var parts: [String: Int64] = [:]
        for (account, fen) in balances where account.hasPrefix(code + ":") && fen != 0 {
            parts[String(account.dropFirst(code.count + 1))] = fen
        }
        return parts
    }

    /// All balances in words, for the digest of a run.
    var words: String {
        balances.filter { $0.value != 0 }.sorted { $0.key < $1.key }
            .map { "\($0.key) \($0.value)" }.joined(separator: "\n") + "\n\(number)"
    }

    /// Holds everything that is stored against what was seen: vouchers as they were, balances and reservations
    /// as they follow.
    func compare(_ rows: RawRows) -> [String] {
        var wrong: [String] = []
        if Int64(rows.vouchers.count) != number {
            wrong.append("\(rows.vouchers.count) vouchers are stored, \(number) were seen")
        }
        for voucher in rows.vouchers where said[voucher.number] != voucher.digest {
            wrong.append("voucher \(voucher.number) (\(voucher.id)) is not what it was")
        }
        let stored = rows.balances.filter { $0.value != 0 }
        wrong += differences("balance of", stored, balances.filter { $0.value != 0 })
        wrong += differences(
            "reservation", rows.reservations.filter { $0.value != 0 },
            reservations.filter { $0.value != 0 })
        return wrong
    }
}

extension RawRows.Voucher {
    fileprivate var digest: Digest {
        var digest = Digest()
        digest.take("\(number) \(id) \(source) \(day) \(maker) \(checker ?? "-") \(recordedMs)")
        for line in lines {
            digest.take(
                "\(line.account) \(line.fen) \(line.step ?? "-") \(line.reservation ?? "-")")
        }
        return digest
    }
}

/// Where two sets of figures part, name by name.
func differences(
    _ what: String, _ stored: [String: Int64], _ reckoned: [String: Int64]
) -> [String] {
    Set(stored.keys).union(reckoned.keys).sorted().compactMap { name in
        let (a, b) = (stored[name] ?? 0, reckoned[name] ?? 0)
        return a == b ? nil : "\(what) \(name) is \(a), reckoned \(b)"
    }
}
