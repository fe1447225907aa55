import Database

extension DatabaseError {
    /// What the operator at the command line is told of a database that does not do its part; nil where the
    /// sentence for whoever asks says it as well. Over HTTP nobody hears of files and statements.
    var operatorsSentence: String? {
        switch self {
        case .cannotOpen(let place, let why):
            "\(place) cannot be opened: \(why). Check the address, the rights of the file and of its folder, and whether the server runs."
        case .corrupt(let what):
            "The database is damaged, or is no database of ours: \(what). Change nothing in it; keep a copy, and restore the last back-up beside it (amends restore)."
        case .storage(let what):
            "The database's files cannot be read or written: \(what). Check the disk, then try again."
        case .schemaAhead(let step):
            "The database was changed by a newer program (step \(step)): use that program."
        case .schemaEdited(let step):
            "The schema step \(step) was applied in another form than this program knows: it is from another build. Use the program that made the database."
        case .statement(_, let message):
            "The database refused a statement: \(message). Nothing was changed."
        case .constraint(_, let name, _):
            "The database's own rule \(name) refused it. Nothing was changed."
        case .readOnly, .nulInText, .unexpectedColumn, .busy, .conflict, .full, .lost,
            .commitUnknown, .closed:
            nil
        }
    }
}
