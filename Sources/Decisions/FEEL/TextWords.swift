/// The two words a string is made of: a short text itself, or where a longer one stands.
///
/// Strings of the same words are the same text as long as one of them is held, whatever the words
/// mean: nobody changes the text of a string that somebody else holds. Other words tell nothing:
/// the same text may stand in two places. (Where a string has another size, the first use traps.)
struct TextWords: Equatable, Sendable {
    private let first: UInt64
    private let second: UInt64

    @inline(__always)
    init(_ text: String) {
        (first, second) = unsafeBitCast(text, to: (UInt64, UInt64).self)
    }

    /// Its upper bits tell words apart. Whoever keeps a table by them keeps texts of a model in it,
    /// which does not grow with what is asked: nobody can crowd it.
    @inline(__always)
    var hash: UInt64 { (first ^ second) &* 0x9E37_79B9_7F4A_7C15 }
}
