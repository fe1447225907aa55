import CCurl
import Glibc

/// The courier's thread: moves every transfer forward, sleeps in `curl_multi_poll` when none can move.
final class Carrier {
    private let desk: Desk
    private let multi: UnsafeMutableRawPointer
    private var trips: [UInt64: Trip] = [:]

    /// libcurl wants to be initialised once per process, before anything else.
    private static let isCurlReady = curl_global_init(Int(CURL_GLOBAL_SSL)) == CURLE_OK

    /// How long the thread sleeps when nothing waits; only the bell matters then.
    private static let idle_ms: Int64 = 60_000

    /// Starts the thread. Where that fails the desk closes, and every request is answered `closed`.
    static func start(for desk: Desk) {
        let box = Unmanaged.passRetained(desk)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let desk = Unmanaged<Desk>.fromOpaque(argument).takeRetainedValue()
                courier_settle_thread("courier")
                Carrier(for: desk)?.run()
                desk.leave()
                return nil
            }, box.toOpaque())
        if code == 0 {
            pthread_detach(thread)
        } else {
            box.release()
            desk.leave()
        }
    }

    private init?(for desk: Desk) {
        guard Self.isCurlReady, let multi = curl_multi_init() else { return nil }
        self.desk = desk
        self.multi = multi
        courier_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, desk.limits.concurrency)
    }

    private func run() {
        desk.open(multi)
        while true {
            desk.dropExpired()
            let work = desk.fetch(free: desk.limits.concurrency - trips.count)
            if work.isClosed { break }
            for errand in work.errands { begin(errand) }
            for number in work.cancelled {
                trips[number].map { abandon($0, .cancelled, .cancelled) }
            }
            var running: CInt = 0
            curl_multi_perform(multi, &running)
            if !collect() { curl_multi_poll(multi, nil, 0, CInt(patience_ms), nil) }
        }
        // No bell may ring on a handle that is gone.
        desk.leave()
        for trip in Array(trips.values) { abandon(trip, .closed, .closed) }
        curl_multi_cleanup(multi)
    }

    private func begin(_ errand: Errand) {
        let limits = desk.limits
        let remaining_ms =
            limits.whole_ms - Int(errand.began.duration(to: .now) / .milliseconds(1))
        guard remaining_ms > 0 else {
            return desk.settle(errand, .failure(.notSent(.waitedTooLong)))
        }
        guard let trip = Trip(errand, limits: limits) else {
            let code = Int(CURLE_OUT_OF_MEMORY.rawValue)
            return desk.settle(errand, .failure(.notSent(.other(code: code))))
        }
        let code = trip.prepare(connect_ms: limits.connect_ms, remaining_ms: remaining_ms)
        guard code == CURLE_OK else { return desk.settle(errand, trip.outcome(code)) }
        guard curl_multi_add_handle(multi, trip.easy) == CURLM_OK else {
            return desk.settle(errand, trip.outcome(CURLE_FAILED_INIT))
        }
        trips[errand.number] = trip
    }

    /// Answers the callers whose transfers ended. True when there were any: their places are free.
    private func collect() -> Bool {
        var isAny = false
        var left: CInt = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else {
                continue
            }
            // Read before the handle is removed: the message goes with it.
            let code = courier_message_result(message)
            var private_: UnsafeMutableRawPointer?
            courier_getinfo_pointer(easy, CURLINFO_PRIVATE, &private_)
            guard let private_ else { continue }
            let trip = Unmanaged<Trip>.fromOpaque(private_).takeUnretainedValue()
            finish(trip, trip.outcome(code))
            isAny = true
        }
        return isAny
    }

    private func abandon(
        _ trip: Trip, _ doubt: CourierError.Doubt, _ obstacle: CourierError.Obstacle
    ) {
        finish(trip, .failure(trip.abandoned(doubt, obstacle)))
    }

    private func finish(_ trip: Trip, _ outcome: Result<Response, CourierError>) {
        curl_multi_remove_handle(multi, trip.easy)
        trips[trip.errand.number] = nil
        desk.settle(trip.errand, outcome)
    }

    /// Until the oldest waiting errand has waited too long.
    private var patience_ms: Int64 {
        guard let oldest = desk.oldest else { return Self.idle_ms }
        let waited_ms = Int64(oldest.duration(to: .now) / .milliseconds(1))
        return min(max(Int64(desk.limits.whole_ms) - waited_ms, 1), Self.idle_ms)
    }
}
