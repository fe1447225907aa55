/// 分类与派单依据: why the edition sorted a work order so, and what it proposed to do with it, kept with the
/// terms so that both can be explained when the edition is no longer at hand.
package struct OrderGrounds: Hashable, Sendable, Codable {
    /// The grade, the urgency and the category that its classification found, whatever a person chose.
    package let classification: Ruling<OrderClassification>
    /// Nil while facts were missing on which it depends.
    package let routing: Ruling<OrderRouting>?

    package init(
        classification: Ruling<OrderClassification>, routing: Ruling<OrderRouting>?
    ) {
        self.classification = classification
        self.routing = routing
    }
}
