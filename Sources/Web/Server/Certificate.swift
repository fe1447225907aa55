package import HummingbirdCore
import HummingbirdTLS
package import Ledger
import NIOSSL

/// Why the service cannot speak TLS.
package enum CertificateError: Error, Hashable, Sendable {
    case unreadable(file: String)
    /// The key is not the certificate's, or one of them is of no use to TLS.
    case unfit(certificate: String, key: String)
}

/// With what the service shows who it is: a chain of certificates and the key of the first.
package struct Certificate: Sendable {
    private let configuration: TLSConfiguration

    /// - Parameters:
    ///   - chain: A PEM file, the service's own certificate first.
    ///   - key: A PEM file.
    package init(chain: String, key: String) throws(CertificateError) {
        guard let certificates = try? NIOSSLCertificate.fromPEMFile(chain), !certificates.isEmpty
        else { throw .unreadable(file: chain) }
        guard let privateKey = try? NIOSSLPrivateKey(file: key, format: .pem) else {
            throw .unreadable(file: key)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) },
            privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        // Whether they belong together is only known when they are used together.
        guard (try? NIOSSLContext(configuration: configuration)) != nil else {
            throw .unfit(certificate: chain, key: key)
        }
        self.configuration = configuration
    }

    /// When the first certificate of a PEM file ends.
    package static func end(of chain: String) throws(CertificateError) -> Moment {
        guard let first = try? NIOSSLCertificate.fromPEMFile(chain).first else {
            throw .unreadable(file: chain)
        }
        return Moment(ms: Int64(first.notValidAfter) * 1_000)
    }

    /// `server`, behind TLS.
    package func covering(_ server: HTTPServerBuilder) throws -> HTTPServerBuilder {
        try .tls(server, tlsConfiguration: configuration)
    }
}
