/// The texts of the tourists' pages in a language besides the office's two, found by their English.
///
/// A key may hold places: `Try again in {0} seconds.` fits every number, and its text says where what
/// stood there goes. What stood in a place is itself looked up, so that a name within a sentence is
/// translated too.
struct Catalogue: Sendable {
    private let texts: [String: String]
    private let patterns: [Pattern]

    /// - Parameter parts: Their keys are unique; a test sees to it, and the first counts.
    init(_ parts: KeyValuePairs<String, String>...) {
        let pairs = parts.flatMap { $0.map { ($0.key, $0.value) } }
        texts = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        patterns = pairs.filter { $0.0.contains("{0}") }.map { Pattern($0.0, $0.1) }
    }

    /// Nil where it is not in the catalogue.
    func text(for english: String) -> String? {
        if let text = texts[english] { return text }
        for pattern in patterns {
            guard let found = pattern.places(in: english) else { continue }
            return pattern.filled(with: found.map { texts[$0] ?? $0 })
        }
        return nil
    }

    /// A key with places, in their order.
    private struct Pattern: Sendable {
        /// What stands before, between and behind the places.
        let fixed: [String]
        let text: String

        init(_ key: String, _ text: String) {
            var (fixed, rest) = ([String](), Substring(key))
            while let place = rest.firstRange(of: "{\(fixed.count)}") {
                fixed.append(String(rest[..<place.lowerBound]))
                rest = rest[place.upperBound...]
            }
            self.fixed = fixed + [String(rest)]
            self.text = text
        }

        func places(in english: String) -> [String]? {
            guard english.hasPrefix(fixed[0]) else { return nil }
            var (found, rest) = ([String](), english.dropFirst(fixed[0].count))
            for (index, piece) in fixed.enumerated().dropFirst() {
                if index == fixed.count - 1 {
                    guard rest.hasSuffix(piece) else { return nil }
                    return found + [String(rest.dropLast(piece.count))]
                }
                guard let next = rest.firstRange(of: piece) else { return nil }
                found.append(String(rest[..<next.lowerBound]))
                rest = rest[next.upperBound...]
            }
            return nil
        }

        func filled(with places: [String]) -> String {
            places.enumerated().reduce(text) { $0.replacing("{\($1.offset)}", with: $1.element) }
        }
    }
}
