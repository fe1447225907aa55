import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Logging in and out, and what people do to their own accounts.
enum AccountRoutes {
    static let all: [Route] = logIn + own

    private static let logIn: [Route] = [
        PageRoutes.page("/log-in", "logInPage", AccountText.logIn, query: [next]) { call in
            if let session = call.visitor.session {
                return call.redirect(to: call.step(after: session, next: call.query("next")))
            }
            return LogInPage(call: call, next: call.query("next")).answer()
        },
        PageRoutes.post("/log-in", "logIn", AccountText.logIn, .everyone) { call in
            try await call.logIn()
        },
        PageRoutes.page("/log-in/code", "codePage", AccountText.code, query: [next]) { call in
            _ = try call.ownSession(.giveCode)
            return CodePage(call: call, next: call.query("next")).answer()
        },
        PageRoutes.post("/log-in/code", "giveCode", AccountText.code, .everyone) { call in
            try await call.giveCode()
        },
        PageRoutes.post("/log-out", "logOut", Word.logOut.phrase, .everyone) { call in
            _ = try await call.entries()
            if let session = call.visitor.session { try await call.office.logOut(session) }
            return call.redirect(to: .home).with(.setCookie, call.clearedCookie)
        },
    ]

    private static let own: [Route] = [
        PageRoutes.page("/account", "accountPage", AccountText.account) { call in
            let session = try call.ownSession(.changePassword, .enrolSecondFactor)
            return try await AccountPage(call: call, session: session).answer()
        },
        PageRoutes.post(
            "/account/password", "changePassword", AccountText.newPassword, .everyone
        ) { call in
            try await call.changePassword()
        },
        PageRoutes.post(
            "/account/second-factor", "enrolSecondFactor", AccountText.secondFactor, .everyone
        ) { call in
            try await call.enrolSecondFactor()
        },
        PageRoutes.post(
            "/account/second-factor/code", "confirmSecondFactor", AccountText.confirm, .everyone
        ) { call in
            try await call.confirmSecondFactor()
        },
        PageRoutes.post(
            "/account/sessions", "endOtherSessions", AccountText.endOthers, .everyone
        ) { call in
            _ = try await call.entries()
            try await call.office.endOtherSessions(of: try call.ownSession())
            return call.redirect(to: .account)
        },
        PageRoutes.post(
            "/account/sessions/{session}", "endSession", AccountText.endSession, .everyone
        ) { call in
            _ = try await call.entries()
            try await call.office.endSession(
                ID(call.part("session")), of: try call.ownSession())
            return call.redirect(to: .account)
        },
    ]

    static let next = Route.QueryParameter(
        name: "next", about: Phrase("登录后前往的页面", "the page to open afterwards"),
        schema: ["type": "string"])
}

extension Route {
    /// Open to a session that must first give a code, choose a password or enrol a second factor: to every
    /// other page it is nobody's.
    var isOfLogIn: Bool {
        path == "/log-out" || path.hasPrefix("/log-in") || path.hasPrefix("/account")
    }
}

extension Call {
    /// The visitor's session, where it may be used for this.
    ///
    /// - Parameter steps: What the session may still have to do first.
    func ownSession(_ steps: Pending...) throws(Problem) -> Session {
        guard let session = visitor.session else { throw .logInNeeded }
        if let pending = session.pending(office.accounts.terms), !steps.contains(pending) {
            throw .logInNeeded
        }
        return session
    }

    /// Where a session goes on.
    func step(after session: Session, next: String?) -> Link {
        switch session.pending(office.accounts.terms) {
        case .giveCode: next.flatMap(ownPath).map { .logInCode.with("next", $0) } ?? .logInCode
        case .changePassword, .enrolSecondFactor: .account
        case nil: next.flatMap(ownPath).map { .own($0) } ?? .home
        }
    }

