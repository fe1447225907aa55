import Banking
import Ledger
import Testing

/// Why `file` was not written, in words; nil when it was.
private func refused(_ file: PaymentFile) -> String? {
    do {
        _ = try writePain001(file)
        return nil
    } catch { return error.description }
}

/// The written sample with `old` replaced once by `new`: why it is no sound file.
private func fault(_ old: String, _ new: String) throws -> String? {
    let text = try writePain001(paymentFile())
    let range = try #require(text.firstRange(of: old), "\(old) does not stand in the file")
    do {
        try checkPain001(Array((text[..<range.lowerBound] + new + text[range.upperBound...]).utf8))
        return nil
    } catch { return error.description }
}

struct PaymentFileTests {
    @Test func `a file holds each payout to the fen, its number and its case`() throws {
        let text = try writePain001(paymentFile())
        for part in [
            "<GrpHdr><MsgId>AM-2025-03-05-1</MsgId><CreDtTm>2025-03-05T10:00:00+08:00</CreDtTm>"
                + "<NbOfTxs>3</NbOfTxs><CtrlSum>1533.34</CtrlSum>",
            "<PmtInfId>B1</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>2</NbOfTxs><CtrlSum>1533.33</CtrlSum>",
            "<PmtInfId>B2</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>1</NbOfTxs><CtrlSum>0.01</CtrlSum>",
            "<ReqdExctnDt><Dt>2025-03-05</Dt></ReqdExctnDt>",
            "<EndToEndId>SY240001234P1</EndToEndId>", "<InstdAmt Ccy=\"CNY\">300.50</InstdAmt>",
            "<ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>102100099996</MmbId>",
            "<Cdtr><Nm>张三</Nm></Cdtr>",
            "<Ustrd>SY-25-0001234-7 先行赔付 &lt;A &amp; &quot;B&quot;&gt;</Ustrd>",
        ] { #expect(text.contains(part), "\(part)") }
        try checkPain001(Array(text.utf8))
    }

    @Test func `what a bank would refuse is refused before`() {
        let sound = payment("P1", "1")
        func one(_ payment: Payment) -> PaymentFile { paymentFile([batch("B1", [payment])]) }
        func party(_ name: String = "张三", _ account: String = "6222", _ bank: String? = nil)
            -> PaymentFile
        {
            one(
                Payment(
                    number: "P1", amount: yuan("1"),
                    payee: Party(name: name, account: account, bankNumber: bank),
                    caseNumber: "C1", purpose: ""))
        }
        let cases: [(PaymentFile, String?)] = [
            (one(sound), nil), (party(), nil),
            (paymentFile([]), "The file has no batch; there is nothing to pay."),
            (paymentFile([batch("B1", [])]), "Batch “B1” has no payments; leave it out."),
            (
                paymentFile([batch("B1", [sound, sound])]),
                "EndToEndId: “P1” stands in the file twice; each payout is ordered once."
            ),
            (
                paymentFile([batch("B1", [sound]), batch("B2", [sound])]),
                "EndToEndId: “P1” stands in the file twice; each payout is ordered once."
            ),
            (
                paymentFile([batch("B1", [sound]), batch("B1", [payment("P2", "1")])]),
                "PmtInfId: “B1” stands in the file twice; each payout is ordered once."
            ),
            (one(payment("P1", "0")), "Payment “P1”: 0.00 is not more than zero."),
            (one(payment("P1", "-1")), "Payment “P1”: -1.00 is not more than zero."),
            (
                paymentFile([
                    batch("B1", [payment("P1", "92233720368547758.07"), payment("P2", "0.01")])
                ]), "The payments together are beyond any amount; write several files."
            ),
            (
                party("张三", ""),
                "Payment “P1”: account “” must be 1 to 34 letters, digits or hyphens."
            ),
            (
                party("张三", "6222 000"),
                "Payment “P1”: account “6222 000” must be 1 to 34 letters, digits or hyphens."
            ),
            (
                party("张三", "6222", "12345"),
                "Payment “P1”: bank number “12345” must be 12 digits."
            ),
            (
                party(""),
                "Payment “P1”: Cdtr/Nm “” must be 1 to 140 characters the bank takes."
            ),
            (
                party("张\n三"),
                "Payment “P1”: Cdtr/Nm “张\n三” must be 1 to 140 characters the bank takes."
            ),
            (
                party(" 张三"),
                "Payment “P1”: Cdtr/Nm “ 张三” must be 1 to 140 characters the bank takes."
            ),
        ]
        for (file, words) in cases { #expect(refused(file) == words) }
        let long = String(repeating: "甲", count: 141)
        #expect(refused(party(long))?.contains("Cdtr/Nm") == true)
        #expect(refused(party(String(long.dropLast()))) == nil)
    }

    @Test(arguments: [
        "", "x//y", "/x", "x/", "号1", "a\u{0}", " a", String(repeating: "x", count: 36),
    ])
    func `an identifier keeps to SWIFT's set`(id: String) {
        #expect(refused(paymentFile(id: id))?.hasPrefix("MsgId: ") == true)
        #expect(
            refused(paymentFile([batch(id, [payment("P1", "1")])]))?.hasPrefix("PmtInfId: ") == true
        )
        #expect(
            refused(paymentFile([batch("B", [payment(id, "1")])]))?.hasPrefix("EndToEndId: ")
                == true)
    }

