import Casework
import Ledger
import Logging
import Store

/// How a tourist who lost the tracking code gets a new one: by a code sent to the telephone that was
/// given at filing.
package enum LostCodeTerms {
    package static let valid_minutes = 10
    package static let tries = 5
    /// Codes for one number with one telephone, within `window_minutes`.
    package static let asks: Int64 = 3
    package static let window_minutes: Int64 = 60
}

extension Work {
    /// Makes a code and hands its message over for sending, if the case has this telephone.
    ///
    /// The caller learns nothing of whether it has: unknown cases and other telephones are counted and
    /// answered alike.
    ///
    /// - Parameters:
    ///   - number: As typed.
    ///   - phone: As typed; blanks, dashes and a leading 86 aside.
    ///   - code: Fresh randomness, from outside the transaction.
    ///   - text: What the message says: the code is in it. It goes where the tourist wants to be written to.
    /// - Throws: `TouristError.askedTooOften`, by number and telephone as typed.
    package func askCode(
        for number: String, phone: String, code: String, text: String
    ) throws {
        let digits = phoneDigits(phone)
        let asked = sha256Hex("\(CaseNumber.read(number)?.text ?? number)\u{1F}\(digits)")
        let wait = try transaction.countAsk(
            of: asked, limit: LostCodeTerms.asks, within: LostCodeTerms.window_minutes * 60_000,
            at: now)
        if let wait {
            throw TouristError.askedTooOften(seconds: Int((wait + 999) / 1_000))
        }
        guard let id = CaseNumber.read(number), let file = try transaction.caseFile(id),
            digits.count >= 6, phoneDigits(file.filing.claimant.phone.revealed) == digits
        else { return }
        let ends = now.advanced(byMinutes: LostCodeTerms.valid_minutes)
        let hash = office.codeKey.hash(code, of: id.text)
        try transaction.write(OneTimeCode(hash: hash, ends: ends), of: id)
        let contact =
            try transaction.contact(of: id) ?? MessageContact(way: .sms, address: Personal(phone))
        try transaction.enqueue(
            TouristMessage(
                id: "code/\(id)/\(now.ms)/\(hash.prefix(8))", caseID: id, way: contact.way,
                to: contact.address, kind: MessageKind.code.rawValue,
                subject: MessageKind.code.subject, text: Personal(text),
                blanks: Personal(["code": code, "number": id.text]), ends: ends), at: now)
    }

    /// Takes a one-time code and makes `trackingCode` the case's: the one before opens nothing any more.
    ///
    /// - Returns: False where the code is not the case's, has lapsed, was used, or was tried too often.
    ///   A wrong try is counted, so this must not be undone by an error.
    package func redeem(
        _ code: String, of number: String, trackingCode: String
    ) throws -> Bool {
        guard let id = CaseNumber.read(number), let kept = try transaction.oneTimeCode(of: id),
            now < kept.ends, kept.tries < LostCodeTerms.tries
        else { return false }
        guard office.codeKey.hash(code.filter(\.isNumber), of: id.text) == kept.hash else {
            try transaction.write(
                OneTimeCode(hash: kept.hash, ends: kept.ends, tries: kept.tries + 1), of: id)
            return false
        }
        try transaction.removeOneTimeCode(of: id)
        try transaction.replaceTrackingCode(hash: sha256Hex(trackingCode), of: id)
        journal.append(["case": "\(id)", "command": "replaceTrackingCode", "actor": "tourist"])
        return true
    }
}

/// The digits of a telephone number, without the country's 86 or 0086.
private func phoneDigits(_ text: String) -> String {
    let digits = text.filter { $0.isASCII && $0.isNumber }
    for prefix in ["0086", "86"] where digits.hasPrefix(prefix) && digits.count > 11 {
        return String(digits.dropFirst(prefix.count))
    }
    return digits
}
