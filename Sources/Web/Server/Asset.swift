import HTTPTypes
import Hummingbird
import NIOCore
import Workflow

/// A file that is part of the program and served from memory.
struct Asset: Sendable {
    let mediaType: String
    let bytes: ByteBuffer
    let tag: String

    private init(_ bytes: [UInt8], _ mediaType: String) {
        self.mediaType = mediaType
        self.bytes = ByteBuffer(bytes: bytes)
        tag = "\"\(sha256Hex(bytes).prefix(16))\""
    }

    static let script = Asset(PackageResources.amends_js, "text/javascript; charset=utf-8")
    static let icon = Asset(PackageResources.amends_svg, "image/svg+xml")
    static let style = Asset(PackageResources.amends_css, "text/css; charset=utf-8")

    func answer(to request: Request) -> Answer {
        let isKnown = request.headers[.ifNoneMatch] == tag
        return Answer(isKnown ? 304 : 200, mediaType, isKnown ? ByteBuffer() : bytes)
            .with(.eTag, tag).with(.cacheControl, "public, max-age=300")
    }
}
