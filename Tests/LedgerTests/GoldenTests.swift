import Ledger
import Testing

/// Hashes as they were when they were first written down: no later version may give others.
struct GoldenTests {
    @Test func `the hash of every voucher ever chained stays what it was`() throws {
        let vouchers = try wholeLife()
        let golden: [(Int, String)] = [
            (1, "76962097de4117a3b727c9d4e86683298bf22667f2c3119240cefb6e432cbd3c"),
            (4, "9ac59cacc30a76bc93b2fb914ab0206f55eb923f3e1ef4421f82a3730a88f543"),
            (21, "cd97bfd8881bd2a7347ab6c7a6e52c0b5d99e401308c0e196b3cf56c1735e33d"),
            (22, "defdcc41bca1ea763d5d89eb2ef2ef9f47816bc0be6e1e1137965f0a898c559b"),
            (28, "26bdd3a24616346f1ecd9214daef308c659a5b75e81e2e6b61e70bd3ece0feb5"),
            (30, "4824f569035d61c06ec31eee0688655bf207fe1b4ef27561c614e59870249813"),
        ]
        for (number, hash) in golden {
            #expect(vouchers[number - 1].hash.hex == hash, "voucher \(number)")
        }
    }

    @Test func `what is signed stays what it was`() throws {
        let vouchers = try wholeLife()
        let signed = try CheckpointTests.checkpoint(
            of: vouchers, after: 30, closes: Period("2025"))
        #expect(
            signed.checkpoint.balances.hex
                == "8de468acaab354f5f345b8612e6d51dc2bcf8e603e6e1f2359f6d486c632b710")
        #expect(
            Hash(of: signed.checkpoint.canonicalBytes).hex
                == "bfc9478bc07cfc5d209dccbfcda1e0684eb702d20e54bd52620409b31df3547e")
    }

    /// The bytes as the documentation has them, written without the ledger's writer.
    private func hash(_ fields: [String?]) -> Hash {
        Hash(
            of: fields.flatMap { field -> [UInt8] in
                guard let field else { return Array("-\n".utf8) }
                return Array("\(field.utf8.count):\(field)\n".utf8)
            })
    }

    @Test func `numbers, days, accounts and hashes are written as the documentation has them`() {
        for fen in [Int64.min, -10, -1, 0, 1, 9, 10, 99, 100, 12_345, .max] {
            for day in ["0001-01-01", "2025-03-08", "9999-12-31"] {
                for account in ["1002", "1122:M00012", "2249:海岛:1"] {
                    let line = Line(.debit, Account(text: account)!, Money(fen: fen))
                    let draft = Draft(
                        id: ID(""), fund: "f", businessDate: Day(day)!, reason: "事由", source: "s",
                        maker: "m", lines: [line])
                    let content = hash([
                        "amends draft 1", "", "f", "CNY", day, "事由", "s", "m", nil, nil, "1",
                        account,
                        "debit", String(fen), nil, nil,
                    ])
                    #expect(draft.contentHash == content)
                    let previous = Hash(of: [1, 2, 3])
                    #expect(
                        Voucher.hash(of: draft, number: fen, at: Moment(ms: fen), after: previous)
                            == hash([
                                "amends voucher 1", previous.hex, String(fen), String(fen),
                                content.hex,
                            ]))
                }
            }
        }
    }
}
