import Database
import FoundationEssentials

private let decoder = JSONDecoder()

/// Text in the shape the events and messages are stored in: JSON with sorted keys.
func jsonText(_ value: some Encodable) throws(DatabaseError) -> String {
    do {
        return String(decoding: try SortedJSONEncoder.bytes(of: value), as: UTF8.self)
    } catch {
        throw .storage("a \(type(of: value)) has no JSON form: \(error)")
    }
}

/// - Parameter place: Where the text stands, for the message: `case_event SY-… #3`.
func fromJSON<T: Decodable>(
    _ type: T.Type, _ text: String, at place: @autoclosure () -> String
) throws(DatabaseError) -> T {
    do {
        return try decoder.decode(type, from: Data(text.utf8))
    } catch {
        throw .corrupt("\(place()) does not read as \(type): \(error)")
    }
}
