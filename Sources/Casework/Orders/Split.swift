package import Ledger

extension Demand {
    /// Complaint and report of an offence from the same words: two demands, linked both ways, each to be
    /// registered on terms of its own (市场监督管理投诉举报处理暂行办法 7).
    ///
    /// - Parameters:
    ///   - complaint: The number the complaint gets.
    ///   - report: The number the report gets, and where the edition's tables find it.
    package func split(
        complaint: ID<WorkOrder>, report: ID<WorkOrder>, sorted sorting: Sorting
    ) -> (complaint: Demand, report: Demand) {
        let kept = Sorting(kind: kind, category: category, area: area)
        return (
            copy(kept, links: links + [.report(report)], joint: joint),
            // Who reports an offence claims nothing, so nobody speaks for others.
            copy(sorting, links: links + [.complaint(complaint)], joint: nil)
        )
    }

    private func copy(_ sorting: Sorting, links: [OrderLink], joint: Joint?) -> Demand {
        Demand(
            channel: channel, caller: caller, kind: sorting.kind, category: sorting.category,
            area: sorting.area, text: text, merchant: merchant, merchantName: merchantName,
            place: place?.revealed, facts: facts, numberElsewhere: numberElsewhere, links: links,
            joint: joint, about: about)
    }
}
