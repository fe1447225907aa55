import CPostgres
import Foundation

/// What we set unless the URL says otherwise: a server that does not answer is lost soon.
private let defaults = [
    ("application_name", "amends"), ("connect_timeout", "5"), ("tcp_user_timeout", "10000"),
]

/// A connection of libpq's, which may have failed; nil when there is no memory for it.
func connect(to url: String) -> OpaquePointer? {
    // libpq lets a later word win over an earlier one, and reads `dbname` as a URL where it may.
    // The encoding stands last: we read nothing else.
    let words = defaults + [("dbname", url), ("client_encoding", "UTF8")]
    let keys = words.map { strdup($0.0) } + [nil]
    let values = words.map { strdup($0.1) } + [nil]
    defer { for pointer in keys + values { free(pointer) } }
    return PQconnectdbParams(
        keys.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 1)
}

/// `url` as it may be logged.
func withoutPassword(_ url: String) -> String {
    url.replacing(/:\/\/([^:@\/]*):[^@\/]*@/) { "://\($0.output.1):…@" }
        .replacing(/password=[^&]*/, with: "password=…")
}

extension String {
    /// Without the line's end that libpq puts behind its messages.
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
