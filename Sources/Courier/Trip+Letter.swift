import CCurl

/// Mail: the server takes it when it answers 250 after the last line.
extension Trip {
    /// What tells libcurl to hand a letter over. TLS is asked for, by STARTTLS where the address is
    /// `smtp://`, and without it nothing is sent, unless the server is this machine.
    func steps(for letter: Letter) -> [() -> CURLcode] {
        let me = Unmanaged.passUnretained(self).toOpaque()
        let isOpen = letter.isToLoopback
        return [
            { courier_setopt_string(self.easy, CURLOPT_URL, letter.server) },
            { courier_setopt_string(self.easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps") },
            {
                courier_setopt_long(
                    self.easy, CURLOPT_USE_SSL,
                    Int(isOpen ? CURLUSESSL_NONE.rawValue : CURLUSESSL_ALL.rawValue))
            },
            { self.setLogIn(letter) },
            { courier_setopt_string(self.easy, CURLOPT_MAIL_FROM, "<\(letter.from)>") },
            { self.setRecipient(letter.to) },
            { courier_setopt_long(self.easy, CURLOPT_UPLOAD, 1) },
            { courier_setopt_pointer(self.easy, CURLOPT_READDATA, me) },
            { courier_setopt_sink(self.easy, CURLOPT_READFUNCTION, takeLetterBytes) },
            {
                courier_setopt_offset(
                    self.easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(letter.message.count))
            },
        ]
    }

    private func setLogIn(_ letter: Letter) -> CURLcode {
        guard let user = letter.user, let password = letter.password else { return CURLE_OK }
        let code = courier_setopt_string(easy, CURLOPT_USERNAME, user)
        guard code == CURLE_OK else { return code }
        return courier_setopt_string(easy, CURLOPT_PASSWORD, password)
    }

    private func setRecipient(_ address: String) -> CURLcode {
        guard addLine("<\(address)>") else { return CURLE_OUT_OF_MEMORY }
        return courier_setopt_list(easy, CURLOPT_MAIL_RCPT, lines)
    }

    /// A server that refuses has answered: its code is the response's status, 400…599.
    func letterOutcome(_ code: CURLcode) -> Result<Response, CourierError> {
        var status = 0
        courier_getinfo_long(easy, CURLINFO_RESPONSE_CODE, &status)
        if code == CURLE_OK {
            return .success(Response(status: status == 0 ? 250 : status, headers: [:], body: []))
        }
        if (400...599).contains(status) {
            return .success(Response(status: status, headers: [:], body: []))
        }
        return .failure(hasDeparted ? .unknown(doubt(code)) : .notSent(obstacle(code)))
    }

    /// Gives libcurl the next part of the message. From the first on, the server may have it.
    fileprivate func readLetter(into bytes: UnsafeMutablePointer<CChar>, upTo count: Int) -> Int {
        guard case .letter(let letter) = errand.freight else { return 0 }
        hasDeparted = true
        let part = letter.message[letterOffset...].prefix(count)
        for (index, byte) in part.enumerated() { bytes[index] = CChar(bitPattern: byte) }
        letterOffset += part.count
        return part.count
    }
}

private func takeLetterBytes(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ userdata: UnsafeMutableRawPointer?
) -> Int {
    let (total, overflow) = size.multipliedReportingOverflow(by: count)
    guard !overflow, let bytes, let trip = Trip.from(userdata) else { return 0 }
    return trip.readLetter(into: bytes, upTo: total)
}
