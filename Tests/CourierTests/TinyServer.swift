import Glibc
import Synchronization

/// A loopback server of raw sockets that misbehaves exactly as told.
final class TinyServer: Sendable {
    let port: Int
    private let listener: CInt
    private let counts = Mutex((requests: 0, now: 0, most: 0))

    var url: String { "http://127.0.0.1:\(port)" }
    /// Requests read so far, over all connections.
    var requests: Int { counts.withLock { $0.requests } }
    /// The most connections that were being served at the same time.
    var mostAtOnce: Int { counts.withLock { $0.most } }

    /// Serves each connection with `script`, on a thread of its own; then the connection is closed.
    init(_ script: @escaping @Sendable (Peer) -> Void) {
        (listener, port) = listen(backlog: 64)
        let (listener, counts) = (listener, Counts(server: self))
        onThread {
            while true {
                let socket = accept(listener, nil, nil)
                if socket < 0 { break }
                onThread {
                    counts.server?.count(+1)
                    script(Peer(socket: socket) { counts.server?.countRequest() })
                    counts.server?.count(-1)
                    Glibc.close(socket)
                }
            }
            // Only the thread that accepts may free the number: another server would get it at once,
            // and this thread would take that server's connections.
            Glibc.close(listener)
        }
    }

    deinit { shutdown(listener, CInt(SHUT_RDWR)) }

    private func count(_ change: Int) {
        counts.withLock {
            $0.now += change
            $0.most = max($0.most, $0.now)
        }
    }

    private func countRequest() { counts.withLock { $0.requests += 1 } }

    private struct Counts: @unchecked Sendable {
        // Invariant: a weak reference is read only.
        weak var server: TinyServer?
    }
}

/// One connection as the server sees it.
struct Peer: Sendable {
    let socket: CInt
    let onRequest: @Sendable () -> Void

    /// Head and body of the next request; nil when the client closed.
    func request() -> (head: String, body: [UInt8])? {
        var bytes: [UInt8] = []
        while true {
            if let end = bytes.firstEnd(of: [13, 10, 13, 10]) {
                let head = String(decoding: bytes[..<end], as: UTF8.self)
                let length =
                    head.lowercased().split(separator: "\r\n")
                    .first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
                if bytes.count >= end + length {
                    onRequest()
                    return (head, Array(bytes[end..<(end + length)]))
                }
            }
            var buffer = [UInt8](repeating: 0, count: 4_096)
            let count = recv(socket, &buffer, buffer.count, 0)
            if count <= 0 { return nil }
            bytes += buffer[..<count]
        }
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    func answer(_ status: String, _ body: String = "", headers: String = "") {
        send("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
    }

    /// Closing will send RST, not FIN.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}

/// A listening loopback socket and its port.
func listen(backlog: CInt) -> (socket: CInt, port: Int) {
    let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    var address = loopback(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            precondition(bind(listener, $0, size) == 0, "no loopback port is free")
            precondition(Glibc.listen(listener, backlog) == 0, "cannot listen")
            getsockname(listener, $0, &size)
        }
    }
    return (listener, Int(UInt16(bigEndian: address.sin_port)))
}

/// A connection request that does not wait for its answer.
func beginConnecting(to port: Int) -> CInt {
    let client = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
    var address = loopback(port: UInt16(port))
    withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            _ = connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    return client
}

func onThread(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    pthread_create(
        &thread, nil,
        { argument in
            Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().body()
            return nil
        }, box.toOpaque())
    pthread_detach(thread)
}

private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
}

extension [UInt8] {
    /// The index after the first occurrence of `pattern`.
    fileprivate func firstEnd(of pattern: [UInt8]) -> Int? {
        guard count >= pattern.count else { return nil }
        return (0...(count - pattern.count))
            .first { self[$0..<($0 + pattern.count)].elementsEqual(pattern) }
            .map { $0 + pattern.count }
    }
}
