import Crypto
package import Database
import FoundationEssentials

/// The office's own key: for what belongs to no single case, and for the keys by which things are found.
///
/// It is made once, and lies in `subject_key` sealed under the newest data key: changing the data keys
/// changes neither what it sealed nor what is found by it.
private let officeSubject = "#office/1"
/// What a sought value begins with; those of before the data keys do not.
private let keyedMark = "hmac1:"
private let sealedMark = "sealed:"

/// The office's key as one commit has it in hand.
private struct OfficeKey: Carried {
    var boxes: SymmetricKey?
    var search: SymmetricKey?

    var isChanged: Bool { false }
    mutating func write(to transaction: Transaction) {}

    init() {}

    init(_ root: SymmetricKey) {
        boxes = SymmetricKey(
            data: HMAC<SHA256>.authenticationCode(for: Array("boxes".utf8), using: root))
        search = SymmetricKey(
            data: HMAC<SHA256>.authenticationCode(for: Array("search".utf8), using: root))
    }
}

/// Values by which rows are found again: telephones, identity numbers, order numbers, tracking codes.
///
/// They are HMAC-SHA256 under the office's key, of the SHA-256 that stood there before: what is older is
/// keyed without knowing what it was made of. Whoever has the database alone cannot try telephones on it.
extension Transaction {
    /// What is stored. Without data keys: `value` as it is.
    func keyed(_ value: String) throws(DatabaseError) -> String {
        guard let key = try officeKey(making: true)?.search else { return value }
        return Self.keyed(value, key)
    }

    /// What `number` is called in public: nobody without the office's key can tell which case it is.
    ///
    /// - Throws: `corrupt` where the office has no data keys: a plain hash could be tried on all numbers.
    func pseudonym(of number: String) throws(DatabaseError) -> String {
        guard let key = try officeKey(making: false)?.search else {
            throw .corrupt("the office has no data keys, and so no key for pseudonyms")
        }
        return String(Self.keyed("public/" + number, key).dropFirst(keyedMark.utf8.count))
    }

    /// What may be stored: keyed, and as it was before there were data keys.
    func sought(_ value: String) throws(DatabaseError) -> [SQLValue] {
        guard let key = try officeKey(making: false)?.search else { return [.text(value)] }
        return [.text(Self.keyed(value, key)), .text(value)]
    }

    private static func keyed(_ value: String, _ key: SymmetricKey) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(value.utf8), using: key)
        let digits = Array("0123456789abcdef".utf8)
        var text = Array(keyedMark.utf8)
        for byte in Array(code).prefix(16) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// What is sealed by the office's key: it opens at its own place only.
extension Transaction {
    /// As it is stored. Without data keys: as it is.
    func sealedText(_ text: String, at place: String) throws(DatabaseError) -> String {
        guard let key = try officeKey(making: true)?.boxes else { return text }
        let box = try key.sealing(Array(text.utf8), as: place)
        return sealedMark + Data(box).base64EncodedString()
    }

    func openedText(_ stored: String, at place: @autoclosure () -> String) throws(DatabaseError)
        -> String
    {
        guard stored.hasPrefix(sealedMark), let key = try officeKey(making: false)?.boxes else {
            return stored
        }
        let place = place()
        guard let box = Data(base64Encoded: String(stored.dropFirst(sealedMark.count))) else {
            throw .corrupt("\(place) is cut short")
        }
        return String(decoding: try key.opening(Array(box), as: place), as: UTF8.self)
    }

    /// - Returns: Nil without data keys: the bytes are stored as they are.
    func sealedBytes(_ bytes: [UInt8], at place: String) throws(DatabaseError) -> [UInt8]? {
        guard let key = try officeKey(making: true)?.boxes else { return nil }
        return try key.sealing(bytes, as: place)
    }

    func openedBytes(_ sealed: [UInt8], at place: String) throws(DatabaseError) -> [UInt8] {
        guard let key = try officeKey(making: false)?.boxes else {
            throw .corrupt("\(place) is sealed, and the office has no data keys")
        }
        return try key.opening(sealed, as: place)
    }

    /// Makes the office's key where there is none yet, so that no two writers make one each.
    package func makeOfficeKey() throws(DatabaseError) { _ = try officeKey(making: true) }

    /// Whether there is one, and the data keys open it.
    func hasOfficeKey() throws(DatabaseError) -> Bool { try officeKey(making: false) != nil }

    private func officeKey(making: Bool) throws(DatabaseError) -> OfficeKey? {
        guard let dataKeys else { return nil }
        let held = carrying(OfficeKey.self) { $0 }
        if held.search != nil { return held }
        let context = "subject_key \(officeSubject)"
        var found = try first(
            "select key_id, sealed from subject_key where subject = \(officeSubject)")
        if found == nil, making {
            let box = try dataKeys.seal(SymmetricKey(size: .bits256).bytes, as: context)
            try put(
                """
                insert into subject_key (subject, key_id, sealed, made_ms)
                values (\(officeSubject), \(dataKeys.newest), \(box), 0) on conflict do nothing
                """)
            found = try first(
                "select key_id, sealed from subject_key where subject = \(officeSubject)")
        }
        guard let found else { return nil }
        let root = SymmetricKey(
            data: try dataKeys.open(found.blob(1), under: found.text(0), as: context))
        let key = OfficeKey(root)
        carrying(OfficeKey.self) { $0 = key }
        return key
    }
}
