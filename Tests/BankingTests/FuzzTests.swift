import Banking
import Foundation
import Ledger
import Randomness
import Testing

/// Files that were damaged in every way we could think of, and bytes that never were files.
///
/// `AMENDS_FUZZ=1000000` runs that many; `AMENDS_FUZZ_SEED` another sequence.
struct FuzzTests {
    private static let rounds = number("AMENDS_FUZZ") ?? 20_000
    private static let seed = UInt64(number("AMENDS_FUZZ_SEED") ?? 41)

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test func `no bytes make the readers trap, and what they accept adds up`() {
        var random = SeededRandom(seed: Self.seed)
        let files = Samples.all.map { Array($0.text.utf8) } + Samples.all.map { gb18030($0.text) }
        var accepted = 0
        for round in 0..<Self.rounds {
            let bytes = round % 10 == 9 ? noise(&random) : damaged(round, files, &random)
            guard let statements = try? readStatements(bytes, of: Samples.accounts) else {
                continue
            }
            accepted += 1
            for statement in statements {
                guard fault(of: statement) == nil else {
                    Issue.record("seed \(Self.seed), round \(round): \(fault(of: statement) ?? "")")
                    continue
                }
            }
        }
        print("fuzz: seed \(Self.seed), \(Self.rounds) files, \(accepted) accepted")
        // Damage to a text leaves a statement sound; fewer would mean that nothing is read at all.
        #expect(accepted > Self.rounds / 100)
    }

    /// What is wrong with a statement that was accepted: checked here anew, by other means.
    private func fault(of statement: Statement) -> String? {
        var balance = Int128(statement.opening.fen)
        for (index, line) in statement.lines.enumerated() {
            balance += Int128(line.amount.fen)
            if line.amount == .zero { return "line \(index) is zero" }
            if let stated = line.balanceAfter, Int128(stated.fen) != balance {
                return "line \(index) states \(stated)"
            }
        }
        if balance != Int128(statement.closing.fen) { return "closes with \(statement.closing)" }
        if statement.account.isEmpty { return "no account" }
        if statement.from > statement.to { return "ends before it begins" }
        if Set(statement.keys).count != statement.lines.count { return "two lines have one key" }
        return nil
    }

    private func damaged(
        _ round: Int, _ files: [[UInt8]], _ random: inout SeededRandom
    ) -> [UInt8] {
        var bytes = files[round % files.count]
        for _ in 0...Int.random(in: 0..<3, using: &random) where !bytes.isEmpty {
            damage(&bytes, files, &random)
        }
        return bytes
    }

    private static let tokens: [[UInt8]] =
        [
            ",", "\"", "\n", "\r\n", "-", ".", "0", "9", "`", ":61:", ":62F:", "-}", "{4:", "合计",
            "#", "***",
            "<Ntry>", "</Stmt>", "&amp;", "]]>", "92233720368547758.07", "\u{FEFF}", "收入：1笔 1元",
            "共9笔",
        ].map { Array($0.utf8) } + [[0], [0xFF], [0x81, 0x30], [0x81, 0x30, 0x81, 0x30]]

    private func damage(_ bytes: inout [UInt8], _ files: [[UInt8]], _ random: inout SeededRandom) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, at + Int.random(in: 1..<60, using: &random))
        switch Int.random(in: 0..<11, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(contentsOf: Self.tokens.randomElement(using: &random) ?? [], at: at)
        case 3: bytes.removeSubrange(at..<end)
        case 4: bytes.insert(contentsOf: bytes[at..<end], at: at)
        case 5: bytes.removeLast(bytes.count - at)
        case 6: swapDigit(&bytes, from: at, &random)
        case 7: bytes.removeSubrange(line(at, bytes))
        case 8: bytes.insert(contentsOf: bytes[line(at, bytes)], at: line(at, bytes).lowerBound)
        case 9: bytes.append(contentsOf: bytes[line(at, bytes)])
        default:
            let other = files.randomElement(using: &random) ?? []
            bytes.replaceSubrange(at..<end, with: other[line(at % other.count, other)])
        }
    }

    /// The next digit becomes another: amounts, dates, balances, counts.
    private func swapDigit(_ bytes: inout [UInt8], from at: Int, _ random: inout SeededRandom) {
        guard let digit = bytes[at...].firstIndex(where: { (48...57).contains($0) }) else { return }
        bytes[digit] = UInt8.random(in: 48...57, using: &random)
    }

    private func line(_ at: Int, _ bytes: [UInt8]) -> Range<Int> {
        let start = bytes[..<at].lastIndex(of: 10).map { $0 + 1 } ?? 0
        return start..<(bytes[at...].firstIndex(of: 10).map { $0 + 1 } ?? bytes.count)
    }

    /// Random bytes, or random tokens, half of them behind a beginning that makes a reader begin.
    private func noise(_ random: inout SeededRandom) -> [UInt8] {
        let starts = [
            "", "<?xml version=\"1.0\"?><Document ", ":20:R\n", "{1:F01}{4:\n:20:R\n",
            "记账日期,货币,交易金额,联机余额,交易摘要,对手信息\n",
            "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号\n",
        ]
        var bytes = Array((starts.randomElement(using: &random) ?? "").utf8)
        for _ in 0..<Int.random(in: 0..<60, using: &random) {
            if Bool.random(using: &random) {
                bytes.append(UInt8.random(in: 0...255, using: &random))
            } else {
                bytes += Self.tokens.randomElement(using: &random) ?? []
            }
        }
        return bytes
    }
}
