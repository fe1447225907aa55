import Casework

/// Who is asking: whether they may see whom a case is about and what was said, or only so much of it that
/// people recognise it.
///
/// Telephones, identity numbers and accounts are masked for everybody: they are disclosed for a reason,
/// see `DisclosureRoutes`.
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

    func name(_ value: Personal<String>) -> String {
        self == .personal ? value.revealed : Self.mask(value, keeping: 1, 0)
    }
    func phone(_ value: Personal<String>) -> String { Self.mask(value, keeping: 3, 4) }
    func identity(_ value: Personal<String>) -> String { Self.mask(value, keeping: 0, 4) }
    func account(_ value: Personal<String>) -> String { Self.mask(value, keeping: 0, 4) }

    /// The number of an order, of another hotline, a file's name: long, and nobody's telephone.
    func reference(_ value: String) -> String { self == .personal ? value : text(value) }

    /// Free text; its runs of eight digits or more (telephones, accounts, identity numbers) are hidden.
    func text(_ value: String) -> String {
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

    private static func mask(
        _ value: Personal<String>, keeping first: Int, _ last: Int
    ) -> String {
        let whole = value.revealed
        guard whole.count > first + last else {
            return String(repeating: "*", count: max(whole.count, 2))
        }
        let hidden = max(whole.count - first - last, 1)
        return whole.prefix(first) + String(repeating: "*", count: hidden) + whole.suffix(last)
    }
}
