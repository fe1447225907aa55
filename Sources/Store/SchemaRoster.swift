import Database

extension Schema {
    /// Who is on which shift.
    static let roster = SchemaStep(
        id: "0030-roster",
        """
        -- A day's roster is set as a whole; the last revision counts, and who set the ones before stays
        -- known. One row a setting.
        create table roster (
            day {text} not null, revision {int} not null, actor {text} not null, at_ms {int} not null,
            primary key (day, revision)
        ) {strict};
        -- One row a person on a shift; `place` is 0-based within the revision.
        create table roster_person (
            day {text} not null, revision {int} not null, place {int} not null,
            shift {text} not null, person {text} not null,
            primary key (day, revision, place)
        ) {strict};
        """)
}
