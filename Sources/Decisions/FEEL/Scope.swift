/// The names an expression may use, innermost last, and the slots they stand in.
struct Scope: Sendable {
    enum Binding: Sendable {
        case slot(Int)
        case builtin(Builtin)
    }

    /// The names opened together: by a loop, a context, a function, the requirements of a decision.
    fileprivate struct Layer: Sendable {
        /// By the first piece; the longest name first.
        var names: [String: [(pieces: [String], name: String, binding: Binding)]] = [:]
        /// Set for a filter: unknown names are looked for in the item in this slot.
        var itemSlot: Int?
    }

    private var layers: [Layer] = [Scope.builtins]
    /// Names of entries and components anywhere in the model, for paths and filters.
    private var members = Layer()
    private(set) var slotCount = 0
    /// Types by name, builtin ones and item definitions.
    private var types = Layer()
    private(set) var typeByName: [String: FEELType] = [:]
    /// What external functions may call.
    let natives: NativeFunctions

    init(natives: NativeFunctions = .none) {
        self.natives = natives
        for name in FEELType.builtinNames {
            if let type = FEELType.builtin(name) { declareType(name, type) }
        }
        for name in ["time offset", "start included", "end included"] { declareMember(name) }
    }

    private static let builtins: Layer = {
        var layer = Layer()
        for builtin in Builtin.all { layer.insert(builtin.name, .builtin(builtin)) }
        return layer
    }()

    mutating func declare(_ name: String) -> Int {
        let slot = slotCount
        slotCount += 1
        layers[layers.count - 1].insert(name, .slot(slot))
        return slot
    }

    mutating func declare(_ name: String, at slot: Int) {
        layers[layers.count - 1].insert(name, .slot(slot))
    }

    /// Takes over what a parser that started from this scope has declared beyond it.
    mutating func keepSlots(of other: Scope) {
        slotCount = other.slotCount
        members = other.members
    }

    mutating func declareAnonymous() -> Int {
        slotCount += 1
        return slotCount - 1
    }

    mutating func declareMember(_ name: String) { members.insert(name, .slot(0)) }

    mutating func declareType(_ name: String, _ type: FEELType) {
        typeByName[name] = type
        types.insert(name, .slot(0))
    }

    mutating func open() { layers.append(Layer()) }
    mutating func openFilter() -> Int {
        let slot = declareAnonymous()
        var layer = Layer()
        layer.itemSlot = slot
        layer.insert("item", .slot(slot))
        layers.append(layer)
        return slot
    }
    mutating func close() { layers.removeLast() }

    /// Slots of filters around, the innermost first.
    var itemSlots: [Int] { layers.reversed().compactMap(\.itemSlot) }

    struct Match {
        let name: String
        let binding: Binding
        let length: Int
        /// Filters opened inside the layer where the name was found, the innermost first.
        let innerItems: [Int]
    }

    /// The longest known name that starts at `tokens[index]`; of equal ones the innermost.
    func match(_ tokens: [Token], at index: Int) -> Match? {
        var best: Match?
        var items: [Int] = []
        for layer in layers.reversed() {
            if let (name, binding, length) = layer.match(tokens, at: index),
                length > best?.length ?? 0
            {
                best = Match(name: name, binding: binding, length: length, innerItems: items)
            }
            if let item = layer.itemSlot { items.append(item) }
        }
        return best
    }

    /// All names that mean something here.
    var names: [String] { layers.flatMap { $0.names.values.flatMap { $0.map(\.name) } } }

    func matchMember(_ tokens: [Token], at index: Int) -> (name: String, length: Int)? {
        members.match(tokens, at: index).map { ($0.name, $0.length) }
    }

    func matchType(_ tokens: [Token], at index: Int) -> (name: String, length: Int)? {
        types.match(tokens, at: index).map { ($0.name, $0.length) }
    }
}

extension Scope.Layer {
    mutating func insert(_ name: String, _ binding: Scope.Binding) {
        let pieces = Lexer.pieces(ofName: name)
        guard let first = pieces.first else { return }
        var row = names[first, default: []]
        if let index = row.firstIndex(where: { $0.pieces == pieces }) {
            row[index] = (pieces, name, binding)
        } else {
            let place = row.firstIndex { $0.pieces.count < pieces.count } ?? row.endIndex
            row.insert((pieces, name, binding), at: place)
        }
        names[first] = row
    }

    func match(
        _ tokens: [Token], at index: Int
    ) -> (name: String, binding: Scope.Binding, length: Int)? {
        guard let row = names[tokens[index].text], tokens[index].kind != .string else { return nil }
        for candidate in row where index + candidate.pieces.count <= tokens.count {
            let isHere = zip(candidate.pieces, tokens[index...]).allSatisfy {
                $0 == $1.text && $1.kind != .string && $1.kind != .temporal
            }
            if isHere { return (candidate.name, candidate.binding, candidate.pieces.count) }
        }
        return nil
    }
}
