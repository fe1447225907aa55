package import Ledger

/// A refusal as scripts and the naive model write it.
package func name(of error: PostingError) -> String {
    switch error {
    case .idTaken: "taken"
    case .booksOutOfBalance: "damaged"
    case .wrongFund: "fund"
    case .wrongCurrency: "currency"
    case .badText(let field, _): "text \(field)"
    case .tooFewLines: "few"
    case .tooManyLines: "many"
    case .amountNotPositive(let line, _): "amount \(line)"
    case .unknownAccount(let line, _): "account \(line)"
    case .unbalanced(let debits, let credits): "unbalanced \(debits) \(credits)"
    case .periodClosed(_, let firstOpen): "closed \(firstOpen)"
    case .reversesAndCorrects: "both"
    case .voucherUnknown(let id): "unknown \(id)"
    case .reversedBefore(let id, let other): "reversed \(id) \(other)"
    case .notMirrored(let id, let line): "unlike \(id) \(line)"
    case .reservationMissing(let line): "missing \(line)"
    case .reservationMisplaced(let line, _): "misplaced \(line)"
    case .reservationTaken: "reserved"
    case .reservationUnknown: "unknown"
    case .reservationSettled: "settled"
    case .reservationExpired: "expired"
    case .reservationNotExpired(_, nil): "unlimited"
    case .reservationNotExpired(_, .some): "early"
    case .reservationElsewhere(_, let account): "elsewhere \(account)"
    case .releaseUnpaid(let released, let payable): "unpaid \(released) \(payable)"
    case .lapseMalformed: "malformed"
    case .lapseDue(let id): "due \(id)"
    case .reservationInsufficient(_, let open, let wanted): "insufficient \(open) \(wanted)"
    case .overflow: "overflow"
    case .overdrawn(_, let free, let wanted): "overdrawn \(free) \(wanted)"
    case .guardWouldFall(let name, let free, let wanted): "\(name) \(free) \(wanted)"
    }
}
