import Hummingbird
import Logging
import NIOCore

/// What is known of a request besides the request.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The client's address without its port: the peer's, or who a trusted proxy says it is. Empty where
    /// there is none.
    var address: String

    /// What limits count by.
    var household: String { NetworkAddress.household(address) }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
