package import Ledger

/// What an edition was when somebody put a name to it: its days and its contents, by hash.
package struct EditionSeal: Hashable, Sendable, Codable {
    /// Its name within the jurisdiction, the day it is in force from: `2024-02-05`.
    package let edition: String
    package let from: Day
    /// Its last day, where the edition itself says one.
    package let until: Day?
    /// Over all its files, as rulings store it.
    package let hash: String
    /// SHA-256 of each file that counts, by its name below the jurisdiction's folder.
    package let files: [String: String]

    package init(edition: String, from: Day, until: Day?, hash: String, files: [String: String]) {
        self.edition = edition
        self.from = from
        self.until = until
        self.hash = hash
        self.files = files
    }
}

/// What happened to an edition on its way into force. Steps are a storage format, as events are.
package enum EditionStep: Hashable, Sendable, Codable {
    /// It was on disk when the office began: the set the office was founded with.
    case founded(EditionSeal)
    /// Checked and tested, and put before a second person.
    case submitted(EditionSeal)
    /// A second person agreed to just these contents.
    case approved(edition: String, hash: String)
    case withdrawn(edition: String, reason: String)

    package var edition: String {
        switch self {
        case .founded(let seal), .submitted(let seal): seal.edition
        case .approved(let edition, _), .withdrawn(let edition, _): edition
        }
    }

    /// `founded`, `submitted`, `approved`, `withdrawn`.
    package var kind: String {
        switch self {
        case .founded: "founded"
        case .submitted: "submitted"
        case .approved: "approved"
        case .withdrawn: "withdrawn"
        }
    }
}

/// A step with who and when.
package struct RecordedEditionStep: Hashable, Sendable {
    package let step: EditionStep
    package let actor: String
    package let at: Moment

    package init(_ step: EditionStep, by actor: String, at: Moment) {
        self.step = step
        self.actor = actor
        self.at = at
    }
}

/// Why an edition was not taken a step further. Nothing was recorded.
package enum EditionRefusal: Error, Hashable, Sendable {
    /// It is approved already; other contents are another edition.
    case alreadyApproved(String)
    case notSubmitted(String)
    /// Nobody approves what the same person submitted.
    case ownSubmission(String, actor: String)
    /// What lies on disk is no longer what was submitted.
    case changedSince(String, submitted: String, found: String)
    /// It would be in force from a day that has begun, and change what was decided.
    case tooLate(String, from: Day, today: Day)
    /// Nothing would be in force from the first day to the last.
    case gap(String, from: Day, to: Day)
    /// Both would be in force on `day`.
    case twoInForce(String, String, on: Day)
    /// It is or was in force: cases rest on it for ever.
    case inForce(String, from: Day)
    /// A withdrawal says why.
    case reasonMissing
}
