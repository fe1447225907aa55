import Hummingbird
import Logging
import NIOCore

/// What is known of a request besides the request.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The client's address without its port: the peer's, or who a trusted proxy says it is. Empty where
    /// there is none.
    var address: String
    /// Of the office that the request is for; nil until the edge has found it.
    var desk: Desk?

    /// The desk of a request that the edge let pass.
    var receiver: Desk {
        guard let desk else { preconditionFailure("no request passes the edge without a desk") }
        return desk
    }

    /// What limits count by.
    var household: String { NetworkAddress.household(address) }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
