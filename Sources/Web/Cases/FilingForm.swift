import Casework
import Ledger
import Workflow

/// What is filed.
struct FilingForm: Form {
    let filing: Filing
    /// The version of the text on personal data that the tourist was shown.
    let consent: String?

    init(_ fields: Fields) {
        let claimant = fields.object("claimant", ClaimantForm.self)
        let channel = fields.choice(
            "channel", placeholder: Channel.web, Phrase("从哪里来", "how it reached the office"))
        let merchant = fields.textIfPresent(
            "merchant", upTo: 64, Phrase("名录中商家的编号", "the merchant's id on the list"))
        let merchantName = fields.text(
            "merchant_name", upTo: 400, Phrase("商家名称", "as the tourist calls it"))
        let order = fields.textIfPresent("order", upTo: 400, Phrase("订单号", "the order's number"))
        let matter = fields.text(
            "matter", upTo: 64, Phrase("事项代码，见政策版本", "a matter of the edition in force"))
        let occurredOn = fields.day(
            "occurred_on", Phrase("消费、入住或取消之日", "day of purchase, stay or cancellation"))
        let paid = fields.amount("paid_fen", Phrase("实付价款", "what was paid"))
        let claimed = fields.amount("claimed_fen", Phrase("诉求金额", "what is asked for"))
        let story = fields.text("story", upTo: 20_000, Phrase("经过", "what happened"))
        let wanted = fields.text("wanted", upTo: 4_000, Phrase("诉求", "what is wanted"))
        let facts = fields.facts(
            "facts", isRequired: false, Phrase("案情要素，见政策版本", "facts of the edition's schema"))
        let payee = fields.objectIfPresent("payee", PayeeForm.self)
        let from = fields.textIfPresent(
            "transferred_from", upTo: 400, Phrase("来源热线的工单号", "the other hotline's number"))
        consent = fields.textIfPresent(
            "consent", upTo: 64,
            Phrase("所示个人信息告知的版本", "the version of the text on personal data that was shown"))
        filing = Filing(
            channel: channel, claimant: claimant.claimant, merchant: merchant.map { ID($0) },
            merchantName: merchantName, order: order, matter: matter, occurredOn: occurredOn,
            paid: paid,
            claimed: claimed, story: story, wanted: wanted, facts: facts, payee: payee?.payee,
            transferredFrom: from)
    }
}

struct ClaimantForm: Form {
    let claimant: Claimant

    init(_ fields: Fields) {
        let name = fields.text("name", upTo: 400, Phrase("真实姓名", "real name"))
        let identity = fields.textIfPresent(
            "identity", upTo: 200,
            Phrase("证件号；没有则不能先行赔付", "number of an identity document; no advance without"))
        let phone = fields.text("phone", upTo: 200)
        claimant = Claimant(name: name, identity: identity, phone: phone)
    }
}

struct PayeeForm: Form {
    let payee: Payee

    init(_ fields: Fields) {
        let account = fields.text(
            "account", upTo: 64, Phrase("收款账户", "the wallet's or bank's account"))
        let name = fields.text("name", upTo: 64, Phrase("户名", "the holder's real name"))
        if !account.contains(where: { !$0.isWhitespace }) {
            fields.note("account", "请填写", "is empty: fill it in")
        }
        if !name.contains(where: { !$0.isWhitespace }) {
            fields.note("name", "请填写", "is empty: fill it in")
        }
        let bank = fields.objectIfPresent("bank", BankForm.self)?.bank
        let isNumber = account.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        if bank != nil, !isNumber || account.utf8.count > 34 {
            fields.note(
                "account", "银行账号只含字母、数字和连字符，至多34位",
                "of a bank has at most 34 letters, digits and hyphens")
        }
        payee = Payee(account: account, name: name, bank: bank)
    }
}

/// Where a bank account is kept. Without it the account is one of the payment platform.
struct BankForm: Form {
    let bank: Payee.Bank

    init(_ fields: Fields) {
        let name = fields.text("name", upTo: 64, Phrase("开户行", "the bank's branch"))
        let number = fields.textIfPresent(
            "number", upTo: 12, Phrase("联行号，12位数字", "the bank's line number, 12 digits"))
        if !name.contains(where: { !$0.isWhitespace }) {
            fields.note("name", "请填写", "is empty: fill it in")
        }
        if let number,
            number.utf8.count != 12 || !number.utf8.allSatisfy({ (48...57).contains($0) })
        {
            fields.note("number", "应为12位数字", "must be 12 digits")
        }
        bank = Payee.Bank(name: name, number: number)
    }
}
