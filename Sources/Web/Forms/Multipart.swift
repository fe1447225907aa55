extension FormEntries {
    /// - Parameters:
    ///   - body: `multipart/form-data` (RFC 7578).
    ///   - boundary: From the Content-Type.
    /// - Throws: 400 where the body is not what its type says.
    init(multipart body: [UInt8], boundary: String) throws(Problem) {
        self.init()
        let mark = Array("--\(boundary)".utf8)
        guard (1...70).contains(boundary.utf8.count), body.starts(with: mark) else {
            throw .malformedForm
        }
        let inner = Array("\r\n--\(boundary)".utf8)
        var at = mark.count
        while true {
            // Two hyphens after a boundary end the body.
            if body[at...].starts(with: [45, 45]) { return }
            guard body[at...].starts(with: [13, 10]),
                let headersEnd = body.range(of: [13, 10, 13, 10], from: at),
                let end = body.range(of: inner, from: headersEnd + 2),
                entries.count + files.count < Self.limit
            else { throw .malformedForm }
            let headers = String(decoding: body[at..<headersEnd], as: UTF8.self)
            // An empty part has its end where its content would begin.
            let content = end >= headersEnd + 4 ? Array(body[(headersEnd + 4)..<end]) : []
            try add(part: content, headers)
            at = end + inner.count
        }
    }

    private mutating func add(part content: [UInt8], _ headers: String) throws(Problem) {
        let line = headers.split(separator: "\r\n").first {
            $0.lowercased().hasPrefix("content-disposition:")
        }
        guard let line, let name = Self.parameter("name", of: line) else { throw .malformedForm }
        if let file = Self.parameter("filename", of: line) {
            // A file field that was left empty comes without a name and without bytes.
            if !file.isEmpty || !content.isEmpty {
                add(FilePart(name: name, fileName: file, bytes: content))
            }
        } else {
            add(name, Self.normalised(String(decoding: content, as: UTF8.self)))
        }
    }

    private static func parameter(_ name: String, of header: Substring) -> String? {
        for part in header.split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }) == name else { continue }
            return String(pair[1].drop { $0 == "\"" }.prefix { $0 != "\"" }).filter {
                !$0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            }
        }
        return nil
    }
}

extension [UInt8] {
    /// Where `pattern` first begins at or after `start`.
    fileprivate func range(of pattern: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first, start >= 0 else { return nil }
        var at = start
        while at + pattern.count <= count {
            guard let next = self[at...].firstIndex(of: first), next + pattern.count <= count else {
                return nil
            }
            if self[next..<next + pattern.count].elementsEqual(pattern) { return next }
            at = next + 1
        }
        return nil
    }
}
