import HTTPTypes
import Hummingbird

/// The headers by which a browser keeps a page to itself.
struct Shielding: Sendable {
    /// Whether browsers reach the service by TLS: ours, or what stands before us.
    let isEncrypted: Bool

    /// A year. Not for names below ours, which may be others'.
    private static let strictTransport = "max-age=31536000"
    /// Nothing of the device but what a page asks of its person.
    private static let permissions =
        "accelerometer=(), bluetooth=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
        + " hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()"

    func cover(_ response: inout Response) {
        response.headers[.contentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.openerPolicy] = "same-origin"
        response.headers[.resourcePolicy] = "same-origin"
        response.headers[.permissionsPolicy] = Self.permissions
        // For browsers that do not know `frame-ancestors`.
        response.headers[.frameOptions] = "DENY"
        if isEncrypted { response.headers[.strictTransportSecurity] = Self.strictTransport }
    }
}

extension HTTPField.Name {
    fileprivate static let openerPolicy = shield("Cross-Origin-Opener-Policy")
    fileprivate static let resourcePolicy = shield("Cross-Origin-Resource-Policy")
    fileprivate static let permissionsPolicy = shield("Permissions-Policy")
    fileprivate static let frameOptions = shield("X-Frame-Options")

    private static func shield(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else {
            preconditionFailure("no header name: \(name)")
        }
        return name
    }
}
