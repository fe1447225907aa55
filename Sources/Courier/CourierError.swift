/// Why there is no response, split by the only question that matters to money: can the other side have
/// seen the request?
package enum CourierError: Error, Hashable, Sendable {
    /// Not one byte of the request left. Sending it again cannot do anything twice.
    case notSent(Obstacle)
    /// The request left, or may have: whether the other side acted on it must be asked of that side.
    case unknown(Doubt)

    /// For a list that people read: `not sent: refused`, `in doubt: timeout`.
    package var summary: String {
        switch self {
        case .notSent(let obstacle): "not sent: \(obstacle)"
        case .unknown(let doubt): "in doubt: \(doubt)"
        }
    }

    package enum Obstacle: Hashable, Sendable {
        /// The request itself is at fault; `why` is for the log.
        case malformed(why: String)
        case nameNotFound
        /// Nobody listens there, or the network has no way there.
        case refused
        /// The address is none that this courier may connect to.
        case outOfReach
        case connectTimeout
        /// The TLS handshake failed, or the certificate is not trusted.
        case insecure
        /// `limit` requests were waiting already.
        case queueFull(limit: Int)
        /// Its whole time passed while it waited for its turn.
        case waitedTooLong
        case cancelled
        case closed
        /// Any other failure before the request: libcurl's code (curl/curl.h, `CURLcode`).
        case other(code: Int)
    }

    package enum Doubt: Hashable, Sendable {
        /// No whole response within the time allowed.
        case timeout
        /// Closed or reset before a response began.
        case connectionLost
        /// The response began and did not end.
        case truncated
        /// The response is larger than `limit` bytes; the rest was not read.
        case tooLarge(limit: Int)
        case cancelled
        case closed
        /// Any other failure after the request: libcurl's code (curl/curl.h, `CURLcode`).
        case other(code: Int)
    }
}
