/// Reads a password as whoever guesses it would: in words, years, runs and walks over the keyboard.
struct GuessableParts {
    private let words: Set<[Character]>
    private let longest: Int

    /// - Parameter own: Names that are guessed first for this person.
    init(own: [String]) {
        var words = Set(Self.stems.map(Array.init))
        for name in own {
            let letters = name.lowercased()
            for part in [letters]
                + letters.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
                .map(String.init) where part.count >= 2
            {
                words.insert(Self.plain(Array(part)))
            }
        }
        self.words = words
        longest = words.map(\.count).max() ?? 0
    }

    /// How many parts `text` falls into, longest first from the left.
    func count(in text: String) -> Int {
        let raw = Array(text.lowercased())
        let plain = Self.plain(raw)
        var (at, parts) = (0, 0)
        while at < raw.count {
            let rest = raw.count - at
            let length = max(
                repeats(raw, at), runs(raw, at), walks(raw, at), digitsOfTime(raw, at),
                word(plain, at, rest), 1)
            // The same again is nothing to guess.
            if !(length >= 3 && at >= length && raw[at - length..<at] == raw[at..<at + length]) {
                parts += 1
            }
            at += max(length, echo(raw, at))
        }
        return parts
    }

    private func word(_ text: [Character], _ at: Int, _ rest: Int) -> Int {
        var length = min(longest, rest)
        while length >= 2 {
            if words.contains(Array(text[at..<at + length])) { return length }
            length -= 1
        }
        return 0
    }

    /// `aaaa`.
    private func repeats(_ text: [Character], _ at: Int) -> Int {
        let length = text[at...].prefix { $0 == text[at] }.count
        return length >= 3 ? length : 0
    }

    /// `abcd`, `4321`.
    private func runs(_ text: [Character], _ at: Int) -> Int {
        var best = 0
        for step in [1, -1] {
            var end = at + 1
            while end < text.count, let a = text[end - 1].asciiValue, let b = text[end].asciiValue,
                Int(b) - Int(a) == step
            { end += 1 }
            best = max(best, end - at)
        }
        return best >= 3 ? best : 0
    }

    /// `qwert`, `1qaz`, `;lkj`.
    private func walks(_ text: [Character], _ at: Int) -> Int {
        var best = 0
        for row in Self.rows {
            for (start, key) in row.enumerated() where key == text[at] {
                let length = zip(text[at...], row[start...]).prefix { $0 == $1 }.count
                best = max(best, length)
            }
        }
        return best >= 3 ? best : 0
    }

    /// `19880812`, `2024`.
    private func digitsOfTime(_ text: [Character], _ at: Int) -> Int {
        func digits(_ count: Int) -> Int? {
            guard at + count <= text.count else { return nil }
            let part = text[at..<at + count]
            return part.allSatisfy(\.isNumber) ? Int(String(part)) : nil
        }
        if let date = digits(8), (1900...2099).contains(date / 10_000),
            (1...12).contains(date / 100 % 100), (1...31).contains(date % 100)
        {
            return 8
        }
        if let year = digits(4), (1900...2099).contains(year) { return 4 }
        return 0
    }

    /// How much of what follows repeats what stands directly before: `horsehorse` has one `horse` to guess.
    private func echo(_ text: [Character], _ at: Int) -> Int {
        guard at >= 2 else { return 0 }
        for length in stride(from: min(at, text.count - at), through: 2, by: -1)
        where text[at - length..<at] == text[at..<at + length] { return length }
        return 0
    }

    /// Letters for the digits and signs that stand for them.
    private static func plain(_ text: [Character]) -> [Character] {
        text.map { likenesses[$0] ?? $0 }
    }

    private static let likenesses: [Character: Character] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s",
        "!": "i", "|": "l",
    ]

    /// Keys in the order in which fingers run over them, there and back.
    private static let rows: [[Character]] = [
        "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "1234567890-=", "!@#$%^&*()_+",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "qazwsxedcrfvtgbyhnujmikolp", "147258369",
    ].flatMap { [Array($0), Array($0).reversed()] }

    /// Our own list, as `plain` writes them.
    private static let stems: [[Character]] = """
        password passwort passwd pass word admin administrator root system manager super user guest
        login welcome hello letmein secret private default change changeme temp test demo master
        server service office account money bank fund cash finance audit amends compensation advance
        tourist travel tourism hotline monkey dragon tiger panda lion eagle shadow sunshine summer
        winter spring autumn flower football baseball basketball computer internet iloveyou love
        baby angel princess prince king queen happy lucky forever freedom michael jordan daniel
        charlie thomas robert andrew superman batman pokemon starwars google apple huawei xiaomi
        tencent alibaba weixin wechat alipay taobao woaini aini mima nihao zhongguo china beijing
        shanghai guangzhou shenzhen chongqing hainan sanya haikou weihai yantai dinghai zhoushan
        ganzhou sichuan chengdu hangzhou lvyou peifu xianxingpeifu xianxing caiwu kuaiji chuna
        shenji guanli guanliyuan yonghu denglu laoban gongsi wangluo rexian tousu jiashi zhang wang
        chen liu yang zhao huang zhou xiao january february march april june july august september
        october november december monday tuesday wednesday thursday friday saturday sunday qwerty
        azerty asdf zxcv abc 密码 管理员 我爱你 先行赔付 旅游 热线 财务 会计 出纳 审计 中国 你好
        """.split(whereSeparator: \.isWhitespace).map { plain(Array($0)) }
}
