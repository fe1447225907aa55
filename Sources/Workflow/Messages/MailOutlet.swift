import Casework
package import Courier
import FoundationEssentials
package import Ledger
package import Store

/// Mail by SMTP.
package struct MailOutlet: MessageOutlet {
    package struct Settings: Sendable {
        /// `smtp://host:port` or `smtps://host:port`.
        package var server: String
        package var user: String?
        package var password: String?
        /// The office's own address, bare.
        package var from: String
        /// As it stands before the address.
        package var name: String

        package init(
            server: String, user: String? = nil, password: String? = nil, from: String,
            name: String
        ) {
            self.server = server
            self.user = user
            self.password = password
            self.from = from
            self.name = name
        }
    }

    private let settings: Settings
    private let courier: Courier
    private let now: @Sendable () -> Moment

    package init(
        _ settings: Settings, courier: Courier, now: @escaping @Sendable () -> Moment
    ) {
        self.settings = settings
        self.courier = courier
        self.now = now
    }

    package func send(_ message: TouristMessage) async -> MessageOutcome {
        let to = message.to.revealed
        guard Letter.isAddress(to) else { return .refused("the address is none") }
        let mail = MailText(
            from: settings.from, name: settings.name, to: to, subject: message.subject,
            text: message.text.revealed, id: message.id, date: now())
        let letter = Letter(
            server: settings.server, user: settings.user, password: settings.password,
            from: settings.from, to: to, message: mail.bytes)
        do {
            let reply = try await courier.send(letter)
            switch reply.status {
            case 200...299: return .accepted
            // The mailbox does not exist, moved away, or takes no such mail. Everything else may pass:
            // a full box, a greylist, a log-in that the operator must mend.
            case 550, 551, 553, 554: return .refused("SMTP \(reply.status)")
            default: return .failed("SMTP \(reply.status)")
            }
        } catch {
            return .failed(error.summary)
        }
    }
}

/// A piece of mail as RFC 5322 and MIME write it: one part of plain text.
package struct MailText: Sendable {
    let from: String
    let name: String
    let to: String
    let subject: String
    let text: String
    /// Of the message: the same at every attempt, so that a mailbox may drop what it has.
    let id: String
    let date: Moment

    package init(
        from: String, name: String, to: String, subject: String, text: String, id: String,
        date: Moment
    ) {
        self.from = from
        self.name = name
        self.to = to
        self.subject = subject
        self.text = text
        self.id = id
        self.date = date
    }

    package var bytes: [UInt8] {
        let domain = from.split(separator: "@").last.map(String.init) ?? "localhost"
        let head = [
            "From: \(Self.words(name))\r\n <\(from)>", "To: <\(to)>",
            "Subject: \(Self.words(subject))",
            "Date: \(Self.date(date))", "Message-ID: <\(sha256Hex(id).prefix(32))@\(domain)>",
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64", "Auto-Submitted: auto-generated",
        ]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }
        let body = Data(lines.joined(separator: "\r\n").utf8).base64EncodedString()
        var folded: [String] = []
        var rest = Substring(body)
        while !rest.isEmpty {
            folded.append(String(rest.prefix(Self.line_characters)))
            rest = rest.dropFirst(Self.line_characters)
        }
        return Array((head + [""] + folded + [""]).joined(separator: "\r\n").utf8)
    }

    /// RFC 2045 §6.8.
    private static let line_characters = 76
    /// What fits into an encoded word of at most 75 characters (RFC 2047 §2): 45 bytes as base 64.
    private static let word_bytes = 45

    /// Text for a header: as it is where it is plain, else as encoded words, none of which cuts a character.
    static func words(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            $0 >= 32 && $0 < 127 && !"<>\"()@,;:\\[]=?".utf8.contains($0)
        }
        if isPlain, text.utf8.count <= 60 { return text }
        var words: [String] = []
        var word: [UInt8] = []
        // By scalars: one may stand without its neighbours, and none is longer than four bytes.
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if word.count + bytes.count > word_bytes {
                words.append(encoded(word))
                word = []
            }
            word += bytes
        }
        words.append(encoded(word))
        return words.joined(separator: "\r\n ")
    }

    private static func encoded(_ bytes: [UInt8]) -> String {
        "=?UTF-8?B?\(Data(bytes).base64EncodedString())?="
    }

    /// `Thu, 01 Aug 2024 10:00:00 +0800` (RFC 5322 §3.3).
    static func date(_ moment: Moment) -> String {
        let (year, month, number) = Zone.china.day(at: moment).components
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        // 1970-01-01 was a Thursday.
        let since = moment.advanced(byMinutes: Zone.china.offsetMinutes).ms / 86_400_000
        let weekday = days[Int(since % 7)]
        let padded = number < 10 ? "0\(number)" : "\(number)"
        let clock = Zone.china.text(moment).dropFirst(11).prefix(8)
        return "\(weekday), \(padded) \(months[month - 1]) \(year) \(clock) +0800"
    }
}
