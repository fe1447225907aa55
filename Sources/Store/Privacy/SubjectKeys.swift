import Crypto
package import Database
import FoundationEssentials
package import Ledger

/// The keys of cases and work orders that one commit has in hand.
///
/// Each case has its own, so that destroying it erases what is personal in the case while its events,
/// the books and the reports stay whole.
struct SubjectKeys: Carried {
    enum Held: Sendable {
        /// No key was ever made: it was begun before the office had data keys, and lies plain.
        case none
        case key(SymmetricKey)
        case erased
    }

    var held: [String: Held] = [:]
    var fresh: [[SQLValue]] = []

    var isChanged: Bool { !fresh.isEmpty }

    mutating func write(to transaction: Transaction) throws(DatabaseError) {
        try transaction.insert(
            into: "subject_key", "subject, key_id, sealed, made_ms", rows: fresh)
        fresh = []
    }
}

/// What a sealed text begins with, as whoever looks into the table sees it.
private let mark = "sealed:"

extension Transaction {
    var dataKeys: DataKeys? { companion as? DataKeys }

    /// Refuses a database with sealed events where no keys are at hand.
    package func checkDataKeys() throws(DatabaseError) {
        guard dataKeys == nil, try first("select 1 from subject_key limit 1") != nil else { return }
        throw .cannotOpen(
            "the office's database",
            why: "its personal data is sealed: name the file of the keys in AMENDS_DATA_KEY")
    }

    /// The payload as it is stored.
    ///
    /// - Parameters:
    ///   - subject: The case or work order; its first event makes its key.
    ///   - place: Of the event, and authenticated with each text: none opens elsewhere.
    func sealed(
        _ payload: String, of subject: String, position: Int, at place: String, _ now: Moment
    ) throws(DatabaseError) -> String {
        guard let dataKeys else { return payload }
        let held =
            position == 0
            ? try makeKey(of: subject, dataKeys, now) : try key(of: subject, dataKeys)
        var number = 0
        switch held {
        case .none: return payload
        case .erased:
            return try PersonalTexts.replaced(in: payload) { _ in Array(PersonalTexts.erased.utf8) }
        case .key(let key):
            return try PersonalTexts.replaced(in: payload) { (text) throws(DatabaseError) in
                let box = try key.sealing(Array(text), as: "\(place)/\(number)")
                number += 1
                return Array(mark.utf8) + Array(Data(box).base64EncodedString().utf8)
            }
        }
    }

    /// The payload as it was written; erased texts say so.
    func opened(
        _ payload: String, of subject: String, at place: @autoclosure () -> String
    ) throws(DatabaseError) -> String {
        guard let dataKeys else { return payload }
        let held = try key(of: subject, dataKeys)
        if case .none = held { return payload }
        let place = place()
        let prefix = Array(mark.utf8)
        var number = 0
        return try PersonalTexts.replaced(in: payload) { (text) throws(DatabaseError) in
            // A field that joined the list after the event was written lies plain.
            guard text.starts(with: prefix) else { return Array(text) }
            guard case .key(let key) = held else { return Array(PersonalTexts.erased.utf8) }
            let coded = String(decoding: text.dropFirst(prefix.count), as: UTF8.self)
            guard let box = Data(base64Encoded: coded) else {
                throw .corrupt("\(place) holds a sealed text that is cut short")
            }
            defer { number += 1 }
            return try key.opening(Array(box), as: "\(place)/\(number)")
        }
    }

    /// Gives a case or work order of before the data keys a key of its own; nothing where it has one.
    func beginKey(of subject: String, _ now: Moment) throws(DatabaseError) {
        guard let dataKeys, case .none = try key(of: subject, dataKeys) else { return }
        _ = try makeKey(of: subject, dataKeys, now)
    }

    /// One text outside the events, sealed by the key of the case or work order it belongs to.
    func sealedText(
        _ text: String, of subject: String, at place: String
    ) throws(DatabaseError) -> String {
        guard let dataKeys else { return text }
        switch try key(of: subject, dataKeys) {
        case .none: return text
        case .erased: return PersonalTexts.erased
        case .key(let key):
            let box = try key.sealing(Array(text.utf8), as: place)
            return mark + Data(box).base64EncodedString()
        }
    }

