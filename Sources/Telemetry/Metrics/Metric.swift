/// Every metric of the service: its name, what it says, and how it is measured.
///
/// What a library of others' measures is shown as well, under its own name and without a description.
package enum Metric: String, CaseIterable, Sendable {
    case requests = "amends_http_requests_total"
    case requestSeconds = "amends_http_request_duration_seconds"
    case commits = "amends_database_commits_total"
    case groupSize = "amends_database_group_size"
    case commitSeconds = "amends_database_commit_duration_seconds"
    case reruns = "amends_database_reruns_total"
    case waitSeconds = "amends_database_wait_seconds"
    case waiting = "amends_database_waiting"
    case rounds = "amends_rounds_total"
    case roundSeconds = "amends_round_duration_seconds"
    case trips = "amends_courier_trips_total"
    case tripSeconds = "amends_courier_trip_duration_seconds"
    case outboxDepth = "amends_outbox_messages"
    case outboxAge = "amends_outbox_oldest_age_seconds"
    case clockLag = "amends_clock_lag_seconds"
    case openCases = "amends_cases_open"
    case openOrders = "amends_orders_open"
    case spendable = "amends_fund_spendable_fen"
    case sessions = "amends_sessions"
    case figuresAge = "amends_figures_age_seconds"
    case ready = "amends_ready"
    case build = "amends_build_info"
    case spansDropped = "amends_trace_spans_dropped_total"
    case seriesRefused = "amends_metrics_series_refused_total"
    case memory = "process_resident_memory_bytes"
    case cpuSeconds = "process_cpu_seconds_total"
    case startTime = "process_start_time_seconds"
    case openFiles = "process_open_fds"
    case openFilesLimit = "process_max_fds"

    package var help: String {
        switch self {
        case .requests: "Requests answered, by method, route pattern and status."
        case .requestSeconds: "From a request's head to its answer's head, by route pattern."
        case .commits: "Durable commits of this server."
        case .groupSize: "Closures that shared one durable commit."
        case .commitSeconds: "From a group's begin to the end of its commit."
        case .reruns:
            "Transactions run again because another was in the way or the connection went."
        case .waitSeconds: "How long a closure waited for its thread, by kind."
        case .waiting: "Closures that wait for a thread now, by kind."
        case .rounds: "Rounds of clocks, payouts and messages, by outcome."
        case .roundSeconds: "How long one round took."
        case .trips: "Requests sent to others, by outcome."
        case .tripSeconds: "From handing over a request to its outcome, waiting included."
        case .outboxDepth: "Messages that wait to be sent, by state."
        case .outboxAge: "How long the oldest message that may be sent has waited."
        case .clockLag: "How long the oldest step that is due has waited, by kind of clock."
        case .openCases: "Cases not closed, by stage."
        case .openOrders: "Work orders not closed."
        case .spendable: "What the fund may still promise, in fen."
        case .sessions: "Log-ins that have not ended."
        case .figuresAge: "How old the figures read from the database are."
        case .ready: "1 when the service takes work, as /readyz says; 0 otherwise."
        case .build: "1, with the version and the database engine as labels."
        case .spansDropped: "Spans given up because the queue of the exporter was full."
        case .seriesRefused: "Series not kept apart because a metric had too many."
        case .memory: "Resident memory of the process."
        case .cpuSeconds: "CPU time of the process, user and system."
        case .startTime: "When the process started, in Unix seconds."
        case .openFiles: "Open file descriptors."
        case .openFilesLimit: "How many file descriptors may be open."
        }
    }

    /// Upper bounds of a histogram's buckets, rising; nil where the metric is none.
    package var bounds: [Double]? {
        switch self {
        case .groupSize: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
        case .requestSeconds, .roundSeconds, .tripSeconds:
            [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
        case .commitSeconds, .waitSeconds:
            [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]
        default: nil
        }
    }

    /// Of a histogram that nobody described.
    static let usualBounds: [Double] = [0.001, 0.01, 0.1, 1, 10, 100, 1_000]
}
