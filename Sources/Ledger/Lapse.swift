/// The lapse of a reservation (到期退回): what was open at its expiry goes back to the pool by rule.
///
/// A lapse is one voucher that only the ledger writes, so that nobody can let a reservation lapse in
/// part, twice, together with something else, or under another name: its id is the reservation's with
/// `#lapse` behind it, and no other voucher may bear such an id.
enum Lapse {
    static let suffix = "#lapse"

    /// The longest id, in bytes of UTF-8, of a reservation that may expire: its lapse needs an id too.
    static let idLimit = Draft.textLimit - suffix.utf8.count

    static func id(of reservation: ID<Reservation>) -> ID<Voucher> {
        ID(reservation.text + suffix)
    }

    /// Whether `draft` is, or calls itself, a lapse.
    static func isClaimed(by draft: Draft) -> Bool {
        draft.lines.contains { $0.reservation?.step == .lapses }
            || draft.id.text.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    /// Whether a lapse has the form of one: its own id and two lines, with the whole of what is open.
    static func isWellFormed(_ draft: Draft, of reservation: Reservation) -> Bool {
        draft.id == id(of: reservation.id)
            && draft.lines
                == Posting.lapse(reservation.open, of: reservation.id, heldIn: reservation.account)
    }
}

extension Book {
    /// The vouchers that must be posted at `now` before any other: one for each open reservation whose
    /// time is over, in the order in which they expired.
    ///
    /// Their business date is the day of the expiry in `zone`, or the first open day when that one is
    /// closed. The draft of a lapse is the same whoever asks for it, and when.
    public func lapses(at now: Moment, zone: Zone = .china) -> [Draft] {
        expired(at: now).map { reservation in
            let day = zone.day(at: reservation.expires ?? now)
            return Draft(
                id: Lapse.id(of: reservation.id), fund: fund, currency: currency,
                businessDate: max(day, firstOpenDay ?? day), reason: "冻结到期，退回资金池",
                source: reservation.id.text, maker: "amends",
                lines: Posting.lapse(
                    reservation.open, of: reservation.id, heldIn: reservation.account))
        }
    }

    /// Posts every lapse that is due at `now`, and answers the new vouchers, perhaps none.
    public mutating func lapse(
        at now: Moment, zone: Zone = .china
    ) throws(PostingError) -> [Voucher] {
        var vouchers: [Voucher] = []
        for draft in lapses(at: now, zone: zone) { vouchers.append(try post(draft, at: now)) }
        return vouchers
    }
}

/// The open reservations that expire, the next one first.
///
/// A binary heap, since a verification meets hundreds of thousands. One that is settled before its time
/// stays in it until it comes up.
struct ExpiryQueue: Sendable {
    struct Entry: Comparable, Sendable {
        let expires: Moment
        let id: ID<Reservation>

        static func < (a: Entry, b: Entry) -> Bool {
            (a.expires, a.id) < (b.expires, b.id)
        }
    }

    /// Every entry is at or after the one at half its place.
    private(set) var entries: [Entry] = []

    var next: Entry? { entries.first }

    mutating func add(_ entry: Entry) {
        entries.append(entry)
        var place = entries.count - 1
        while place > 0, entries[place] < entries[(place - 1) / 2] {
            entries.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func removeNext() {
        guard let last = entries.popLast(), !entries.isEmpty else { return }
        entries[0] = last
        var place = 0
        while true {
            let below = (2 * place + 1..<min(2 * place + 3, max(entries.count, 2 * place + 1)))
                .min { entries[$0] < entries[$1] }
            guard let below, entries[below] < entries[place] else { return }
            entries.swapAt(place, below)
            place = below
        }
    }
}