    func openedText(
        _ stored: String, of subject: String, at place: @autoclosure () -> String
    ) throws(DatabaseError) -> String {
        guard let dataKeys, stored.hasPrefix(mark) else { return stored }
        guard case .key(let key) = try key(of: subject, dataKeys) else {
            return PersonalTexts.erased
        }
        let place = place()
        guard let box = Data(base64Encoded: String(stored.dropFirst(mark.count))) else {
            throw .corrupt("\(place) is cut short")
        }
        return String(decoding: try key.opening(Array(box), as: place), as: UTF8.self)
    }

    /// Reads the keys of several cases or work orders at once, for a list of them.
    func holdKeys(of subjects: [String]) throws(DatabaseError) {
        guard let dataKeys else { return }
        let wanted = carrying(SubjectKeys.self) { piece in
            subjects.filter { piece.held[$0] == nil }
        }
        guard wanted.count > 1 else { return }
        var found: [String: SubjectKeys.Held] = [:]
        for row in try rows(
            """
            select subject, key_id, sealed, erased_ms from subject_key
            where subject in (\(list: wanted.map { .text($0) }))
            """)
        {
            let subject = try row.text(0)
            guard try row.integerOrNil(3) == nil else {
                found[subject] = .erased
                continue
            }
            let bytes = try dataKeys.open(
                row.blob(2), under: row.text(1), as: "subject_key \(subject)")
            found[subject] = .key(SymmetricKey(data: bytes))
        }
        carrying(SubjectKeys.self) { piece in
            for subject in wanted { piece.held[subject] = found[subject] ?? SubjectKeys.Held.none }
        }
    }

    /// Destroys the key of a case or work order: what it sealed can never be read again.
    ///
    /// - Returns: False where there was none, or it was destroyed before.
    @discardableResult
    package func eraseKey(of subject: String, at now: Moment) throws(DatabaseError) -> Bool {
        try write(SubjectKeys.self)
        let changed = try run(
            """
            update subject_key set sealed = \([UInt8]()), key_id = '', erased_ms = \(now.ms)
            where subject = \(subject) and erased_ms is null
            """)
        carrying(SubjectKeys.self) { $0.held[subject] = nil }
        return changed == 1
    }

    /// Seals up to `limit` keys anew that are not under the newest of the office's; 0: none is left, and
    /// the older ones can go from the file.
    package func rotateKeys(limit: Int) throws(DatabaseError) -> Int {
        guard let dataKeys else { return 0 }
        try write(SubjectKeys.self)
        let found = try rows(
            """
            select subject, key_id, sealed from subject_key
            where erased_ms is null and key_id <> \(dataKeys.newest)
            order by key_id, subject limit \(limit)
            """)
        for row in found {
            let subject = try row.text(0)
            let context = "subject_key \(subject)"
            let bytes = try dataKeys.open(row.blob(2), under: row.text(1), as: context)
            try put(
                """
                update subject_key set key_id = \(dataKeys.newest),
                    sealed = \(try dataKeys.seal(bytes, as: context))
                where subject = \(subject)
                """)
        }
        return found.count
    }

    private func makeKey(
        of subject: String, _ dataKeys: DataKeys, _ now: Moment
    ) throws(DatabaseError) -> SubjectKeys.Held {
        let key = SymmetricKey(size: .bits256)
        let box = try dataKeys.seal(key.bytes, as: "subject_key \(subject)")
        carrying(SubjectKeys.self) { piece in
            piece.held[subject] = .key(key)
            piece.fresh.append([
                .text(subject), .text(dataKeys.newest), .blob(box), .integer(now.ms),
            ])
        }
        return .key(key)
    }

    private func key(
        of subject: String, _ dataKeys: DataKeys
    ) throws(DatabaseError) -> SubjectKeys.Held {
        if let held = carrying(SubjectKeys.self, { $0.held[subject] }) { return held }
        var held = SubjectKeys.Held.none
        if let row = try first(
            "select key_id, sealed, erased_ms from subject_key where subject = \(subject)")
        {
            held =
                try row.integerOrNil(2) != nil
                ? .erased
                : .key(
                    SymmetricKey(
                        data: try dataKeys.open(
                            row.blob(1), under: row.text(0), as: "subject_key \(subject)")))
        }
        carrying(SubjectKeys.self) { $0.held[subject] = held }
        return held
    }
}
