import Casework
import Ledger
import Store

/// What was disclosed. A repeat of the request is told only that it was.
struct DisclosureView: Codable, Sendable {
    /// Of the row in the access log.
    let number: Int64
    let subject: String
    let fields: [String]
    let reason: String
    let at: Timestamp
    /// Absent in the answer to a repeated request.
    let shown: Shown?

    struct Shown: Codable, Sendable {
        let name: String?
        let phone: String?
        let identity: String?
        let payees: [PayeeShown]?
        let texts: [String]?
    }

    struct PayeeShown: Codable, Sendable, Hashable {
        let name: String
        let account: String
        let bank: String?
    }

    init(_ row: Disclosure, _ shown: Shown?, _ zone: Zone) {
        number = row.number
        subject = row.subject
        fields = row.fields
        reason = row.reason
        at = Timestamp(zone.text(row.at))
        self.shown = shown
    }
}

extension DisclosureView.Shown {
    init(_ file: Case, _ fields: [PersonalField]) {
        let (filing, wants) = (file.filing, Set(fields))
        name = filing.claimant.name.revealed
        phone = wants.contains(.phone) ? filing.claimant.phone.revealed : nil
        identity = wants.contains(.identity) ? filing.claimant.identity?.revealed : nil
        var payees: [DisclosureView.PayeeShown] = []
        for payee in [file.payee].compactMap(\.self) + file.payouts.map(\.payee) {
            let shown = DisclosureView.PayeeShown(
                name: payee.name.revealed, account: payee.account.revealed, bank: payee.bank?.name)
            if !payees.contains(shown) { payees.append(shown) }
        }
        self.payees = wants.contains(.account) ? payees : nil
        let said =
            [filing.story, filing.wanted] + file.contacts.map(\.story)
            + [file.contest?.reason].compactMap(\.self) + file.followUps.map(\.note)
        texts = wants.contains(.texts) ? said.filter { !$0.isEmpty } : nil
    }

    init(_ order: WorkOrder, _ fields: [PersonalField]) {
        let (demand, wants) = (order.demand, Set(fields))
        name = demand.caller.name?.revealed
        phone = wants.contains(.phone) ? demand.caller.phone?.revealed : nil
        (identity, payees) = (nil, nil)
        let joint = (demand.joint?.members ?? []).map {
            "\($0.name.revealed) \($0.phone?.revealed ?? "")"
        }
        texts =
            wants.contains(.texts)
            ? [demand.text] + order.messages.map(\.text) + [order.reply].compactMap(\.self) + joint
            : nil
    }
}

struct AccessLogView: Codable, Sendable {
    let looks: [LookView]
    /// Give it as `before` for the next page; absent on the last.
    let next: Int64?
}

struct LookView: Codable, Sendable {
    let number: Int64
    let subject: String
    /// `fields`, `evidence`.
    let kind: String
    let fields: [String]
    let person: String
    /// Those held then.
    let roles: [String]
    let reason: String
    let at: Timestamp

    init(_ row: Disclosure, _ zone: Zone) {
        number = row.number
        subject = row.subject
        kind = row.kind.rawValue
        fields = row.fields
        person = row.actor
        roles = row.roles
        reason = row.reason
        at = Timestamp(zone.text(row.at))
    }
}
