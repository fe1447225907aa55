import Workflow

extension Problem {
    /// Why somebody was not admitted, or an account not changed.
    init(_ error: AccountError) {
        switch error {
        case .notAdmitted:
            self.init(
                401, "not_admitted", Phrase("登录未成功", "Not logged in"),
                Phrase(
                    "用户名、密码或验证码不正确，请核对后再试；忘记密码请联系管理员。",
                    "The name, the password or the code is wrong. Check them and try again; if you forgot"
                        + " the password, ask your administrator for a new one."))
        case .wait(let seconds):
            self = .waiting(
                429, "log_in_wait", seconds,
                Phrase(
                    "失败次数较多，请\(seconds)秒后再试。",
                    "Too many attempts failed: wait \(seconds) seconds, then try again."))
        case .busy:
            self = .waiting(
                503, "log_in_busy", 2,
                Phrase("同时登录的人太多，请稍后再试。", "Many people are logging in: try again in a moment."))
        case .unfitPassword(let fault): self.init(fault)
        case .noSuchPerson(let id): self = .noSuch(Phrase("人员", "person"), id)
        case .noSuchSession:
            self.init(
                404, "not_found", Phrase("没有找到", "Not found"),
                Phrase("该登录已经结束。", "That session has ended already."))
        case .nameTaken(let name):
            self.init(
                409, "name_taken", Phrase("名称已被使用", "The name is taken"),
                Phrase(
                    "\(name)是或曾是他人或令牌的名称，请另取一个。",
                    "\(name) is or was the name of a person or a token: choose another."))
        case .unfitName:
            self = .unfitAccount(
                "name", "应为2至32个小写字母、数字、点、横线或下划线，且不是office或tourist",
                "must be 2 to 32 small letters, digits, dots, hyphens or underscores, other than office and"
                    + " tourist")
        case .unfitRoles(let fault): self.init(fault)
        case .lastAdministrator:
            self.init(
                409, "last_administrator", Phrase("须保留一名管理员", "An administrator must remain"),
                Phrase(
                    "这是最后一名管理员，请先增加另一名。", "This is the last administrator: add another one first."))
        case .noDataKey:
            self.init(
                503, "no_data_key", Phrase("暂不能启用验证器", "Second factors cannot be used yet"),
                Phrase(
                    "服务未配置数据密钥；请管理员设置AMENDS_DATA_KEY后重新启动。",
                    "The service holds no data key: the administrator must set AMENDS_DATA_KEY and start it"
                        + " again."))
        case .notEnrolling:
            self.init(
                409, "not_enrolling", Phrase("没有待确认的验证器", "There is nothing to confirm"),
                Phrase("请重新开始绑定验证器。", "Begin again with a new second factor."))
        case .codeWrong:
            self = .unfitAccount(
                "code", "验证码不符，请核对手机时间后输入当前的6位数字",
                "does not fit: check the telephone's clock and type the six digits it shows now")
        case .openID(let fault): self.init(fault)
        }
    }

    private init(_ fault: PasswordFault) {
        switch fault {
        case .tooShort(let least):
            self = .unfitAccount(
                "password", "至少\(least)个字符；一句自己的话就很好",
                "must be at least \(least) characters long; a sentence of your own does well")
        case .tooLong(let most):
            self = .unfitAccount(
                "password", "最多\(most)个字符", "must be at most \(most) characters long")
        case .guessable:
            self = .unfitAccount(
                "password", "由常用词、年份、连续或重复字符、键盘顺序或姓名组成，容易被猜到，请换一个",
                "is made of common words, years, runs, walks over the keyboard or names, and so is guessed"
                    + " early: choose another")
        case .breached:
            self = .unfitAccount(
                "password", "已在泄露的密码名单中，请换一个",
                "stands in a list of passwords that became known elsewhere: choose another")
        case .sameAsBefore:
            self = .unfitAccount("password", "与现用密码相同，请换一个", "is the present one: choose another")
        }
    }

    private init(_ fault: AccountError.RolesFault) {
        switch fault {
        case .none: self = .unfitAccount("roles", "请至少选择一个角色", "is empty: choose at least one")
        case .tourist:
            self = .unfitAccount(
                "roles", "tourist和office不授予个人", "cannot hold tourist or office: they are nobody's")
        case .bureauMissing:
            self = .unfitAccount("bureau", "承办单位角色须填写单位", "is missing: the role bureau needs it")
        case .bureauNotWanted:
            self = .unfitAccount(
                "bureau", "只用于承办单位角色，请删去", "belongs to the role bureau alone: remove it")
        case .merchantMissing:
            self = .unfitAccount(
                "merchant", "商家角色须填写商家编号", "is missing: the role merchant needs it")
        case .merchantNotWanted:
            self = .unfitAccount(
                "merchant", "只用于商家角色，请删去", "belongs to the role merchant alone: remove it")
        case .noSuchMerchant(let id):
            self = .unfitAccount(
                "merchant", "没有编号为\(id)的商家", "names no merchant on the list: \(id)")
        }
    }

    private init(_ fault: AccountError.OpenIDFault) {
        let title = Phrase("统一身份认证未成功", "Not logged in by the identity provider")
        switch fault {
        case .notConfigured:
            self.init(
                404, "openid_off", title,
                Phrase(
                    "本服务未启用统一身份认证，请用密码登录。",
                    "This service uses no identity provider: log in by password."))
        case .unreachable:
            self = .waiting(
                503, "openid_unreachable", 30,
                Phrase(
                    "认证服务暂时无法访问，请稍后再试或用密码登录。",
                    "The identity provider cannot be reached: try again later, or log in by password."
                ))
        case .stateWrong:
            self.init(
                400, "openid_state", title,
                Phrase(
                    "认证已过期或不是由本浏览器发起，请重新登录。",
                    "The log-in is too old or was not begun in this browser: begin again."))
        case .refused:
            self.init(
                401, "openid_refused", title,
                Phrase("认证服务未予通过，请重新登录。", "The identity provider refused: begin again."))
        case .tokenWrong:
            self.init(
                401, "openid_token", title,
                Phrase(
                    "认证结果无效，请重新登录；再次出现请联系管理员。",
                    "The provider's answer is not valid: begin again, and tell your administrator if it happens"
                        + " again."))
        case .unknownSubject:
            self.init(
                403, "openid_unknown", title,
                Phrase(
                    "该身份尚未与本系统人员关联，请联系管理员。",
                    "Nobody here is linked to that identity: ask your administrator."))
        }
    }

    private static func unfitAccount(_ field: String, _ zh: String, _ en: String) -> Problem {
        Problem(
            422, "unfit", Phrase("填写内容不合要求", "What was written is not fit"),
            Phrase("\(zh)。", "\(field) \(en)."),
            errors: [FieldProblem(field: field, text: Phrase(zh, en))])
    }

    private static func waiting(
        _ status: Int, _ code: String, _ seconds: Int, _ detail: Phrase
    ) -> Problem {
        var problem = Problem(status, code, Phrase("请稍后再试", "Try again later"), detail)
        problem.retryAfter = seconds
        return problem
    }
}
