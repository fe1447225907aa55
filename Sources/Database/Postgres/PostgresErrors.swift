extension DatabaseError {
    /// - Parameter postgresState: Five letters, of which the first two are the class (PostgreSQL's
    ///   manual, appendix A).
    init(postgresState state: String, message: String, constrained: String, sql: String) {
        self =
            switch state {
            case "40001", "40P01": .conflict
            case "55P03", "53300": .busy
            case "25006": .readOnly(sql: sql)
            case "22021": .nulInText(sql: sql)
            case "53100": .full
            // Not of the connection: more or fewer values than parameters.
            case "08P01": .statement(sql: sql, message: message)
            case "57P01", "57P02", "57P03", "57P05", "25P03": .lost
            case "XX001", "XX002": .corrupt(message)
            case _ where state.hasPrefix("08"): .lost
            case _ where state.hasPrefix("53") || state.hasPrefix("58"): .storage(message)
            case _ where state.hasPrefix("23"):
                .constraint(Constraint(postgresState: state), name: constrained, sql: sql)
            default: .statement(sql: sql, message: message)
            }
    }
}

extension DatabaseError.Constraint {
    fileprivate init(postgresState state: String) {
        self =
            switch state {
            case "23502": .notNull
            case "23503": .foreignKey
            case "23505": .unique
            case "23514": .check
            default: .other
            }
    }
}
