import Casework
import Ledger
import Workflow

/// What somebody brings to the hotline.
struct OrderIntakeForm: Form {
    let intake: OrderIntake

    init(_ fields: Fields) {
        let channel = fields.choice(
            "channel", placeholder: Channel.web, Phrase("从哪里来", "how it reached the office"))
        let caller = fields.objectIfPresent("caller", CallerForm.self)
        let kind = fields.written(
            "kind", upTo: 64, Phrase("诉求类型代码，见政策版本", "a kind of the edition in force"))
        let area = fields.textIfPresent(
            "area", upTo: 64, Phrase("区域代码，政策版本分区时必填", "an area, where the edition knows any"))
        let category = fields.textIfPresent(
            "category", upTo: 64, Phrase("分类代码；不填由政策判定", "a category; policy says unless given"))
        let text = fields.written("text", upTo: 20_000, Phrase("诉求内容", "what the caller says"))
        let merchant = fields.textIfPresent(
            "merchant", upTo: 64, Phrase("名录中商家的编号", "the merchant's id on the list"))
        let merchantName = fields.textIfPresent(
            "merchant_name", upTo: 400, Phrase("商家或服务单位名称", "as the caller calls it"))
        let place = fields.textIfPresent("place", upTo: 400, Phrase("地点", "where to go"))
        let facts = fields.facts(
            "facts", isRequired: false, Phrase("案情要素，见政策版本", "facts of the edition's schema"))
        let elsewhere = fields.textIfPresent(
            "number_elsewhere", upTo: 400, Phrase("来源热线的工单号", "the other hotline's number"))
        let joint = fields.objectIfPresent("joint", JointForm.self)
        let report = fields.textIfPresent(
            "report_kind", upTo: 64,
            Phrase("同一内容同时举报时：举报件的类型", "the kind of the report the same words hold"))
        let about = fields.objectIfPresent("about", OfficeMatterForm.self)
        intake = OrderIntake(
            channel: channel, caller: caller?.caller ?? Caller(), kind: kind, area: area,
            category: category, text: text, merchant: merchant.map { ID($0) },
            merchantName: merchantName, place: place, facts: facts, numberElsewhere: elsewhere,
            joint: joint?.joint, reportKind: report, about: about?.about)
    }
}

/// Who calls: without a name anonymous, without a telephone out of reach.
struct CallerForm: Form {
    let caller: Caller

    init(_ fields: Fields) {
        let name = fields.writtenIfPresent("name", upTo: 100, Phrase("姓名", "name"))
        let phone = fields.writtenIfPresent("phone", upTo: 40, Phrase("回访电话", "to call back"))
        let language = fields.writtenIfPresent(
            "language", upTo: 35, Phrase("语言，如zh、en；默认zh", "BCP 47; zh unless given"))
        caller = Caller(name: name, phone: phone, language: language ?? "zh")
    }
}

/// A complaint about the office itself, or a review of what it did; empty: the office as a whole.
struct OfficeMatterForm: Form {
    static let limit_names = 50
    let about: OfficeMatter

    init(_ fields: Fields) {
        let order = fields.textIfPresent(
            "order", upTo: 40,
            Phrase("请求复核的工单编号；经办人和单位自动回避", "the order to review; who dealt with it keeps out"))
        let people = fields.textsIfPresent(
            "people", upTo: Self.limit_names, Phrase("被投诉人员", "whom of the staff it is about"))
        let bureaus = fields.textsIfPresent(
            "bureaus", upTo: Self.limit_names, Phrase("被投诉单位代码", "codes of bureaus it is about"))
        about = OfficeMatter(
            reviewed: order.flatMap { fields.orderNumber($0, "order") }, people: people ?? [],
            bureaus: bureaus ?? [])
    }
}

/// Several people with one complaint.
struct JointForm: Form {
    static let limit_members = 1_000
    let joint: Joint

    init(_ fields: Fields) {
        let members = fields.objects(
            "members", JointMemberForm.self, upTo: Self.limit_members, Phrase("成员", "members"))
        let representatives = fields.texts(
            "representatives", upTo: 20, Phrase("代表，成员编号", "ids of members who speak for all"))
        joint = Joint(members: members.map(\.member), representatives: representatives)
    }
}

struct JointMemberForm: Form {
    let member: Joint.Member

    init(_ fields: Fields) {
        let id = fields.written("id", upTo: 64, Phrase("工单内唯一", "unique within the order"))
        let name = fields.written("name", upTo: 100)
        let phone = fields.writtenIfPresent("phone", upTo: 40)
        member = Joint.Member(id: id, name: name, phone: phone)
    }
}
