package import Fuzzing

/// The readers of what requests bring, for whoever puts them to the test.
package enum WebFuzz {
    package static let subjects: [FuzzSubject] = [json, filingJSON, multipart, form, address, code]

    private static let filing = """
        {"channel":"web","claimant":{"name":"王小明","identity":"110101199003071234","phone":"13800138000"},
        "merchant":"M1","merchant_name":"海棠湾百货","order":"A-1","matter":"overcharge",
        "occurred_on":"2024-07-30","paid_fen":120000,"claimed_fen":50000,"story":"多收了钱","wanted":"退还",
        "facts":{"affectedAmount":"500.00"},"payee":{"account":"wx-1","name":"王小明"}}
        """

    private static let json = FuzzSubject(
        "json",
        texts: [filing, "[1,-2.5e-3,true,false,null,\"\\u00e9\\ud83d\\ude00\"]", "{}", "[[[[]]]]"],
        tokens: ["{", "}", "[", "]", ":", ",", "null", "\\u", "\\ud800", "-", "1e400", "[[[[[[[["]
    ) { bytes in
        do throws(MalformedJSON) {
            let value = try JSONReader.read(bytes)
            // What was read must be written so that it is read the same again.
            guard let again = try? JSONReader.read(Array(value.written.utf8)), again == value else {
                return .wrong("it does not read what it wrote: \(value.written.prefix(80))")
            }
            return .accepted
        } catch {
            return error.line >= 1 && error.column >= 1 ? .refused : .wrong("no place: \(error)")
        }
    }

    private static let filingJSON = FuzzSubject(
        "filing", texts: [filing], tokens: ["null", "\"\"", "1.5", "[]", "{}", "\"2024-02-30\""]
    ) { bytes in
        guard let value = try? JSONReader.read(bytes) else { return .refused }
        do throws(Problem) {
            _ = try Fields.read(FilingForm.self, from: value)
            return .accepted
        } catch {
            return error.status == 400 || error.status == 422
                ? .refused : .wrong("\(error.status) \(error.code)")
        }
    }

    private static let boundary = "----boundary7"

    private static let multipart = FuzzSubject(
        "multipart",
        texts: [
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"story\"\r\n\r\n多收了钱\r\n"
                + "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                + "Content-Type: image/png\r\n\r\n\u{0}\u{1}PNG\r\n--\(boundary)--\r\n",
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--\(boundary)--",
        ],
        tokens: [
            "\r\n\r\n", "--\(boundary)", "--", "Content-Disposition:", "; name=", "filename=\"",
        ]
    ) { bytes in
        do throws(Problem) {
            let entries = try FormEntries(multipart: bytes, boundary: boundary)
            let size = entries.files.map(\.bytes.count).reduce(0, +)
            return size <= bytes.count ? .accepted : .wrong("more came out than went in")
        } catch {
            return error.status == 400 ? .refused : .wrong("\(error.status) \(error.code)")
        }
    }

    private static let form = FuzzSubject(
        "form",
        texts: ["name=%E7%8E%8B&phone=138+0013&facts.affectedAmount=500.00&x=%0D%0A&y", "=&=&&"],
        tokens: ["%", "%%", "%E", "%zz", "&", "=", "+", "%0D%0A"]
    ) { bytes in
        do throws(Problem) {
            let entries = try FormEntries(urlEncoded: bytes)
            let isWhole = entries.entries.allSatisfy { !$0.value.utf8.contains(13) }
            return isWhole ? .accepted : .wrong("a line ends as browsers end it")
        } catch {
            return error.status == 400 ? .refused : .wrong("\(error.status) \(error.code)")
        }
    }

    /// Who a proxy says a request comes from.
    private static let address = FuzzSubject(
        "forwarded",
        texts: ["10.0.0.7", "[2001:db8::1]:4711", "::ffff:10.1.2.3", "203.0.113.9:80", "fd00::/8"],
        tokens: ["[", "]", ":", "::", "/", "%eth0", "for="]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        guard let plain = NetworkAddress.plain(text) else { return .refused }
        guard NetworkAddress.bytes(of: plain)?.count == 16 else {
            return .wrong("no address: \(plain)")
        }
        return .accepted
    }

    private static let code = FuzzSubject(
        "qr code", texts: ["otpauth://totp/Amends:chen?secret=JBSWY3DPEHPK3PXP&issuer=Amends", "一"]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        guard let code = QRCode(text) else {
            return text.utf8.count > 412 ? .refused : .wrong("\(text.utf8.count) bytes would fit")
        }
        return code.modules.count == code.size * code.size && (code.size - 17) % 4 == 0
            ? .accepted : .wrong("a code of \(code.size) modules")
    }
}
