import Testing

@testable import Web

/// QR codes held to the standard's own numbers, and to codes that another encoder made.
struct QRCodeTests {
    @Test func `codewords of correction are those of the standard's example`() {
        // ISO/IEC 18004, annex I: `01234567` as version 1-M.
        let data: [UInt8] = [
            0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11,
            0xEC,
            0x11,
        ]
        #expect(
            QRCodewords.correction(of: data, 10) == [
                0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55,
            ])
    }

    @Test func `format and version are coded as the standard's examples are`() {
        // Level M with mask 5; version 7.
        #expect(QRCode.format(mask: 5) == 0b100_0000_1100_1110)
        #expect(QRCode.versionBits(7) == 0b00_0111_1100_1001_0100)
    }

    @Test func `a version holds as many codewords as the standard's table says`() {
        let whole = [1: 26, 2: 44, 5: 134, 7: 196, 10: 346, 14: 581, 15: 655]
        let data = [1: 16, 2: 28, 5: 86, 7: 124, 10: 216, 14: 365, 15: 415]
        for (version, count) in whole { #expect(QRCodewords.whole(of: version) == count) }
        for (version, count) in data { #expect(QRCodewords.data(of: version) == count) }
    }

    /// The texts of `Golden/qr.txt`: a length, so that the versions 1, 2, 6, 7, 9, 10 and 15 are met, and one
    /// as it is used.
    static let texts: [String] =
        [5, 20, 100, 110, 170, 200, 400].map { String(repeating: "Amends-7", count: 60).prefix($0) }
        .map(String.init)
        + [
            "otpauth://totp/%E5%85%88%E8%A1%8C%E8%B5%94%E4%BB%98:chen?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=%E5%85%88%E8%A1%8C%E8%B5%94%E4%BB%98"
        ]

    /// `Golden/qr.txt` was made by another encoder (Python's qrcode, with these masks), and read back by a decoder.
    @Test func `every module is where another encoder of the standard puts it`() throws {
        var text = ""
        for (index, each) in Self.texts.enumerated() {
            let code = try #require(QRCode(each, mask: index % 8))
            for y in 0..<code.size {
                text += String((0..<code.size).map { code[$0, y] ? "#" : "." }) + "\n"
            }
            text += "\n"
        }
        try expectGolden("qr.txt", text)
    }

    @Test func `a mask is chosen, and what is too long makes no code`() throws {
        let code = try #require(QRCode("otpauth"))
        #expect((0...7).contains(code.mask))
        #expect(QRCode("otpauth", mask: code.mask) == code)
        #expect(QRCode(String(repeating: "a", count: 412)) != nil)
        #expect(QRCode(String(repeating: "a", count: 413)) == nil)
    }

    @Test func `as markup it is one picture with a name, dark on light`() throws {
        let svg = try #require(QRCode("a\"b")).svg("<a>").text
        #expect(svg.contains("viewBox=\"0 0 29 29\"") && svg.contains("aria-label=\"&lt;a&gt;\""))
        #expect(!svg.contains("style=") && svg.contains("<path d=\"M4 4h7v1h-7z"))
    }
}
