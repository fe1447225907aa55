import Store

/// The words of logging in and of people's accounts.
enum AccountText {
    static let logIn = Phrase("登录", "Log in")
    static let logInLead = Phrase(
        "工作人员和商家在此登录。游客投诉和查进度不需要登录。",
        "For the office's people and merchants. Tourists complain and follow their case without logging in."
    )
    static let name = Phrase("用户名", "Name")
    static let password = Phrase("密码", "Password")
    static let code = Phrase("动态验证码", "One-time code")
    static let codeIfAny = Phrase("动态验证码（已绑定验证器的填写）", "One-time code (if you use an authenticator)")
    static let codeLead = Phrase(
        "请输入验证器应用当前显示的6位数字；手机不在身边时，可用一个恢复码。",
        "Type the six digits your authenticator app shows now. Without your telephone, use a recovery code."
    )
    static let byProvider = Phrase("使用统一身份认证登录", "Log in with the identity provider")
    static let account = Phrase("我的账户", "My account")
    static let mustChange = Phrase(
        "这是他人给您的初始密码。请先设置自己的密码，之后才能办理业务。",
        "Another person gave you this password. Choose your own; until then you can do nothing else."
    )
    static let mustEnrol = Phrase(
        "您的角色涉及资金或权限，须先绑定验证器，之后才能办理业务。",
        "Your role handles money or permissions: set up an authenticator first; until then you can do"
            + " nothing else.")
    static let changePassword = Phrase("修改密码", "Change the password")
    static let currentPassword = Phrase("现在的密码", "Present password")
    static let newPassword = Phrase("新密码", "New password")
    static let again = Phrase("再输入一次新密码", "The new password again")
    static let passwordRules = Phrase(
        "至少12个字符，不要求大小写或符号；一句只有您知道的话最好记。不要用姓名、年份、常用词或键盘顺序。",
        "At least 12 characters, of any kind: a sentence that only you know is easiest to remember. No names,"
            + " years, common words or walks over the keyboard.")
    static let secondFactor = Phrase("验证器", "Authenticator")
    static let hasSecondFactor = Phrase("已绑定。", "Set up.")
    static let noSecondFactor = Phrase("未绑定。", "Not set up.")
    static let setUp = Phrase("绑定验证器", "Set up an authenticator")
    static let setUpAnother = Phrase("换一个验证器", "Set up another one")
    static let enrolLead = Phrase(
        "用手机的验证器应用扫描二维码（或输入下面的密钥，或在手机上点开链接），再把应用显示的6位数字填在这里。密钥只显示这一次。",
        "Scan this with your authenticator app (or enter the key, or open the link on your telephone), then"
            + " type the six digits it shows. The key is shown this once.")
    static let key = Phrase("密钥", "Key")
    static let openInApp = Phrase("在本机的验证器应用中打开", "Open in an app on this device")
    static let confirm = Phrase("确认绑定", "Confirm")
    static let startAgain = Phrase("重新开始", "Begin again")
    static let recoveryCodes = Phrase("恢复码", "Recovery codes")
    static let recoveryLead = Phrase(
        "验证器已绑定。请抄下或打印这些恢复码，放在安全的地方：手机丢失时，每个可代替一次验证码。它们不会再次显示。",
        "The authenticator is set up. Write these codes down or print them and keep them safe: each stands for"
            + " one code when the telephone is lost. They are not shown again.")
    static let goOn = Phrase("继续", "Go on")
    static let sessions = Phrase("登录记录", "Where you are logged in")
    static let thisOne = Phrase("当前", "this one")
    static let address = Phrase("地址", "Address")
    static let since = Phrase("登录时间", "Since")
    static let lastUsed = Phrase("最近使用", "Last used")
    static let by = Phrase("方式", "By")
    static let endSession = Phrase("结束", "End")
    static let endOthers = Phrase("结束其他全部登录", "End all others")
    static let roles = Phrase("角色", "Roles")

    static let people = Phrase("人员", "People")
    static let peopleLead = Phrase(
        "谁可以登录，以什么角色。名称出现在留痕中，不会再给他人使用。",
        "Who may log in, and as what. Names stand in the audit trail and are never given to another."
    )
    static let person = Phrase("人员", "A person")
    static let displayName = Phrase("姓名", "Full name")
    static let nameRules = Phrase(
        "2至32个小写字母、数字、点、横线或下划线",
        "2 to 32 small letters, digits, dots, hyphens or underscores")
    static let merchant = Phrase("商家编号（商家角色才填）", "Merchant's number (for the role merchant)")
    static let bureau = Phrase("承办单位（承办单位角色才填）", "Bureau (for the role bureau)")
    static let addPerson = Phrase("增加人员", "Add a person")
    static let firstPassword = Phrase("初始密码", "First password")
    static let firstPasswordLead = Phrase(
        "请当面或用安全的方式交给本人。只显示这一次，7天内有效；登录后须先修改。",
        "Hand it over in person or by a safe way. It is shown this once and holds for seven days; its person"
            + " must choose another at the first log-in.")
    static let changeRoles = Phrase("修改角色", "Change the roles")
    static let rolesNote = Phrase(
        "修改后该人员的登录立即结束。不能给自己增加角色。",
        "The person's sessions end at once. Nobody adds to their own roles.")
    static let state = Phrase("状态", "State")
    static let active = Phrase("正常", "active")
    static let closed = Phrase("已停用", "closed")
    static let deactivate = Phrase("停用账户", "Close the account")
    static let activate = Phrase("恢复账户", "Open it again")
    static let resetPassword = Phrase("重置密码", "Give a new first password")
    static let removeSecondFactor = Phrase("解除验证器", "Remove the authenticator")
    static let unlock = Phrase("清除失败记录", "Forget failed log-ins")
    static let endSessions = Phrase("结束其全部登录", "End all sessions")
    static let link = Phrase("关联统一身份", "Link an identity")
    static let issuer = Phrase("认证服务（issuer）", "Provider (issuer)")
    static let subject = Phrase("身份标识（subject）", "Subject")
    static let events = Phrase("账户记录", "What was done to the account")
    static let newest = Phrase("最近50条", "the newest 50")

    static func name(of factor: Session.Factor) -> Phrase {
        switch factor {
        case .password: Phrase("密码", "password")
        case .secondFactor: Phrase("密码和验证器", "password and authenticator")
        case .openID: Phrase("统一身份认证", "identity provider")
        }
    }

    static func name(of kind: AccountEvent.Kind) -> Phrase {
        switch kind {
        case .added: Phrase("增加", "Added")
        case .rolesChanged: Phrase("修改角色", "Roles changed")
        case .deactivated: Phrase("停用", "Closed")
        case .activated: Phrase("恢复", "Opened again")
        case .passwordReset: Phrase("重置密码", "New first password")
        case .passwordChanged: Phrase("修改密码", "Password changed")
        case .secondFactorEnrolled: Phrase("绑定验证器", "Authenticator set up")
        case .secondFactorRemoved: Phrase("解除验证器", "Authenticator removed")
        case .recoveryCodeUsed: Phrase("使用恢复码", "Recovery code used")
        case .subjectLinked: Phrase("关联统一身份", "Identity linked")
        case .loggedIn: Phrase("登录", "Logged in")
        case .loggedOut: Phrase("退出", "Logged out")
        case .sessionsEnded: Phrase("结束登录", "Sessions ended")
        case .unlocked: Phrase("清除失败记录", "Failed log-ins forgotten")
        }
    }
}
