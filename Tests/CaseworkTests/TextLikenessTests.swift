import Randomness
import Testing

@testable import Casework

@Suite struct TextLikenessTests {
    @Test func `near-same words are near, whatever their width, case and punctuation`() {
        let table: [(String, String, ClosedRange<Int>)] = [
            ("文化路小区自来水压力不足", "文化路小区自来水压力不足", 100...100),
            ("Hotel ABC 退款", "hotel abc，退款！", 100...100),
            ("ＡＢＣ１２３ 房间", "abc123房间", 100...100),
            ("文化路小区自来水压力不足，请尽快维修", "文化路小区自来水压力不足请尽快来维修", 80...99),
            ("路灯不亮", "下水道堵塞", 0...0),
            ("", "", 0...0), ("水", "水", 0...0),
        ]
        for (a, b, range) in table {
            let percent = TextLikeness(a).percent(TextLikeness(b))
            #expect(range.contains(percent), "\(a) / \(b): \(percent)")
            #expect(percent == TextLikeness(b).percent(TextLikeness(a)))
        }
    }

    @Test func `texts with four fifths in common share a key, and strangers hardly ever do`() {
        var generator = SeededRandom(seed: 7)
        let letters = Array("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈")
        func text() -> [Character] {
            (0..<60).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] }
        }
        var (found, near, strangers) = (0, 0, 0)
        for _ in 0..<400 {
            let a = text()
            var b = a
            for _ in 0..<3 {
                b[Int.random(in: 0..<b.count, using: &generator)] = "改"
            }
            let (first, second) = (TextLikeness(String(a)), TextLikeness(String(b)))
            if first.percent(second) >= TextLikeness.nearPercent {
                near += 1
                if !Set(first.keys).isDisjoint(with: second.keys) { found += 1 }
            }
            let other = TextLikeness(String(text()))
            if !Set(first.keys).isDisjoint(with: other.keys) { strangers += 1 }
        }
        #expect(near > 200)
        #expect(found * 100 >= near * 98, "\(found) of \(near)")
        #expect(strangers <= 8, "\(strangers) of 400")
    }

    @Test func `a text too short to tell has no keys`() {
        #expect(TextLikeness("路灯不亮").keys.isEmpty)
    }
}
