/// The name among `names` that `written` was most likely meant to be, or nil where none is near.
///
/// The same but for case or spaces, or at most a third of its letters (and two) changed, left out,
/// added or swapped.
func nearestName(to written: String, among names: some Sequence<String>) -> String? {
    let wanted = folded(written)
    var best: (name: String, distance: Int)?
    for name in Set(names).sorted() where !name.isEmpty && name != written {
        let candidate = folded(name)
        if candidate == wanted { return name }
        let limit = min(2, max(wanted.count, candidate.count) / 3)
        guard abs(candidate.count - wanted.count) <= limit else { continue }
        let distance = distance(wanted, candidate)
        if distance <= limit, distance < best?.distance ?? Int.max { best = (name, distance) }
    }
    return best?.name
}

private func folded(_ name: String) -> [Character] {
    name.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }.prefix(60).map { $0 }
}

/// Letters to change, add, leave out, or swap with their neighbour.
private func distance(_ a: [Character], _ b: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                cost = min(cost, before[j - 1] + 1)
            }
            row.append(cost)
        }
        (before, last) = (last, row)
    }
    return last[b.count]
}
