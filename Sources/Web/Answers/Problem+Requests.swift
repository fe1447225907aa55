import Hummingbird

/// Problems of the request itself, found before the office is asked.
extension Problem {
    static func malformedJSON(_ error: MalformedJSON) -> Problem {
        Problem(
            400, "malformed_json", Phrase("不是正确的JSON", "The body is not JSON"),
            Phrase(
                "第\(error.line)行第\(error.column)列：\(error.reason.zh)。",
                "Line \(error.line), column \(error.column): \(error.reason.en)."))
    }

    static func malformedFields(_ errors: [FieldProblem]) -> Problem {
        Problem(
            400, "malformed_fields", Phrase("字段不合要求", "Fields are not as they must be"),
            Phrase(
                "请按errors逐项更正：\(errors.map { "\($0.field) \($0.text.zh)" }.joined(separator: "；"))。",
                "Correct each of errors: \(errors.map { "\($0.field) \($0.text.en)" }.joined(separator: "; "))."
            ),
            errors: errors)
    }

    static func malformedQuery(_ name: String, _ zh: String, _ en: String) -> Problem {
        Problem(
            400, "malformed_query", Phrase("查询参数不合要求", "A query parameter is not as it must be"),
            Phrase("参数\(name)\(zh)。", "The parameter \(name) \(en)."),
            errors: [FieldProblem(field: "?\(name)", text: Phrase(zh, en))])
    }

    static func malformedHeader(_ name: String, _ zh: String, _ en: String) -> Problem {
        Problem(
            400, "malformed_header", Phrase("请求头不合要求", "A header is not as it must be"),
            Phrase("\(name)\(zh)。", "\(name) \(en)."),
            errors: [FieldProblem(field: name, text: Phrase(zh, en))])
    }

    static let malformedForm = Problem(
        400, "malformed_form", Phrase("表单不完整", "The form did not arrive whole"),
        Phrase("请返回重新提交。", "Go back and send it again."))

    /// A form that was not one of this visitor's own pages.
    static let foreignForm = Problem(
        403, "foreign_form", Phrase("表单已过期", "This form has lapsed"),
        Phrase(
            "表单不是从您当前的登录页面发出的，未作任何更改。请返回、刷新后重新提交。",
            "It does not come from a page of your present log-in, and nothing was changed. Go back,"
                + " reload the page, and send it again."))

    static let unauthenticated = Problem(
        401, "unauthenticated", Phrase("需要令牌", "A token is needed"),
        Phrase(
            "请带上请求头 Authorization: Bearer 令牌；没有令牌请向管理员申请。",
            "Send the header Authorization: Bearer TOKEN; ask an administrator for one."))

    /// For pages: leads to the log-in.
    static let logInNeeded = Problem(
        401, "log_in_needed", Phrase("请先登录", "Log in first"),
        Phrase("这个页面只对工作人员开放，请先登录。", "This page is for the office's people: log in first."))

    /// For pages: leads to where the tracking code is entered.
    static let trackingNeeded = Problem(
        401, "tracking_needed", Phrase("请输入查询码", "Enter your tracking code"),
        Phrase(
            "请用案件编号和登记时得到的查询码查看。",
            "Open it with the case's number and the tracking code given when it was filed."))

    static let tokenUnknown = Problem(
        401, "token_unknown", Phrase("令牌无效", "The token is not valid"),
        Phrase("令牌不存在或已吊销，请向管理员申请新的。", "It is unknown or was revoked; ask for a new one."))

    static let trackingCodeWrong = Problem(
        401, "tracking_code_wrong", Phrase("案件编号或查询码不对", "Case number or tracking code is wrong"),
        Phrase(
            "请核对登记时得到的编号和八位查询码。", "Check the number and the eight digits given when it was filed."))

    static let forbidden = Problem(
        403, "not_permitted", Phrase("没有权限", "Not permitted"),
        Phrase("您的角色不能做这件事，请由有权限的人办理。", "Your roles may not do this; ask someone who may."))

