package import Casework
import Database
package import Ledger
package import Workflow

/// What the command line shares with the web: the same forms, views and problems, so that a case reads
/// and fails alike wherever it is asked for.
package enum Console {
    /// Reads a filing as `POST /api/v1/cases` takes it.
    ///
    /// - Throws: What `sentence(for:)` puts into words.
    package static func filing(from json: [UInt8]) throws -> Filing {
        let value: JSONValue
        do throws(MalformedJSON) {
            value = try JSONReader.read(json)
        } catch {
            throw Problem.malformedJSON(error)
        }
        return try Fields.read(FilingForm.self, from: value).filing
    }

    /// The JSON of a case, as `GET /api/v1/cases/{case}` gives it to whoever may read personal data.
    package static func json(of id: ID<Case>, in office: Office, for actor: Actor) async throws
        -> String
    {
        Answer.text(of: try await office.wholeCase(id).view(office, Sight(actor)))
    }

    /// An error in a sentence that says what to do, and whether the fault lies with the asker.
    package static func sentence(for error: any Error) -> (text: String, isAskers: Bool) {
        if let sentence = (error as? DatabaseError)?.operatorsSentence { return (sentence, false) }
        guard let problem = Problem(error) else { return ("\(error)", false) }
        let fields = problem.errors.map { "\n  \($0.field): \($0.text.en)" }.joined()
        return (problem.detail.en + fields, problem.status < 500)
    }
}
