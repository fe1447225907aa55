import Casework

/// Who is asking: whether personal data may be shown, or only so much of it that people recognise it.
enum Sight: Hashable, Sendable {
    case personal
    case masked

    init(_ actor: Actor) {
        self = Permissions.permit(actor.roles, .readPersonal) ? .personal : .masked
    }

    /// Of work orders: there the duty officer calls back as well.
    init(ofOrders actor: Actor) {
        self = Permissions.permit(actor.roles, .readOrderPersonal) ? .personal : .masked
    }

    func name(_ value: Personal<String>) -> String { shown(value, keeping: 1, 0) }
    func phone(_ value: Personal<String>) -> String { shown(value, keeping: 3, 4) }
    func identity(_ value: Personal<String>) -> String { shown(value, keeping: 0, 4) }
    func account(_ value: Personal<String>) -> String { shown(value, keeping: 0, 4) }

    /// Free text; masked, its runs of eight digits or more (telephones, accounts, identity numbers) are hidden.
    func text(_ value: String) -> String {
        guard self == .masked else { return value }
        var shown = ""
        var run = ""
        func flush() {
            shown +=
                run.count >= 8 ? String(repeating: "*", count: run.count - 2) + run.suffix(2) : run
            run = ""
        }
        for character in value {
            if character.isNumber {
                run.append(character)
            } else {
                flush()
                shown.append(character)
            }
        }
        flush()
        return shown
    }

    private func shown(_ value: Personal<String>, keeping first: Int, _ last: Int) -> String {
        let whole = value.revealed
        guard self == .masked else { return whole }
        guard whole.count > first + last else {
            return String(repeating: "*", count: max(whole.count, 2))
        }
        let hidden = max(whole.count - first - last, 1)
        return whole.prefix(first) + String(repeating: "*", count: hidden) + whole.suffix(last)
    }
}
