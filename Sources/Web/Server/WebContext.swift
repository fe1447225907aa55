import Hummingbird
import Logging
import NIOCore

/// What is known of a request besides the request.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The peer's address without its port; empty where there is none.
    let address: String

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
