import Banking
import Foundation
import Ledger
import Testing

struct Camt053Tests {
    private let written = writeCamt053(sample(), createdAt: createdAt)

    private func edited(_ text: String, _ replacement: String) -> String {
        #expect(written.contains(text), "\(text) does not stand in the sample")
        return written.replacingOccurrences(of: text, with: replacement)
    }

    @Test func `what is written is read again`() throws {
        let read = try parseCamt053(Array(written.utf8))
        let expected = sample(withBalances: false)
        #expect(read.count == 1)
        #expect(read[0].lines == expected.lines)
        #expect(read[0].opening == expected.opening && read[0].closing == expected.closing)
        #expect(read[0].from == expected.from && read[0].to == expected.to)
        #expect(read[0].account == expected.account && read[0].id == "2025-03-01")
    }

    @Test func `an older version with other prefixes and a reversal is read`() throws {
        let text = """
            <?xml version='1.0' encoding='utf-8'?>
            <c:Document xmlns:c="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><c:BkToCstmrStmt>
            <c:Stmt><c:Id>S1</c:Id><c:Acct><c:Id><c:IBAN>DE1</c:IBAN></c:Id><c:Ccy>CNY</c:Ccy></c:Acct>
            <c:Bal><c:Tp><c:CdOrPrtry><c:Cd>OPBD</c:Cd></c:CdOrPrtry></c:Tp><c:Amt Ccy="CNY">10.00000</c:Amt>
            <c:CdtDbtInd>DBIT</c:CdtDbtInd><c:Dt><c:Dt>2025-03-01</c:Dt></c:Dt></c:Bal>
            <c:Bal><c:Tp><c:CdOrPrtry><c:Cd>CLBD</c:Cd></c:CdOrPrtry></c:Tp><c:Amt Ccy="CNY">90.5</c:Amt>
            <c:CdtDbtInd>CRDT</c:CdtDbtInd><c:Dt><c:Dt>2025-03-02</c:Dt></c:Dt></c:Bal>
            <c:Bal><c:Tp><c:CdOrPrtry><c:Cd>CLAV</c:Cd></c:CdOrPrtry></c:Tp><c:Amt Ccy="CNY">1</c:Amt>
            <c:CdtDbtInd>CRDT</c:CdtDbtInd></c:Bal>
            <c:Ntry><c:Amt Ccy="CNY">100.5</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd><c:RvslInd>true</c:RvslInd>
            <c:Sts>BOOK</c:Sts><c:BookgDt><c:DtTm>2025-03-02T08:00:00</c:DtTm></c:BookgDt>
            <c:AcctSvcrRef>R9</c:AcctSvcrRef><c:NtryDtls><c:TxDtls><c:Refs><c:EndToEndId>PO-1</c:EndToEndId></c:Refs>
            <c:RltdPties><c:Dbtr><c:Nm>A &amp; B</c:Nm></c:Dbtr><c:Cdtr><c:Nm>us</c:Nm></c:Cdtr></c:RltdPties>
            <c:RmtInf><c:Ustrd>one</c:Ustrd><c:Ustrd><![CDATA[<two>]]></c:Ustrd></c:RmtInf></c:TxDtls></c:NtryDtls></c:Ntry>
            <c:Ntry><c:Amt Ccy="CNY">7</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd><c:Sts>PDNG</c:Sts></c:Ntry>
            </c:Stmt></c:BkToCstmrStmt></c:Document>
            """
        let statement = try #require(try parseCamt053(Array(text.utf8)).first)
        #expect(statement.opening == yuan("-10"))
        #expect(
            statement.lines == [
                StatementLine(
                    bookedOn: day("2025-03-02"), amount: yuan("100.5"), counterpartyName: "A & B",
                    remittance: "one <two>", reference: "R9", endToEndID: "PO-1", isReversal: true)
            ])
    }

    @Test func `a file that was cut off anywhere is refused`() {
        let bytes = Array(written.utf8)
        let end = bytes.count - 1  // The last line feed may be missing.
        for length in stride(from: 0, to: end, by: 7) {
            #expect(refusal(Array(bytes[..<length])) != nil, "cut at \(length)")
        }
        #expect(refusal(Array(bytes[..<end])) == nil)
        for length in (end - 40)..<end {
            guard case .malformedXML(let place)? = refusal(Array(bytes[..<length])) else {
                Issue.record("cut at \(length)")
                return
            }
            #expect(place.line >= 1)
        }
    }

    @Test func `document types, entities and other encodings are refused`() {
        let bomb = """
            <?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Document>&b;</Document>
            """
        #expect(refusal(bomb) == .refusedDeclaration(Place(line: 1, column: 22), "<!DOCTYPE"))
        let external = edited(
            "\n<Document", "\n<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><Document")
        #expect(refusal(external) == .refusedDeclaration(Place(line: 2, column: 1), "<!DOCTYPE"))
        #expect(
            refusal(edited("UTF-8", "UTF-16"))
                == .refusedDeclaration(Place(line: 1, column: 1), "encoding UTF-16"))
        #expect(refusal("<Document>&xxe;</Document>") == .notCamt053("Document"))
    }

    @Test func `what does not add up is refused`() {
        #expect(
            refusal(edited("<Amt Ccy=\"CNY\">1000.00<", "<Amt Ccy=\"CNY\">1000.01<"))
                == .closingMismatch(stated: yuan("5211.83"), expected: yuan("5211.84")))
        guard
            case .totalMismatch(let place, "5", "4")? = refusal(
                edited("<NbOfNtries>4<", "<NbOfNtries>5<"))
        else {
            Issue.record("the stated count was not checked")
            return
        }
        #expect(place.field == "TxsSummry/TtlNtries/NbOfNtries")
        guard
            case .totalMismatch(_, "5", "4812.85")? = refusal(
                edited("</NbOfNtries>", "</NbOfNtries><Sum>5</Sum>"))
        else {
            Issue.record("the stated sum was not checked")
            return
        }
        #expect(refusal(edited("</NbOfNtries>", "</NbOfNtries><Sum>4812.850</Sum>")) == nil)
    }

    @Test(arguments: [
        (">300.50<", ">300.505<", "Ntry/Amt"), (">300.50<", ">3e2<", "Ntry/Amt"),
        (">300.50<", ">-300.50<", "Ntry/Amt"), (">300.50<", "><", "Ntry/Amt"),
        ("CdtDbtInd>DBIT<", "CdtDbtInd>debit<", "Ntry/CdtDbtInd"),
        ("<BookgDt><Dt>2025-03-02</Dt></BookgDt>", "", "Ntry/BookgDt"),
        ("<BookgDt><Dt>2025-03-02<", "<BookgDt><Dt>2025-02-30<", "Ntry/BookgDt"),
        ("<Cd>BOOK<", "<Cd>MAYBE<", "Ntry/Sts"), ("<Cd>CLBD<", "<Cd>XXXX<", "Bal CLBD"),
        ("<Cd>OPBD<", "<Cd>XXXX<", "Bal OPBD"),
        ("<Amt Ccy=\"CNY\">300", "<Amt Ccy=\"USD\">300", "Ntry/Amt"),
        ("<Amt Ccy=\"CNY\">300", "<Amt>300", "Ntry/Amt Ccy"), (">0.01<", ">0.00<", "Ntry/Amt"),
    ])
    func `an element that does not fit is named`(old: String, new: String, field: String) {
        let error = refusal(edited(old, new))
        #expect(error != nil)
        #expect(error?.description.contains(field) == true, "\(String(describing: error))")
    }

    @Test func `other XML, deep nesting and long texts are refused`() {
        #expect(refusal("<a/>") == .notCamt053("a"))
        #expect(
            refusal(edited("camt.053.001.08", "camt.052.001.08"))
                == .notCamt053("urn:iso:std:iso:20022:tech:xsd:camt.052.001.08"))
        let deep = edited("<Stmt>", "<Stmt>" + String(repeating: "<x>", count: 100))
        guard case .nestedTooDeep? = refusal(deep) else {
            Issue.record("deep nesting passed: \(String(describing: refusal(deep)))")
            return
        }
        let long = edited("手续费", String(repeating: "费", count: StatementLimit.cellBytes / 3 + 1))
        guard case .cellTooLong? = refusal(long) else {
            Issue.record("a long text passed")
            return
        }
    }
}
