package import CoreMetrics
import Database
import Ledger
import Store
import Synchronization
import Telemetry

/// Shows the office's state as metrics, read from the database at most every few seconds.
///
/// Each server of an office shows the same: whoever adds servers up takes one, or the greatest.
package final class Gauges: Sendable {
    /// Figures are read again after this, in seconds.
    package static let age_seconds: Int64 = 5

    private let office: Office
    /// Tells the offices of one process apart; empty where there is one.
    private let name: String
    private let registry: any MetricsFactory
    private let lastRead = Mutex<ContinuousClock.Instant?>(nil)
    /// Stages that were shown once: they go on being shown, with none.
    private let stages = Mutex<Set<String>>([])

    package init(office: Office, named name: String = "", registry: any MetricsFactory) {
        self.office = office
        self.name = name
        self.registry = registry
    }

    /// What a program can say at once, and what the database says where that has grown old.
    package func show() async {
        set(.ready, office.faults.isEmpty ? 1 : 0)
        set(.build, 1, ("version", Release.version), ("engine", office.database.engine.rawValue))
        set(.waiting, office.database.waitingWrites, ("kind", "write"))
        set(.waiting, office.database.waitingReads, ("kind", "read"))
        let now = ContinuousClock.now
        let isDue = lastRead.withLock { last in
            if let last, last.duration(to: now).components.seconds < Self.age_seconds {
                return false
            }
            last = now
            return true
        }
        if isDue { await read() }
        let age = lastRead.withLock { $0 }.map { $0.duration(to: .now).components.seconds } ?? 0
        set(.figuresAge, Int(age))
    }

    private func read() async {
        let moment = office.now()
        let found = try? await office.read { [office] transaction in
            let spendable: Money? =
                office.books.hasFund
                ? try Work(transaction: transaction, office: office, now: moment).spendable() : nil
            return (try transaction.operatingFigures(at: moment), spendable)
        }
        // Where the database does not answer the figures stay as they were, and their age says so.
        guard let (figures, spendable) = found else {
            return lastRead.withLock { $0 = nil }
        }
        set(.outboxDepth, Int(figures.waiting), ("state", "waiting"))
        set(.outboxDepth, Int(figures.due), ("state", "due"))
        set(.outboxDepth, Int(figures.failed), ("state", "failed"))
        set(.outboxAge, seconds(since: figures.oldestDue, at: moment))
        set(.clockLag, seconds(since: figures.caseStep, at: moment), ("kind", "case"))
        set(.clockLag, seconds(since: figures.orderStep, at: moment), ("kind", "order"))
        set(.openOrders, Int(figures.openOrders))
        set(.sessions, Int(figures.sessions))
        if let spendable { set(.spendable, Int(spendable.fen)) }
        let shown = stages.withLock { stages in
            stages.formUnion(figures.openCases.keys)
            return stages
        }
        for stage in shown {
            set(.openCases, Int(figures.openCases[stage] ?? 0), ("stage", stage))
        }
    }

    /// 0 for what has not come yet.
    private func seconds(since then: Moment?, at now: Moment) -> Int {
        then.map { Int(max(0, $0.distanceMs(to: now)) / 1_000) } ?? 0
    }

    private func set(_ metric: Metric, _ value: Int, _ labels: (String, String)...) {
        let own = name.isEmpty ? [] : [("office", name)]
        registry.makeMeter(label: metric.rawValue, dimensions: labels + own).set(Int64(value))
    }
}
