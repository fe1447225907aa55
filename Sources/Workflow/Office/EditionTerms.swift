import Casework
import Ledger

/// What the office reads in an edition besides its decision models.
extension Edition {
    /// The letters its case numbers begin with.
    package var prefix: String { jurisdiction.prefix }

    package var evidenceKinds: [String] { evidence.map(\.code) }

    /// What the edition promises to a case filed under it.
    func terms(standing: Standing) throws(PolicyError) -> Terms {
        Terms(
            edition: name, editionHash: hash, standing: standing,
            acceptMinutes: try integer("acceptMinutes"), auditMinutes: try integer("auditMinutes"),
            closingMinutes: try integer("closingMinutes"),
            freezeMinutes: try integer("freezeDays") * 24 * 60,
            reissueLimit: try integer("reissueLimit"),
            unclaimedDays: try integerIfNamed("unclaimedDays"))
    }

    /// What of a filing does not fit the edition: matter, channel and facts.
    func problems(in filing: Filing, today: Day) -> [WorkflowError.Problem] {
        guard !matters.isEmpty else {
            return [
                .init(
                    field: "matter", chinese: "本热线没有先行赔付资金，不受理赔付申请；请登记为工单",
                    english: "this hotline has no fund and takes no claims; register a work order")
            ]
        }
        guard matters.contains(where: { $0.code == filing.matter }) else {
            let known = matters.map(\.code).joined(separator: ", ")
            return [
                .init(
                    field: "matter", chinese: "应为以下之一：\(known)",
                    english: "must be one of: \(known)")
            ]
        }
        var found: [WorkflowError.Problem] = []
        if !channels.contains(where: { $0.code == filing.channel.rawValue }) {
            let known = channels.map(\.code).joined(separator: ", ")
            found.append(
                .init(
                    field: "channel", chinese: "应为以下之一：\(known)",
                    english: "must be one of: \(known)"))
        }
        found += validate(filing.facts, for: filing.matter, today: today).map { problem in
            .init(
                field: "facts.\(problem.fact)", chinese: problem.chinese, english: problem.english)
        }
        // Whoever reports a danger or an official is not asked for the facts of a refund first.
        guard !filing.isPressing else { return found }
        found += missingFacts(filing.facts, for: filing.matter).filter { $0.name != "occurredOn" }
            .filter { !["claimed", "pricePaid"].contains($0.name) }
            .map { kind in
                .init(
                    field: "facts.\(kind.name)", chinese: "请填写“\(kind.chinese)”",
                    english: "is needed for this matter: \(kind.english)")
            }
        return found
    }
}

extension Filing {
    fileprivate var isPressing: Bool {
        let emergency = facts["emergency"] ?? .text("none")
        return emergency != .text("none") || facts["aboutOfficial"] == .flag(true)
    }
}

extension PolicyBook {
    /// The fund's books as the newest edition names them; a hotline without a fund has empty ones, into
    /// which nothing is posted.
    package func books() throws(PolicyError) -> Office.Books {
        guard let edition = editions.last else { throw .noEditions(folder: jurisdiction) }
        func number(_ code: String) throws(PolicyError) -> String {
            guard let account = edition.accounts.first(where: { $0.code == code }),
                let number = account.number
            else {
                throw .missingKey(
                    file: "\(edition.id)/jurisdiction.yaml", key: "fund.accounts.\(code).number")
            }
            return number
        }
        let postings = Postings.Books(
            fund: jurisdiction, currency: edition.jurisdiction.currency,
            zone: edition.jurisdiction.zone)
        guard edition.hasFund else {
            return Office.Books(
                chart: chart, postings: postings, bankNumber: "", platformNumber: "",
                hasFund: false)
        }
        return Office.Books(
            chart: chart, postings: postings,
            bankNumber: try number("bank"), platformNumber: try number("platform"))
    }
}
