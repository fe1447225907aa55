import Database

extension Schema {
    /// What people may not do alone, counted and kept.
    static let controls = SchemaStep(
        id: "0007-controls",
        """
        -- What each advance has reserved, owes or has paid; 0 once it went back. The caps are sums of it,
        -- read in the transaction that commits. (Advances committed before this step are not in it.)
        create table commitment (
            case_id {text} not null, advance {int} not null, day {text} not null,
            merchant_id {text}, tourist {text} not null, tier {text} not null,
            amount_fen {int} not null,
            primary key (case_id, advance)
        ) {strict};
        create index commitment_by_day on commitment (day, merchant_id, tier, amount_fen);
        create index commitment_by_tourist on commitment (tourist, day, amount_fen);
        -- A hash of the person, so that one person's cases are found without the name.
        alter table case_row add column claimant {text};
        create index case_row_by_claimant on case_row (claimant, filed_ms);
        -- Refused because another person must do it. Kept in a transaction of its own.
        create table control_attempt (
            number {int} not null primary key, actor {text} not null, roles {text} not null,
            command {text} not null, rule {text} not null, case_id {text}, at_ms {int} not null
        ) {strict};
        -- Who sent a payout: the office itself, or a person by hand.
        alter table payout add column ordered_by {text};
        alter table recovery add column limitation_day {text};
        -- What a line in suspense is said to be, by one person, and whether another agreed. `target_kind`:
        -- case, merchant, grant. `line` is the sub-account of suspense.
        create table suspense_claim (
            number {int} not null primary key, fund {text} not null, account {text} not null,
            key {text} not null, line {text} not null, amount_fen {int} not null,
            target_kind {text} not null, target {text} not null, reason {text} not null,
            proposed_by {text} not null, proposed_ms {int} not null, decided_by {text},
            decided_ms {int}, is_confirmed {int}
        ) {strict};
        create index suspense_claim_by_line on suspense_claim (account, key);
        """)
}
