/// The unknowns of a proof, by what they stand for; the same on every path.
final class Symbols {
    struct Symbol {
        /// A FEEL-like text of what it stands for, such as `claimed` or `round half up(x, 2)`.
        let text: String
        /// The input data it is, or a member of; nil for what was only named, not computed.
        let input: String?
        let unit: Term.Unit?
        let step: Fraction?
    }

    private(set) var all: [Symbol] = []
    private var byText: [String: Int] = [:]
    private var needs: [Place: [(slot: Int, requirement: Requirement)]] = [:]

    /// The symbol of that text, made where it is new.
    func symbol(
        _ text: String, input: String? = nil, unit: Term.Unit? = nil, step: Fraction? = nil
    ) -> Int {
        if let known = byText[text] { return known }
        all.append(Symbol(text: text, input: input, unit: unit, step: step))
        byText[text] = all.count - 1
        return all.count - 1
    }

    /// What logic reads of what it may need: looked up once, not on every path.
    ///
    /// Required decisions are made even where nothing reads them: their tables may fail.
    func needs(
        of procedure: Procedure, _ place: Place
    ) -> [(slot: Int, requirement: Requirement)] {
        if let known = needs[place] { return known }
        let read = procedure.body.slotsRead
        let found = procedure.bindings.filter { binding in
            if case .input = binding.requirement { read.contains(binding.slot) } else { true }
        }
        needs[place] = found
        return found
    }

    /// A decision or function of a model.
    struct Place: Hashable {
        let program: ObjectIdentifier
        let requirement: Requirement
    }

    func index(_ text: String) -> Int? { byText[text] }

    func text(of term: Term) -> String {
        switch term {
        case .value(let value): value.literal
        case .number(let linear, _): text(of: linear)
        case .symbol(let symbol): all[symbol].text
        case .context(let entries):
            "{\(entries.map { "\($0.name): \(text(of: $0.term))" }.joined(separator: ", "))}"
        case .list(let items): "[\(items.map(text).joined(separator: ", "))]"
        }
    }

    func text(of linear: Linear) -> String {
        var text = ""
        for term in linear.terms {
            let name = all[term.symbol].text
            let size = term.factor.sign < 0 ? -term.factor : term.factor
            let part = size == .one ? name : "\(size) * \(name)"
            text +=
                text.isEmpty
                ? (term.factor.sign < 0 ? "-" : "") + part
                : (term.factor.sign < 0 ? " - " : " + ") + part
        }
        if text.isEmpty { return "\(linear.constant)" }
        if linear.constant.isZero { return text }
        let size = linear.constant.sign < 0 ? -linear.constant : linear.constant
        return text + (linear.constant.sign < 0 ? " - " : " + ") + "\(size)"
    }
}
