import Database
import Workflow

extension Problem {
    init(_ error: DatabaseError) {
        switch error {
        case .busy, .conflict:
            self = .tryAgain("busy", 1, "现在太忙", "too much waits at the moment")
        case .lost:
            self = .tryAgain("database_lost", 5, "数据库连接中断", "the database cannot be reached")
        case .commitUnknown:
            self = .tryAgain(
                "outcome_unknown", 2, "是否已记录尚不清楚，请用同一Idempotency-Key重试",
                "whether it was recorded is not known: try again with the same Idempotency-Key")
        case .closed:
            self = .tryAgain("stopping", 5, "服务正在停止", "the service is stopping")
        case .full:
            self = .tryAgain(
                "disk_full", 60, "磁盘已满，请通知管理员", "the disk is full: tell the administrator")
        case .nulInText:
            self.init(
                400, "nul_in_text", Phrase("文本含U+0000", "A text contains U+0000"),
                Phrase("请删去该字符。", "Remove that character."))
        case .cannotOpen, .constraint, .statement, .readOnly, .unexpectedColumn, .storage, .corrupt,
            .schemaAhead, .schemaEdited:
            self = .ourMistake
        }
    }

    private static func tryAgain(_ code: String, _ seconds: Int, _ zh: String, _ en: String)
        -> Problem
    {
        var problem = Problem(
            503, code, Phrase("请稍后再试", "Try again later"), Phrase("\(zh)。", "\(en)."))
        problem.retryAfter = seconds
        return problem
    }

    /// What a requester can mend names the field; what the policy's owner must mend says so.
    init(_ error: PolicyError) {
        switch error {
        case .unknownMatter(_, let matter):
            self = .unfitPolicy(
                "matter", "政策版本没有事项\(matter)，见 /api/v1/policies",
                "the edition knows no matter \(matter); see /api/v1/policies")
        case .missingFacts(_, let names):
            self = .unfitPolicy(
                "facts", "缺少要素：\(names.joined(separator: "、"))",
                "facts are missing: \(names.joined(separator: ", "))")
        case .wrongFact(let problem):
            self = .unfitPolicy("facts.\(problem.fact)", problem.chinese, problem.english)
        case .unknownEdition(let name, let known):
            self.init(
                404, "not_found", Phrase("没有找到", "Not found"),
                Phrase(
                    "没有政策版本\(name)；有：\(known.joined(separator: "、"))。",
                    "There is no edition \(name); there are \(known.joined(separator: ", "))."))
        case .noEditionInForce(let day):
            self.init(
                409, "no_edition", Phrase("没有施行中的政策", "No policy is in force"),
                Phrase(
                    "\(day)没有施行中的政策版本；请政策专员发布。",
                    "No edition is in force on \(day); the policy officer must publish one."))
        case .changedAfterApproval, .approvedEditionMissing, .unreadable, .noEditions, .malformed,
            .missingKey, .unknownKey, .wrongValue, .misnamed,
            .sameDay,
            .unknownBase, .model, .broken, .unknownInput, .nameTaken, .unknownParameter, .noModel,
            .unsound,
            .unusable:
            self.init(
                503, "policy_cannot_answer", Phrase("政策不能回答", "The policy cannot answer"),
                Phrase("请政策专员核查：\(error)", "The policy officer must look into this: \(error)"))
        }
    }

    private static func unfitPolicy(_ field: String, _ zh: String, _ en: String) -> Problem {
        Problem(
            422, "unfit", Phrase("填写内容不合要求", "What was written is not fit"),
            Phrase("\(zh)。", "\(en)."),
            errors: [FieldProblem(field: field, text: Phrase(zh, en))])
    }
}
