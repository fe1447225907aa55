package import Casework
import Database
package import Ledger
import Store

/// What an office publishes of its complaints, and how it was made.
package struct PublicSet: Sendable {
    package let complaints: [PublicComplaint]
    /// Registered in time, before cells were merged.
    package let considered: Int
    package let coarsened: Int
    package let leftOut: Int
    /// At least so many look alike.
    package let threshold: Int
    /// The last day of registration.
    package let through: Day
    package let publishedOn: Day
    package let jurisdiction: String
}

extension Office {
    private static let page = 1_000

    /// Reads the complaints that were registered at least `delayDays` days ago, and makes them fit for the public.
    ///
    /// - Parameter threshold: How many must look alike, 2 or more.
    /// - Throws: `corrupt` where the office has no data keys for pseudonyms.
    package func publication(threshold: Int, delayDays: Int) async throws -> PublicSet {
        let today = books.zone.day(at: now())
        let through = today.advanced(by: -delayDays)
        let companies = try await listedCompanies(on: today)
        let state = policies.jurisdiction
        var complaints: [PublicComplaint] = []
        var after: String? = ""
        while let place = after {
            let (page, next) = try await read {
                try $0.publicSources(registeredBy: through, after: place, limit: Self.page)
            }
            complaints += page.compactMap { source in
                PublicComplaint(
                    source.record, id: source.pseudonym, matter: source.matter,
                    claimed: source.claimed,
                    company: source.record.merchant.flatMap { companies[$0] }, state: state,
                    sent: source.sentAt.map(books.zone.day(at:)))
            }
            after = next
        }
        let outcome = SmallCells.merged(complaints, threshold: threshold)
        return PublicSet(
            complaints: outcome.complaints, considered: complaints.count,
            coarsened: outcome.coarsened, leftOut: outcome.leftOut, threshold: threshold,
            through: through, publishedOn: today, jurisdiction: state)
    }

    /// The names of those who stand on the public list: they joined it to be named.
    private func listedCompanies(on today: Day) async throws -> [ID<Merchant>: String] {
        let all = try await read { try $0.merchants(named: "", limit: .max) }
        return Dictionary(
            all.filter { $0.standing(on: today).isCovered }.map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
    }
}
