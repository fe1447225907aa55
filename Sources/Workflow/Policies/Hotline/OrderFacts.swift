import Casework
import Decisions

extension Edition {
    /// What its order models read and somebody can say, in the order of the schema. What is urgent or
    /// difficult the models say themselves; kind and area are asked for apart.
    package var orderFacts: [FactKind] {
        let inputs = Set(
            models.filter { $0.name.hasPrefix("order-") }.flatMap { $0.model.inputs.map(\.name) })
        let known: Set = ["kind", "area", "isUrgent", "difficulty"]
        return factSchema.filter {
            inputs.contains($0.name) && !known.contains($0.name) && $0.source != .derived
        }
    }

    /// Those of them without which a demand can be neither sorted nor given its limits; what only the
    /// proposal depends on may be said later.
    package var orderFactsNeeded: Set<String> {
        let inputs = Set(
            models.filter { ["order-classification", "order-limits"].contains($0.name) }
                .flatMap { $0.model.inputs.map(\.name) })
        return Set(
            orderFacts.filter { $0.otherwise == nil && inputs.contains($0.name) }.map(\.name))
    }
}
