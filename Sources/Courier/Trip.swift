import CCurl

/// One transfer in libcurl's hands. Confined to the courier's thread.
final class Trip {
    static let headerLimit_bytes = 64 * 1_024

    let errand: Errand
    /// What libcurl knows this transfer by.
    let easy: UnsafeMutableRawPointer

    private let limit_bytes: Int
    private let reach: Reach
    /// An address was refused before it was connected to.
    private var isOutOfReach = false
    /// The request's headers, or the letter's recipient.
    private(set) var lines: UnsafeMutablePointer<curl_slist>?
    /// The request has begun to leave, or may have.
    var hasDeparted = false
    /// How much of a letter was read.
    var letterOffset = 0
    private var headBytes = 0
    private var headers: [String: String] = [:]
    private var body: [UInt8] = []
    private var isTooLarge = false

    /// Nil when libcurl has no memory left.
    init?(_ errand: Errand, limits: Courier.Limits) {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        self.errand = errand
        limit_bytes = limits.response_bytes
        reach = limits.reach
    }

    /// The transfer must have left the multi handle before.
    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(lines)
    }

    /// Tells libcurl what to do, within `remaining_ms`. Answers its first refusal.
    func prepare(connect_ms: Int, remaining_ms: Int) -> CURLcode {
        let me = Unmanaged.passUnretained(self).toOpaque()
        let steps: [() -> CURLcode] = [
            { courier_setopt_string(self.easy, CURLOPT_PROXY, "") },
            { courier_setopt_long(self.easy, CURLOPT_NOSIGNAL, 1) },
            { courier_setopt_long(self.easy, CURLOPT_CONNECTTIMEOUT_MS, connect_ms) },
            { courier_setopt_long(self.easy, CURLOPT_TIMEOUT_MS, remaining_ms) },
            { courier_setopt_pointer(self.easy, CURLOPT_WRITEDATA, me) },
            { courier_setopt_sink(self.easy, CURLOPT_WRITEFUNCTION, takeBody) },
            { courier_setopt_pointer(self.easy, CURLOPT_HEADERDATA, me) },
            { courier_setopt_sink(self.easy, CURLOPT_HEADERFUNCTION, takeHeaderLine) },
            { courier_setopt_pointer(self.easy, CURLOPT_PRIVATE, me) },
            { self.limitReach() },
        ]
        for step in steps + ownSteps {
            let code = step()
            if code != CURLE_OK { return code }
        }
        return CURLE_OK
    }

    private var ownSteps: [() -> CURLcode] {
        switch errand.freight {
        case .request(let request): self.steps(for: request)
        case .letter(let letter): self.steps(for: letter)
        }
    }

    private func steps(for request: Request) -> [() -> CURLcode] {
        let me = Unmanaged.passUnretained(self).toOpaque()
        return [
            { courier_setopt_string(self.easy, CURLOPT_URL, request.url) },
            { courier_setopt_string(self.easy, CURLOPT_PROTOCOLS_STR, "http,https") },
            { courier_setopt_long(self.easy, CURLOPT_FOLLOWLOCATION, 0) },
            { courier_setopt_long(self.easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)) },
            { courier_setopt_pointer(self.easy, CURLOPT_PREREQDATA, me) },
            { courier_setopt_gate(self.easy, CURLOPT_PREREQFUNCTION, depart) },
            { self.setMethodAndBody(of: request) },
            { self.setHeaders(of: request) },
        ]
    }

    private func limitReach() -> CURLcode {
        guard reach == .publicOnly else { return CURLE_OK }
        let me = Unmanaged.passUnretained(self).toOpaque()
        let code = courier_setopt_pointer(easy, CURLOPT_OPENSOCKETDATA, me)
        guard code == CURLE_OK else { return code }
        return courier_setopt_opener(easy, CURLOPT_OPENSOCKETFUNCTION, openSocket)
    }

    private func setMethodAndBody(of request: Request) -> CURLcode {
        guard request.method == .post || request.method == .put else {
            if request.method == .get { return courier_setopt_long(easy, CURLOPT_HTTPGET, 1) }
            return courier_setopt_string(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
        let code = courier_setopt_offset(
            easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
        guard code == CURLE_OK else { return code }
        let copied = request.body.withUnsafeBytes { bytes in
            bytes.baseAddress.map { courier_setopt_pointer(easy, CURLOPT_COPYPOSTFIELDS, $0) }
                ?? courier_setopt_string(easy, CURLOPT_COPYPOSTFIELDS, "")
        }
        guard copied == CURLE_OK else { return copied }
        return courier_setopt_string(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    }

    private func setHeaders(of request: Request) -> CURLcode {
        var headers = request.headers.map { name, value in
            // libcurl drops `Name:` and sends `Name;` as a header without a value.
            value.isEmpty ? "\(name);" : "\(name): \(value)"
        }
        headers.append("Expect:")
        if !request.headers.keys.contains(where: { $0.lowercased() == "content-type" }) {
            headers.append("Content-Type:")
        }
        for header in headers where !addLine(header) { return CURLE_OUT_OF_MEMORY }
        return courier_setopt_list(easy, CURLOPT_HTTPHEADER, lines)
    }

    /// False when libcurl has no memory left.
    func addLine(_ text: String) -> Bool {
        guard let longer = curl_slist_append(lines, text) else { return false }
        lines = longer
        return true
    }

    /// What libcurl's `code` at the end means to the caller.
    func outcome(_ code: CURLcode) -> Result<Response, CourierError> {
        if case .letter = errand.freight { return letterOutcome(code) }
        guard code == CURLE_OK else {
            return .failure(hasDeparted ? .unknown(doubt(code)) : .notSent(obstacle(code)))
        }
        var status = 0
        courier_getinfo_long(easy, CURLINFO_RESPONSE_CODE, &status)
        return .success(Response(status: status, headers: headers, body: body))
    }

    /// The courier itself ends the transfer.
    func abandoned(_ doubt: CourierError.Doubt, _ obstacle: CourierError.Obstacle) -> CourierError {
        hasDeparted ? .unknown(doubt) : .notSent(obstacle)
    }

    func obstacle(_ code: CURLcode) -> CourierError.Obstacle {
        switch code {
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .malformed(why: "not a usable url")
        case CURLE_COULDNT_RESOLVE_HOST: .nameNotFound
        case CURLE_COULDNT_CONNECT: isOutOfReach ? .outOfReach : .refused
        case CURLE_OPERATION_TIMEDOUT: .connectTimeout
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_USE_SSL_FAILED:
            .insecure
        default: .other(code: Int(code.rawValue))
        }
    }

    func doubt(_ code: CURLcode) -> CourierError.Doubt {
        let hasBegun = headBytes > 0
        return switch code {
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_WRITE_ERROR where isTooLarge: .tooLarge(limit: limit_bytes)
        case CURLE_PARTIAL_FILE: .truncated
        case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_ABORTED_BY_CALLBACK:
            hasBegun ? .truncated : .connectionLost
        default: .other(code: Int(code.rawValue))
        }
    }
}

/// What libcurl calls while it transfers.
extension Trip {
    static func from(_ userdata: UnsafeMutableRawPointer?) -> Trip? {
        userdata.map { Unmanaged<Trip>.fromOpaque($0).takeUnretainedValue() }
    }

    /// False on a second departure: libcurl repeats a request when a kept connection proves dead, and
    /// then nobody knows whether the first one arrived.
    fileprivate func departs() -> Bool {
        defer { hasDeparted = true }
        return !hasDeparted
    }

    /// Whether this address may be connected to.
    fileprivate func mayConnect(to address: [UInt8]) -> Bool {
        if isPublicAddress(address) { return true }
        isOutOfReach = true
        return false
    }

    fileprivate func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= limit_bytes - body.count else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    fileprivate func take(headerLine bytes: UnsafeRawBufferPointer) -> Bool {
        headBytes += bytes.count
        guard headBytes <= Self.headerLimit_bytes else {
            isTooLarge = true
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // A new head: what came before was interim.
            headers = [:]
            return true
        }
        guard let colon = line.firstIndex(of: ":") else { return true }
        let name = line[..<colon].lowercased()
        let value = trimmed(line[line.index(after: colon)...])
        headers[name] = headers[name].map { "\($0), \(value)" } ?? value
        return true
    }
}

/// Without the white space around it, the line's end included.
private func trimmed(_ text: Substring) -> String {
    var rest = text.drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
}

/// Opens the socket to an address, or refuses it: then nothing is sent there, not even the first packet.
private func openSocket(
    _ userdata: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
    _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let address, let trip = Trip.from(userdata) else { return CURL_SOCKET_BAD }
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = Int(courier_address_bytes(address, &bytes))
    guard trip.mayConnect(to: Array(bytes.prefix(count))) else { return CURL_SOCKET_BAD }
    return courier_open_socket(address)
}

private func takeBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ userdata: UnsafeMutableRawPointer?
) -> Int {
    // libcurl documents `size` as always 1; a sum that does not fit cannot be what it handed over.
    let (total, overflow) = size.multipliedReportingOverflow(by: count)
    guard !overflow, let trip = Trip.from(userdata) else { return 0 }
    let isTaken = trip.take(
        body: UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : total))
    // Any other number than `total` ends the transfer, also when `total` is 0.
    return isTaken ? total : total &- 1
}

private func takeHeaderLine(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ userdata: UnsafeMutableRawPointer?
) -> Int {
    let (total, overflow) = size.multipliedReportingOverflow(by: count)
    guard !overflow, let trip = Trip.from(userdata) else { return 0 }
    let line = UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : total)
    return trip.take(headerLine: line) ? total : total &- 1
}

private func depart(
    _ userdata: UnsafeMutableRawPointer?, _ peer: UnsafeMutablePointer<CChar>?,
    _ own: UnsafeMutablePointer<CChar>?, _ peerPort: CInt, _ ownPort: CInt
) -> CInt {
    Trip.from(userdata)?.departs() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}
