import Casework
import Courier

// Hummingbird and Courier both have a request; this file sees only the client's.
typealias WireRequest = Request
typealias WireResponse = Response