    @Test func `a bank abroad gets no Chinese`() {
        #expect(refused(paymentFile(characters: .latin))?.contains("InitgPty/Nm") == true)
    }

    @Test(arguments: [
        ("<NbOfTxs>3<", "<NbOfTxs>4<", "the total reads 4, but the payments give 3."),
        (
            "<CtrlSum>1533.34<", "<CtrlSum>1533.35<",
            "the total reads 1533.35, but the payments give 1533.34."
        ),
        ("<NbOfTxs>2<", "<NbOfTxs>1<", "the total reads 1, but the payments give 2."),
        (">300.50</Inst", ">300.505</Inst", "“300.505” is no amount of at most two decimals."),
        ("SY240001235P1", "SY240001234P1", "EndToEndId: “SY240001234P1” stands in the file twice"),
        ("<PmtMtd>TRF</PmtMtd>", "", "PmtInf must hold PmtMtd 1 to 1 times, not 0."),
        ("<PmtMtd>TRF<", "<PmtMtd>CASH<", "must be one of [\"CHK\", \"TRA\", \"TRF\"]."),
        ("<Dt>2025-03-05</Dt>", "2025-03-05", "must hold one of Dt, DtTm."),
        ("<Dt>2025-03-05<", "<Dt>2025-03-32<", "must be a date."),
        (
            "<NbOfTxs>3</NbOfTxs><CtrlSum>1533.34</CtrlSum>",
            "<CtrlSum>1533.34</CtrlSum><NbOfTxs>3</NbOfTxs>",
            "GrpHdr must hold NbOfTxs 1 to 1 times, not 0."
        ),
        ("<Nm>张三</Nm>", "<Nm>张三</Nm><Nm>李四</Nm>", "Cdtr must hold Nm 0 to 1 times, not 2."),
        ("<RmtInf>", "<Rubbish/><RmtInf>", "may not stand here in CdtTrfTxInf."),
        ("pain.001.001.09", "pain.001.001.03", "is no Document of pain.001.001.09."),
        ("</GrpHdr>", "", "not well-formed XML"),
        ("<Ustrd>SY-25", "<Ustrd><b/>SY-25", "must hold text alone."),
    ])
    func `a file that was changed on its way is found out`(old: String, new: String, words: String)
        throws
    {
        let found = try fault(old, new)
        #expect(found?.contains(words) == true, "\(found ?? "accepted")")
    }
}
