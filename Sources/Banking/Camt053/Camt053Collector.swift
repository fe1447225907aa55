import Foundation
import FoundationXML
import Ledger

/// Gathers statements while the parser walks the document; stops it at the first refusal.
final class Camt053Collector: NSObject, XMLParserDelegate {
    private(set) var statements: [Statement] = []
    private(set) var refusal: StatementError?
    /// Whether an element is still open, as it is when a file was cut off.
    var isOpen: Bool { !path.isEmpty || !hasRoot }

    private var path: [String] = []
    private var hasRoot = false
    private var text: [UInt8] = []
    private var currency: String?
    private var entryCount = 0
    private var draft = Camt053Draft()
    private var balance: [String: String] = [:]
    private var entry: [String: String] = [:]
    private var entryPlace = Place(line: 1, column: 1)

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        guard refusal == nil else { return }
        let place = place(parser)
        if path.isEmpty {
            hasRoot = true
            let namespace = namespaceURI ?? ""
            guard name == "Document", namespace.contains(":camt.053.001.") else {
                return refuse(.notCamt053(namespace.isEmpty ? name : namespace), parser)
            }
        }
        guard path.count < StatementLimit.nesting else {
            return refuse(.nestedTooDeep(place), parser)
        }
        path.append(name)
        text = []
        switch within {
        case "": draft = Camt053Draft()
        case "Bal": balance = [:]
        case "Ntry":
            entryCount += 1
            guard entryCount <= StatementLimit.rows else { return refuse(.tooManyRows, parser) }
            (entry, entryPlace) = ([:], self.place(parser, "Ntry"))
        case "Bal/Amt", "Ntry/Amt":
            currency = attributes["Ccy"]
            let known = draft.currency ?? currency
            guard let currency, let known else {
                return refuse(.missing(self.place(parser, "\(within) Ccy")), parser)
            }
            guard currency == known else {
                return refuse(
                    .mixedCurrency(self.place(parser, within), currency, expected: known), parser)
            }
            draft.currency = known
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { gather(string.utf8, parser) }

    func parser(_ parser: XMLParser, foundCDATA block: Data) { gather(block, parser) }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        guard refusal == nil, !path.isEmpty else { return }
        do throws(StatementError) {
            try close(parser)
        } catch { refuse(error, parser) }
        path.removeLast()
        text = []
    }

    private func gather(_ bytes: some Sequence<UInt8>, _ parser: XMLParser) {
        guard refusal == nil else { return }
        text.append(contentsOf: bytes)
        if text.count > StatementLimit.cellBytes {
            refuse(.cellTooLong(place(parser, within)), parser)
        }
    }

    private func refuse(_ error: StatementError, _ parser: XMLParser) {
        if refusal == nil { refusal = error }
        parser.abortParsing()
    }

    /// The path below `Document/BkToCstmrStmt/Stmt`, `Ntry/Amt`; "-" outside a statement.
    private var within: String {
        guard path.count >= 3, path[1] == "BkToCstmrStmt", path[2] == "Stmt" else { return "-" }
        return path.dropFirst(3).joined(separator: "/")
    }

    private func place(_ parser: XMLParser, _ field: String = "") -> Place {
        Place(line: max(parser.lineNumber, 1), column: max(parser.columnNumber, 1), field: field)
    }

    private func close(_ parser: XMLParser) throws(StatementError) {
        let path = within
        guard path != "-" else { return }
        let value = String(decoding: text, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        switch path {
        case "": statements.append(try draft.statement(closedAt: place(parser)))
        case "Bal": try closeBalance(place(parser, "Bal"))
        case "Ntry": try closeEntry()
        case "Acct/Ccy":
            let known = draft.currency ?? value
            guard value == known else {
                throw .mixedCurrency(place(parser, path), value, expected: known)
            }
            draft.currency = value
        case _ where value.isEmpty: break
        case _ where path.hasPrefix("Bal/"): balance[String(path.dropFirst(4))] = value
        case _ where path.hasPrefix("Ntry/"):
            let field = String(path.dropFirst(5))
            // Repeated texts are parts of one; repeated references name no single payment.
            if let earlier = entry[field] {
                entry[field] = earlier + " " + value
            } else {
                entry[field] = value
            }
        default: draft.texts[path] = draft.texts[path] ?? value
        }
    }

    private func closeBalance(_ place: Place) throws(StatementError) {
        guard let kind = balance["Tp/CdOrPrtry/Cd"], ["OPBD", "PRCD", "CLBD"].contains(kind) else {
            return
        }
        let amount = try signed(balance, place)
        let day = (balance["Dt/Dt"] ?? balance["Dt/DtTm"]).flatMap { Day($0.prefix(10)) }
        // Of several pages, the first opening and the last closing are the statement's.
        if kind == "CLBD" || draft.balances[kind] == nil { draft.balances[kind] = (amount, day) }
    }

    private func closeEntry() throws(StatementError) {
        let status = entry["Sts/Cd"] ?? entry["Sts"] ?? "BOOK"
        if ["PDNG", "INFO", "FUTR"].contains(status) { return }
        guard status == "BOOK" else { throw .badStatus(at("Sts"), status) }
        let amount = try signed(entry, entryPlace)
        guard amount != .zero else { throw .badAmount(at("Amt"), "0") }
        guard let date = entry["BookgDt/Dt"] ?? entry["BookgDt/DtTm"] else {
            throw .missing(at("BookgDt"))
        }
        guard let day = Day(date.prefix(10)) else { throw .badDate(at("BookgDt"), date) }
        let details = "NtryDtls/TxDtls/"
        let party = amount.isPositive ? "Dbtr" : "Cdtr"
        let texts = [
            entry[details + "RmtInf/Ustrd"], entry[details + "RmtInf/Strd/CdtrRefInf/Ref"],
            entry[details + "AddtlTxInf"], entry["AddtlNtryInf"],
        ]
        let endToEnd = entry[details + "Refs/EndToEndId"]
        draft.lines.append(
            StatementLine(
                bookedOn: day, amount: amount,
                counterpartyName: entry[details + "RltdPties/\(party)/Pty/Nm"]
                    ?? entry[details + "RltdPties/\(party)/Nm"],
                counterpartyAccount: entry[details + "RltdPties/\(party)Acct/Id/IBAN"]
                    ?? entry[details + "RltdPties/\(party)Acct/Id/Othr/Id"],
                remittance: texts.compactMap { $0 }.joined(separator: " "),
                reference: entry["AcctSvcrRef"] ?? entry["NtryRef"],
                endToEndID: endToEnd == "NOTPROVIDED" ? nil : endToEnd,
                isReversal: ["true", "1"].contains(entry["RvslInd"] ?? "false")))
        draft.places.append(at("Amt"))
    }

    private func at(_ field: String) -> Place {
        Place(line: entryPlace.line, column: entryPlace.column, field: "Ntry/" + field)
    }

    /// The element's `Amt`, negative when `CdtDbtInd` says debit.
    private func signed(_ fields: [String: String], _ place: Place) throws(StatementError) -> Money
    {
        func at(_ name: String) -> Place {
            Place(line: place.line, column: place.column, field: place.field + "/" + name)
        }
        guard let text = fields["Amt"] else { throw .missing(at("Amt")) }
        guard let amount = isoAmount(text) else { throw .badAmount(at("Amt"), text) }
        switch fields["CdtDbtInd"] {
        case "CRDT": return amount
        case "DBIT": return Money(fen: -amount.fen)
        case nil: throw .missing(at("CdtDbtInd"))
        case let other?: throw .badSide(at("CdtDbtInd"), other)
        }
    }
}