    /// `path` where it is one of ours: no other address is ever gone to after a log-in.
    func ownPath(_ path: String) -> String? {
        let isPlain = path.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 45...47, 95, 126: true
            default: false
            }
        }
        return isPlain && path.hasPrefix("/") && !path.hasPrefix("//") && path.utf8.count <= 200
            ? path : nil
    }

    fileprivate func logIn() async throws -> Answer {
        let entries = try await entries()
        var page = LogInPage(call: self, next: entries["next"])
        page.name = entries["name"] ?? ""
        do {
            try desk.admit(desk.logIns, context.household)
            let logIn = try await office.logIn(
                name: page.name, password: entries["password"] ?? "", code: entries["code"],
                from: context.address)
            return redirect(to: step(after: logIn.session, next: page.next))
                .with(.setCookie, cookie(logIn))
        } catch {
            page.problem = try shown(error)
            return page.answer(page.problem?.status ?? 401)
        }
    }

    fileprivate func giveCode() async throws -> Answer {
        let entries = try await entries()
        let session = try ownSession(.giveCode)
        var page = CodePage(call: self, next: entries["next"])
        do {
            try desk.admit(desk.logIns, context.household)
            let logIn = try await office.giveCode(
                entries["code"] ?? "", in: session, from: context.address)
            return redirect(to: step(after: logIn.session, next: page.next))
                .with(.setCookie, cookie(logIn))
        } catch {
            page.problem = try shown(error)
            return page.answer(page.problem?.status ?? 401)
        }
    }

    fileprivate func changePassword() async throws -> Answer {
        let entries = try await entries()
        let session = try ownSession(.changePassword)
        do {
            guard entries["password"] == entries["again"] else {
                throw Problem.notTheSame
            }
            let logIn = try await office.setPassword(
                entries["password"] ?? "", current: entries["current"] ?? "", in: session,
                from: context.address)
            return redirect(to: step(after: logIn.session, next: Link.account.text))
                .with(.setCookie, cookie(logIn))
        } catch {
            var page = AccountPage(call: self, session: session)
            page.problem = try shown(error)
            return try await page.answer(page.problem?.status ?? 422)
        }
    }

    fileprivate func enrolSecondFactor() async throws -> Answer {
        _ = try await entries()
        let session = try ownSession(.enrolSecondFactor)
        let enrolment = try await office.enrolSecondFactor(in: session)
        return EnrolmentPage(call: self, enrolment: enrolment).answer()
    }

    fileprivate func confirmSecondFactor() async throws -> Answer {
        let entries = try await entries()
        let session = try ownSession(.enrolSecondFactor)
        do {
            let (logIn, codes) = try await office.confirmSecondFactor(
                entries["code"] ?? "", in: session, from: context.address)
            return RecoveryCodesPage(call: self, session: logIn.session, codes: codes).answer()
                .with(.setCookie, cookie(logIn))
        } catch {
            var page = EnrolmentPage(call: self, enrolment: nil)
            page.problem = try shown(error)
            return page.answer(page.problem?.status ?? 422)
        }
    }

    /// The problem that a form shows again; other errors are thrown on.
    func shown(_ error: any Error) throws -> Problem {
        guard let problem = Problem(error), problem.status < 500 || problem.status == 503 else {
            throw error
        }
        return problem
    }

    func cookie(_ logIn: LogIn) -> String {
        Cookie.written(sessionCookieName, logIn.secret, isSecure: desk.isSecure)
    }

    fileprivate var clearedCookie: String {
        Cookie.cleared(sessionCookieName, isSecure: desk.isSecure)
    }

    private var sessionCookieName: String {
        desk.isSecure ? Cookie.secureSession : Cookie.session
    }
}

extension Problem {
    static let notTheSame = Problem(
        422, "unfit", Phrase("填写内容不合要求", "What was written is not fit"),
        Phrase("两次输入的新密码不同。", "The new password was not typed the same twice."),
        errors: [
            FieldProblem(
                field: "again",
                text: Phrase("与新密码不同", "is not the same as the new password"))
        ])
}

extension Link {
    static let logInCode = logIn.below("code")
}
