import CPostgres

/// PostgreSQL through libpq. Not yet: opening is refused.
func makePostgresEngine(
    _ url: String, options: Database.Options
) throws(DatabaseError) -> any Engine {
    throw .cannotOpen("postgres", why: "this version does not speak to PostgreSQL yet")
}
