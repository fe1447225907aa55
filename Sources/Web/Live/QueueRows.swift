import Casework
import Database
import Store
import Workflow

/// The cases of the queue's page.
enum QueueRows {
    /// Changes when a row comes, goes, moves or becomes another.
    static func standing(_ rows: [CaseRow]) -> String {
        String(
            sha256Hex(rows.map { "\($0.id)#\($0.version)" }.joined(separator: "\n")).prefix(16))
    }
}

extension Transaction {
    /// Open cases, the most pressing first; those whose clocks stand still come after those that run.
    ///
    /// - Parameters:
    ///   - bureau: Only those it handles; nil for all.
    ///   - stage: Only those at it; nil for all.
    func queueRows(bureau: String?, stage: String?) throws(DatabaseError) -> [CaseRow] {
        var open = CaseFilter()
        (open.isOpen, open.limit) = (true, QueuePage.casesShown)
        (open.bureau, open.stage) = (bureau, stage)
        let running = try caseQueue(limit: QueuePage.casesShown, bureau: bureau, stage: stage)
        guard running.count < QueuePage.casesShown else { return running }
        let still = try caseRows(open).filter { $0.due == nil }
        return running + still.prefix(QueuePage.casesShown - running.count)
    }
}
