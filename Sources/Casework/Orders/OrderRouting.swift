/// Who does what about a work order.
package struct OrderRouting: Hashable, Sendable, Codable {
    package let way: Way
    /// The bureau that answers for it, by its code in the edition; nil where none does.
    package let lead: String?
    /// 联办: bureaus that help the lead, none of them the lead itself.
    package let assisting: [String]
    /// The level whose unit receives it: 1 the city's or district's department, 2 the town or subdistrict, 3 the
    /// community or village. Straight to 3 is 直派: nobody passes it down.
    package let level: Int
    /// The number of the line it goes to, on `handOver`.
    package let line: String?
    /// Duties are unclear: the office names the lead, who may not return it.
    package let isDesignated: Bool

    package init(
        way: Way, lead: String? = nil, assisting: [String] = [], level: Int = 1,
        line: String? = nil, isDesignated: Bool = false
    ) {
        self.way = way
        self.lead = lead
        self.assisting = assisting
        self.level = level
        self.line = line
        self.isDesignated = isDesignated
    }

    package enum Way: String, Hashable, Sendable, Codable, CaseIterable {
        /// 即答: by whoever took it, from the knowledge base.
        case answer
        /// 派单.
        case dispatch
        /// 推荐: to providers the caller chooses from, or the one named.
        case refer
        /// To an emergency line or the discipline line, by three-way call or by number.
        case handOver
    }
}