    static let notYours = Problem(
        403, "not_your_bureau", Phrase("不是本单位的案件", "Not your bureau's case"),
        Phrase("只能查看派给本单位的案件。", "A bureau sees the cases that were sent to it."))

    static let notYourCase = Problem(
        403, "not_your_case", Phrase("不是本店的案件", "Not your case"),
        Phrase("商家只能查看和答复针对本店的案件。", "A merchant sees and answers the cases against it."))

    static let notYourOrder = Problem(
        403, "not_your_bureau", Phrase("不是本单位的工单", "Not your bureau's work order"),
        Phrase("只能查看和办理派给本单位的工单。", "A bureau sees the work orders that were sent to it."))

    static let notYourNotice = Problem(
        403, "not_your_notice", Phrase("不是给您的提醒", "Not a notice to you"),
        Phrase(
            "此提醒由收件人查看；您的提醒见 /api/v1/notices。",
            "Its recipient marks it as seen; yours are at /api/v1/notices."))

    static let notFound = Problem(
        404, "not_found", Phrase("没有找到", "Not found"),
        Phrase("没有这个地址，请对照 /openapi.json。", "There is nothing at this address; see /openapi.json."))

    static func noSuch(_ thing: Phrase, _ name: String) -> Problem {
        Problem(
            404, "not_found", Phrase("没有找到", "Not found"),
            Phrase("没有\(thing.zh)\(name)，请核对。", "There is no \(thing.en) \(name); check it."))
    }

    static func methodNotAllowed(_ allowed: [String]) -> Problem {
        var problem = Problem(
            405, "method_not_allowed", Phrase("方法不对", "Method not allowed"),
            Phrase(
                "此地址只接受：\(allowed.joined(separator: "、"))。",
                "This address takes only: \(allowed.joined(separator: ", "))."))
        problem.allow = allowed
        return problem
    }

    static func tooLarge(_ limit: Int) -> Problem {
        Problem(
            413, "too_large", Phrase("内容太大", "The body is too large"),
            Phrase(
                "最多\(limit)字节，请压缩或分开提交。",
                "At most \(limit) bytes are taken: make it smaller, or split it."))
    }

    /// - Parameter limit: In bytes, whole MB.
    static func fileTooLarge(_ limit: Int) -> Problem {
        Problem(
            413, "too_large", Phrase("文件太大", "The file is too large"),
            Phrase(
                "一份文件不超过\(limit >> 20) MB，请拍小一些或压缩后再选。",
                "A file may have up to \(limit >> 20) MB: take a smaller photograph or compress it,"
                    + " then choose it again."))
    }

    static let notJSON = Problem(
        415, "not_json", Phrase("应为JSON", "JSON is expected"),
        Phrase(
            "请求头 Content-Type 应为 application/json。",
            "The header Content-Type must be application/json."))

    static let keyMissing = Problem(
        428, "idempotency_key_missing", Phrase("缺少Idempotency-Key", "Idempotency-Key is missing"),
        Phrase(
            "每个命令都要带请求头 Idempotency-Key：1至128个可见ASCII字符，建议用新的UUID；重试时用同一个。",
            "Every command needs the header Idempotency-Key: 1 to 128 visible ASCII characters, best a fresh"
                + " UUID; use the same one when you try again."))

    static func tooMany(retryAfter: Int) -> Problem {
        var problem = Problem(
            429, "too_many", Phrase("请求太频繁", "Too many requests"),
            Phrase("请在\(retryAfter)秒后再试。", "Try again in \(retryAfter) seconds."))
        problem.retryAfter = retryAfter
        return problem
    }

    static let ourMistake = Problem(
        500, "internal", Phrase("系统错误", "Our mistake"),
        Phrase(
            "已记录，没有做任何改动；请带上instance联系我们。",
            "It was logged, and nothing was changed; tell us the instance of this answer."))

    init(_ error: HTTPError) {
        switch error.status.code {
        case 404: self = .notFound
        case 413: self = .tooLarge(0)
        default:
            self.init(
                error.status.code, "bad_request",
                Phrase("请求不合要求", "The request is not as it must be"),
                Phrase("请对照 /openapi.json。", "See /openapi.json."))
        }
    }
}
