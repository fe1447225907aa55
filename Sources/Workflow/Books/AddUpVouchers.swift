import Store

extension Office {
    /// Keeps what full blocks of vouchers come to in the fund's statement, so that no bulletin has to read
    /// them. A few at a time: nobody waits for it.
    ///
    /// - Returns: Whether there were any; then there may be more.
    @discardableResult
    package func addUpVouchers() async throws -> Bool {
        guard books.hasFund else { return false }
        let parts = try await read { [books] transaction in
            try transaction.nextStatementParts(books.fund, limit: blocksAtOnce)
        }
        guard !parts.isEmpty else { return false }
        try await work { [books] in try $0.transaction.keep(parts, of: books.fund) }
        return true
    }
}

private let blocksAtOnce: Int64 = 8
