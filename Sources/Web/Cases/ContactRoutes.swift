import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Where people want to be written to.
enum ContactRoutes {
    static let all: [Route] = [
        Route(
            method: .post, path: "/api/v1/cases/{case}/contact", id: "setContact",
            summary: Phrase("选择此案消息的接收方式", "Choose where messages are sent"),
            access: .tracked(.setPayee), body: .form(ContactForm.self),
            success: .view(200, MessageContactView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let (id, version) = (try call.caseID(), try call.expectedVersion())
            let (form, bytes) = try await call.form(ContactForm.self)
            return try await call.once(bytes) { work in
                if let version, let now = try work.transaction.caseVersion(id), now != version {
                    throw WorkflowError.changedMeanwhile(id, version: now)
                }
                try work.setContact(form.contact, of: id)
                return Effect(200, MessageContactView(form.contact))
            }
        },
        Route(
            method: .post, path: "/api/v1/merchants/{merchant}/contact", id: "setMerchantContact",
            summary: Phrase("商家的消息发到哪里", "Where messages to a merchant are sent"),
            access: .action(.manageMerchants), body: .form(ContactForm.self),
            success: .view(200, MessageContactView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let id = ID<Merchant>(call.part("merchant"))
            let (form, bytes) = try await call.form(ContactForm.self)
            return try await call.once(bytes) { work in
                try work.setContact(form.contact, of: id, by: call.actor)
                return Effect(200, MessageContactView(form.contact))
            }
        },
    ]
}

struct ContactForm: Form {
    let contact: MessageContact

    init(_ fields: Fields) {
        let way = fields.choice(
            "way", placeholder: MessageWay.sms, Phrase("短信、邮件或微信", "by which way"))
        let address = fields.text(
            "address", upTo: ContactLimits.address_characters,
            Phrase("电话、邮箱或openid", "telephone, mail address or openid"))
        contact = MessageContact(way: way, address: Personal(address))
    }
}

/// The address is not repeated: it is the tourist's.
struct MessageContactView: Codable, Sendable {
    let way: String

    init(_ contact: MessageContact) { way = contact.way.rawValue }
}
