import ArgumentParser
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
}
