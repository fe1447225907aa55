import ArgumentParser
import Courier
import Foundation
import Ledger
import Logging
import Store
import Workflow

/// How the office reaches others, read from the environment.
enum OutsideEnvironment {
    /// Whether events may be sent into private networks.
    static func webhookReach(_ environment: [String: String]) throws -> WebhookReach {
        guard let text = environment["AMENDS_WEBHOOK_REACH"] else { return .publicOnly }
        guard let reach = WebhookReach(rawValue: text) else {
            throw ValidationError("AMENDS_WEBHOOK_REACH is 'public' or 'private', not '\(text)'")
        }
        return reach
    }

    /// Whether people are written to when something is decided or paid.
    static func written(_ environment: [String: String]) throws -> Messages {
        guard let text = environment["AMENDS_MESSAGES"] else { return .none }
        guard let messages = Messages(rawValue: text) else {
            throw ValidationError("AMENDS_MESSAGES is 'on' or 'off', not '\(text)'")
        }
        return messages
    }

    /// Nil where no way out is named: one-time codes are then made, and reach nobody.
    ///
    /// Each way has a courier of its own: one that hangs takes no place from the others, nor from payouts.
    static func messages(
        _ environment: [String: String], office: Office
    ) throws -> MessageSender? {
        let now = office.now
        var outlets: [MessageWay: any MessageOutlet] = [:]
        if let gateway = environment["AMENDS_MESSAGE_GATEWAY"] {
            outlets[.sms] = GatewayOutlet(
                gateway, token: try secret("AMENDS_MESSAGE_GATEWAY_TOKEN_FILE", environment),
                courier: Courier())
        }
        if let url = environment["AMENDS_SMS_URL"] {
            let settings = SMSOutlet.Settings(
                url: url, app: try needed("AMENDS_SMS_APP", environment),
                secret: try neededSecret("AMENDS_SMS_SECRET_FILE", environment),
                signName: try needed("AMENDS_SMS_SIGN", environment),
                templates: try templates("AMENDS_SMS_TEMPLATES", environment))
            outlets[.sms] = SMSOutlet(settings, courier: Courier(), now: now)
        }
        if let app = environment["AMENDS_WECHAT_APP"] {
            let settings = WeChatOutlet.Settings(
                url: environment["AMENDS_WECHAT_URL"] ?? "https://api.weixin.qq.com", app: app,
                secret: try neededSecret("AMENDS_WECHAT_SECRET_FILE", environment),
                templates: try templates("AMENDS_WECHAT_TEMPLATES", environment))
            outlets[.wechat] = WeChatOutlet(settings, courier: Courier(), now: now)
        }
        if let server = environment["AMENDS_SMTP_URL"] {
            let from = try needed("AMENDS_MAIL_FROM", environment)
            guard Letter.isAddress(from) else {
                throw ValidationError("AMENDS_MAIL_FROM is a bare mail address, not '\(from)'")
            }
            let user = environment["AMENDS_SMTP_USER"]
            let settings = MailOutlet.Settings(
                server: server, user: user,
                password: try user.map { _ in
                    try neededSecret("AMENDS_SMTP_PASSWORD_FILE", environment)
                },
                from: from, name: environment["AMENDS_MAIL_NAME"] ?? "先行赔付")
            outlets[.mail] = MailOutlet(settings, courier: Courier(), now: now)
        }
        guard !outlets.isEmpty else {
            office.logger.notice(
                "messages to tourists reach nobody: name a gateway, see docs/INTERFACES.md")
            return nil
        }
        return MessageSender(outlets, office: office)
    }

    private static func needed(_ name: String, _ environment: [String: String]) throws -> String {
        guard let text = environment[name], !text.isEmpty else {
            throw ValidationError("\(name) is needed as well")
        }
        return text
    }

    private static func neededSecret(
        _ name: String, _ environment: [String: String]
    ) throws -> String {
        guard let text = try secret(name, environment) else {
            throw ValidationError("\(name) is needed as well: a file that holds the secret")
        }
        return text
    }

    /// Nil where no file is named.
    private static func secret(
        _ name: String, _ environment: [String: String]
    ) throws -> String? {
        guard let file = environment[name] else { return nil }
        return String(decoding: try contents(of: file, name), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func templates(
        _ name: String, _ environment: [String: String]
    ) throws -> MessageTemplates {
        let file = try needed(name, environment)
        guard let templates = MessageTemplates(json: try contents(of: file, name)) else {
            let kinds = MessageKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError(
                "\(name): \(file) is no JSON of {\"KIND\":{\"id\":…,\"blanks\":{…}}} with KIND of \(kinds)"
            )
        }
        return templates
    }

    private static func contents(of file: String, _ name: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ValidationError("\(name): \(file) cannot be read")
        }
        return data
    }
}
