extension Model {
    /// How the columns of a decision table are headed.
    public struct Heading: Hashable, Sendable {
        /// Input expressions as written, in the order of the conditions.
        public let inputs: [String]
        /// Names of the outputs; one empty name where there is only one.
        public let outputs: [String]
    }

    /// - Returns: Nil where the logic of `decision` is no table.
    public func heading(of decision: String) -> Heading? {
        tables.first { $0.owner == decision }.map { table in
            Heading(inputs: table.inputs.map(\.text), outputs: table.outputs.map(\.name))
        }
    }
}
