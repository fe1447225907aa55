import Database

/// The texts in an event's payload that are about a person, found by the name of the field.
///
/// Facts and the grounds of rulings are passed over: reports and backtests read them as they stand.
enum PersonalTexts {
    /// What a text reads as once its key is gone.
    static let erased = "已删除 erased"

    /// Add to it, and never take one away: what was sealed could not be read any more.
    private static let names: Set<String> = [
        "account", "identity", "name", "newFacts", "note", "numberElsewhere", "order", "phone",
        "place", "reply", "story", "text", "transferredFrom", "wanted",
    ]
    /// Of one event each; its associated values without a label are `_0`, `_1` …
    private static let namesOfKind: [String: Set<String>] = [
        "contested": ["reason"], "withdrawn": ["reason"], "questionAsked": ["_0"],
    ]
    private static let passed: Set<String> = ["facts", "grounds"]
    private static let passedOfKind: [String: Set<String>] = [
        "factsCorrected": ["_0"], "factsAdded": ["_0"],
    ]

    /// The payload with each such text, as it is written between its quotes, replaced.
    ///
    /// - Parameter payload: As `jsonText` writes it: without blanks.
    static func replaced(
        in payload: String, _ replace: (ArraySlice<UInt8>) throws(DatabaseError) -> [UInt8]
    ) throws(DatabaseError) -> String {
        let bytes = Array(payload.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count * 2)
        var kind: String?
        var (at, copied) = (0, 0)
        while at < bytes.count {
            guard bytes[at] == quote else {
                at += 1
                continue
            }
            let end = endOfString(bytes, from: at + 1)
            let start = at + 1
            at = end + 1
            guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { continue }
            let name = String(decoding: bytes[start..<end], as: UTF8.self)
            at += 1
            guard let kind else {
                kind = name
                continue
            }
            if passed.contains(name) || passedOfKind[kind]?.contains(name) == true {
                at = endOfValue(bytes, from: at)
            } else if at < bytes.count, bytes[at] == quote,
                names.contains(name) || namesOfKind[kind]?.contains(name) == true
            {
                let end = endOfString(bytes, from: at + 1)
                result += bytes[copied...at]
                result += try replace(bytes[(at + 1)..<end])
                copied = end
                at = end + 1
            }
        }
        result += bytes[copied...]
        return String(decoding: result, as: UTF8.self)
    }

    /// The index of the closing quote.
    private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
        var at = start
        while at < bytes.count, bytes[at] != quote {
            at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(at, bytes.count)
    }

    private static func endOfValue(_ bytes: [UInt8], from start: Int) -> Int {
        var (at, depth) = (start, 0)
        while at < bytes.count {
            switch bytes[at] {
            case quote: at = endOfString(bytes, from: at + 1)
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return at }
                depth -= 1
            case UInt8(ascii: ",") where depth == 0: return at
            default: break
            }
            at += 1
        }
        return min(at, bytes.count)
    }

    private static let quote = UInt8(ascii: "\"")
}
