import Ledger

/// What a message may consist of, as a table: for each type its children in order, with how often each
/// may come, or what its text may be.
struct MessageShape: Sendable {
    enum Form: Sendable {
        /// In this order.
        case sequence([Child])
        /// Exactly one of them.
        case choice([Child])
        /// 1…`limit` characters.
        case text(Int)
        case oneOf(Set<String>)
        /// 1…`limit` digits.
        case digits(Int)
        /// A decimal number of at most so many digits, so many of them behind the point.
        case decimal(digits: Int, fraction: Int)
        case date
        case moment
        /// Whatever: a part we never write and do not look into.
        case any
    }

    struct Child: Sendable {
        let name: String
        let type: String
        let times: ClosedRange<Int>
    }

    let forms: [String: Form]

    /// The first fault of `element`, which should be of `type`: where, and what.
    func fault(of element: Element, _ type: String) -> (place: Place, text: String)? {
        let text = element.text
        func bad(_ what: String) -> (place: Place, text: String)? { (element.place, what) }
        guard let form = forms[type] else { return bad("has no known type \(type)") }
        switch form {
        case .any: return nil
        case .sequence(let children): return fault(of: element, sequence: children)
        case .choice(let children):
            guard element.children.count == 1, let only = element.children.first,
                let child = children.first(where: { $0.name == only.name })
            else { return bad("must hold one of \(children.map(\.name).joined(separator: ", "))") }
            return fault(of: only, child.type)
        case _ where !element.children.isEmpty: return bad("must hold text alone")
        case .text(let limit):
            guard (1...limit).contains(text.unicodeScalars.count) else {
                return bad("must have 1 to \(limit) characters")
            }
        case .oneOf(let values):
            guard values.contains(text) else { return bad("must be one of \(values.sorted())") }
        case .digits(let limit):
            guard (1...limit).contains(text.utf8.count), text.utf8.allSatisfy(isDigit) else {
                return bad("must be 1 to \(limit) digits")
            }
        case .decimal(let digits, let fraction):
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count <= 2,
                parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }),
                parts.joined().utf8.count <= digits,
                parts.count == 1 || parts[1].utf8.count <= fraction
            else {
                return bad(
                    "must be a number of at most \(digits) digits, \(fraction) behind the point")
            }
        case .date: guard Day(text) != nil else { return bad("must be a date") }
        case .moment: guard Moment(text) != nil else { return bad("must be a date and time") }
        }
        return nil
    }

    private func fault(
        of element: Element, sequence children: [Child]
    ) -> (place: Place, text: String)? {
        var rest = element.children[...]
        for child in children {
            let found = rest.prefix { $0.name == child.name }
            guard child.times.contains(found.count) else {
                return (
                    rest.first?.place ?? element.place,
                    "\(element.name) must hold \(child.name) \(child.times.lowerBound) to \(child.times.upperBound) times, not \(found.count)"
                )
            }
            for part in found {
                if let fault = fault(of: part, child.type) { return fault }
            }
            rest = rest.dropFirst(found.count)
        }
        return rest.first.map { ($0.place, "may not stand here in \(element.name)") }
    }
}

private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
