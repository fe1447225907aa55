/// Why a tourist's rating or one-time code was not taken. Nothing was changed.
package enum TouristError: Error, Hashable, Sendable {
    /// Before it is settled there is nothing to rate.
    case notSettled
    case ratedBefore
    /// Codes were asked for too often with this number and telephone.
    case askedTooOften(seconds: Int)
    /// Also where there is no such case, no code, one that has lapsed, or one tried too often: these are
    /// not told apart.
    case codeWrong
}
