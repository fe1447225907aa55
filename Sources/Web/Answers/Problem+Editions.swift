import Casework

extension Problem {
    /// Why an edition was not taken a step further.
    init(_ refusal: EditionRefusal) {
        switch refusal {
        case .alreadyApproved(let edition):
            self = .edition(
                "edition_approved", "\(edition)已批准；要改请另立新版本",
                "\(edition) is approved already; publish a change as an edition of its own")
        case .notSubmitted(let edition):
            self = .edition(
                "edition_not_submitted", "\(edition)没有提交待批",
                "\(edition) is not submitted; submit it first")
        case .ownSubmission(let edition, let actor):
            self.init(
                403, "separation_of_duties", Phrase("须由另一人办理", "Another person must do this"),
                Phrase(
                    "\(edition)由\(actor)提交，须由他人批准。",
                    "\(actor) submitted \(edition); someone else must approve it."))
        case .changedSince(let edition, let submitted, let found):
            self = .edition(
                "edition_changed", "\(edition)提交后有改动：提交\(submitted)，现为\(found)；请重新提交",
                "\(edition) was changed since it was submitted: \(submitted) then, \(found) now; submit it again"
            )
        case .tooLate(let edition, let from, let today):
            self = .edition(
                "edition_too_late", "\(edition)自\(from)施行，今天是\(today)；施行日应在今天之后",
                "\(edition) would be in force from \(from), and today is \(today); choose a later first day"
            )
        case .gap(let edition, let from, let to):
            self = .edition(
                "edition_gap", "\(edition)会使\(from)至\(to)没有施行的版本；请调整日期",
                "with \(edition) nothing would be in force from \(from) to \(to); move its days")
        case .twoInForce(let first, let second, let day):
            self = .edition(
                "edition_overlap", "\(first)与\(second)会在\(day)同时施行；请调整日期",
                "\(first) and \(second) would both be in force on \(day); move their days")
        case .inForce(let edition, let from):
            self = .edition(
                "edition_in_force", "\(edition)自\(from)施行，已有案件依据，不能撤回",
                "\(edition) is in force from \(from) and cases rest on it: publish another instead")
        case .reasonMissing:
            self.init(
                422, "reason_missing", Phrase("缺少理由", "A reason is missing"),
                Phrase("请填写撤回理由。", "Write why it is withdrawn."),
                errors: [
                    FieldProblem(field: "reason", text: Phrase("请填写", "is missing: fill it in"))
                ])
        }
    }

    private static func edition(_ code: String, _ zh: String, _ en: String) -> Problem {
        Problem(
            409, code, Phrase("版本不能这样施行", "The edition cannot go this way"),
            Phrase("\(zh)。", "\(en)."))
    }
}
