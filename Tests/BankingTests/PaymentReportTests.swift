import Banking
import Ledger
import Randomness
import Testing

/// What became of the three payouts of the sample, as `number status reasons`; or why not.
private func answers(_ text: String) -> String {
    do {
        let answers = try parsePain002(Array(text.utf8)).answers(to: paymentFile())
        return answers.map { answer in
            let reasons = answer.reasons.map { "\($0.code ?? "-") \($0.text)" }
            return (["\(answer.number.suffix(4)) \(answer.status?.rawValue ?? "-")"] + reasons)
                .joined(separator: " ")
        }.joined(separator: "; ")
    } catch { return error.description }
}

struct PaymentReportTests {
    @Test func `each payout has its own answer, with the bank's reason`() {
        let text = report(
            group: "<GrpSts>PART</GrpSts>",
            reported(
                "B1", "<PmtInfSts>PART</PmtInfSts>",
                reported(payment: "SY240001234P1", "ACSC", "<AcctSvcrRef>X9</AcctSvcrRef>")
                    + reported(
                        payment: "SY240001235P1", "RJCT",
                        "<StsRsnInf><Rsn><Cd>AC01</Cd></Rsn><AddtlInf>账号</AddtlInf><AddtlInf>错误</AddtlInf></StsRsnInf>"
                    )) + reported("B2", "", reported(payment: "SY240001236P1", "PDNG")))
        #expect(answers(text) == "34P1 ACSC; 35P1 RJCT AC01 账号 错误; 36P1 PDNG")
    }

    @Test func `a batch's answer holds for its payouts, and the file's for its batches`() {
        #expect(
            answers(report(group: "<GrpSts>ACCP</GrpSts>", ""))
                == "34P1 ACCP; 35P1 ACCP; 36P1 ACCP")
        #expect(
            answers(
                report(
                    group: "<GrpSts>ACCP</GrpSts>",
                    reported(
                        "B1",
                        "<PmtInfSts>RJCT</PmtInfSts>"
                            + "<StsRsnInf><Rsn><Prtry>余额</Prtry></Rsn></StsRsnInf>",
                        reported(payment: "SY240001235P1", "ACSC"))))
                == "34P1 RJCT 余额 ; 35P1 ACSC; 36P1 ACCP")
        #expect(answers(report("")) == "34P1 -; 35P1 -; 36P1 -")
        #expect(
            answers(
                report(
                    group: "<GrpSts>PART</GrpSts>", reported("B2", "<PmtInfSts>ACSP</PmtInfSts>")))
                == "34P1 -; 35P1 -; 36P1 ACSP")
    }

    @Test func `only what is settled is paid, and only what is refused has failed`() throws {
        for status in PaymentStatus.allCases {
            let expected: PaymentStatus.Outcome =
                switch status {
                case .settled, .credited: .paid
                case .rejected, .cancelled: .failed
                default: .underWay
                }
            #expect(status.outcome == expected)
        }
        let silent = try parsePain002(Array(report("").utf8)).answers(to: paymentFile())
        #expect(silent.map(\.outcome) == [.underWay, .underWay, .underWay])
    }

    @Test(arguments: [
        (report(file: "OTHER", ""), "The report answers file “OTHER”, not “AM-2025-03-05-1”."),
        (report(reported("B9")), "The file has no batch or payment “B9”."),
        (
            report(reported("B1", "", reported(payment: "P9", "ACSC"))),
            "The file has no batch or payment “P9”."
        ),
        (
            report(
                reported(
                    "B1", "",
                    reported(payment: "SY240001234P1", "ACSC")
                        + reported(payment: "SY240001234P1", "RJCT"))),
            "The report says both ACSC and RJCT of “SY240001234P1”; ask the bank."
        ),
        (
            report(
                reported(
                    "B1", "",
                    reported(
                        payment: "SY240001234P1", "ACSC",
                        "<OrgnlTxRef><Amt><InstdAmt Ccy=\"CNY\">300.51</InstdAmt></Amt></OrgnlTxRef>"
                    ))),
            "The bank repeats 300.51 for “SY240001234P1”, but 300.50 was asked for; ask the bank."
        ),
        (
            report(reported("B1", "<PmtInfSts>OKAY</PmtInfSts>")),
            "Line 5, column 63 (PmtInfSts): “OKAY” is no known status; ask the bank what it means."
        ),
        (report(file: "", ""), "Line 4, column 31 (OrgnlMsgId) is missing or empty."),
        (
            report("").replacing("CstmrPmtStsRpt", with: "X"),
            "Line 2, column 65 (CstmrPmtStsRpt) is missing or empty."
        ),
        (
            report("").replacing("pain.002", with: "pain.001"),
            "This XML is not a pain.002 report: urn:iso:std:iso:20022:tech:xsd:pain.001.001.10."
        ),
        (
            String(report("").dropLast(3)),
            "Line 6, column 26: not well-formed XML; is the file cut off? Export it again."
        ),
        (
            "<!DOCTYPE x><Document/>",
            "Line 1, column 1: <!DOCTYPE is not accepted; export plain XML in UTF-8."
        ),
    ])
    func `a report that does not fit the file is not taken`(text: String, words: String) {
        #expect(answers(text) == words)
    }

    @Test func `the oldest version, without batches, is read`() {
        let text = report("").replacing("002.001.10", with: "002.001.02")
            .replacing(
                "</CstmrPmt", with: reported(payment: "SY240001236P1", "ACSC") + "</CstmrPmt")
        #expect(answers(text) == "34P1 -; 35P1 -; 36P1 ACSC")
    }

    @Test func `no bytes make the readers of payments trap`() throws {
        var random = SeededRandom(seed: 12)
        let file = Array(try writePain001(paymentFile()).utf8)
        let answer = Array(
            report(reported("B1", "", reported(payment: "SY240001234P1", "ACSC"))).utf8)
        var sound = 0
        for round in 0..<2_000 {
            var bytes = round % 2 == 0 ? file : answer
            for _ in 0...Int.random(in: 0..<2, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                let end = min(bytes.count, at + Int.random(in: 1..<40, using: &random))
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(at..<end)
                case 2: bytes.insert(contentsOf: bytes[at..<end], at: at)
                default: bytes.insert(UInt8.random(in: 48...57, using: &random), at: at)
                }
            }
            if round % 2 == 1 {
                if (try? parsePain002(bytes))?.payments.isEmpty == false { sound += 1 }
                continue
            }
            guard (try? checkPain001(bytes)) != nil else { continue }
            sound += 1
            let text = String(decoding: bytes, as: UTF8.self)
            let amounts = text.components(between: "<InstdAmt Ccy=\"CNY\">", and: "</InstdAmt>")
            let sum = amounts.reduce(Int64(0)) { $0 + (Money(yuan: $1)?.fen ?? 0) }
            // Another currency or spelling of the tag hides an amount from this simple look.
            guard amounts.count == 3 else { continue }
            #expect(
                Money(yuan: text.components(between: "<CtrlSum>", and: "</CtrlSum>")[0])?.fen == sum
            )
        }
        #expect(sound > 100)
    }
}

extension String {
    fileprivate func components(between start: String, and end: String) -> [String] {
        split(separator: start).dropFirst().map { part in
            String(part[..<(part.firstRange(of: end)?.lowerBound ?? part.startIndex)])
        }
    }
}
