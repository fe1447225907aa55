import Crypto
import CryptoExtras
import Foundation
import Ledger

/// A password as kept: scrypt (RFC 7914) with its cost and salt, so that the cost can be raised later.
package struct PasswordHash: Hashable, Sendable {
    let cost: Cost
    let salt: Hash
    let key: Hash

    /// Of one computation of scrypt.
    package struct Cost: Hashable, Sendable {
        /// The binary logarithm of N: memory is 2^N × `blockSize` × 128 bytes.
        package let logRounds: Int
        package let blockSize: Int
        package let parallelism: Int

        package init(logRounds: Int, blockSize: Int = 8, parallelism: Int = 1) {
            precondition((4...20).contains(logRounds), "2^\(logRounds) rounds")
            precondition((1...32).contains(blockSize), "a block size of \(blockSize)")
            precondition((1...8).contains(parallelism), "\(parallelism) in parallel")
            self.logRounds = logRounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// 32 MiB. `docs/SECURITY.md` says how long it takes.
        package static let standard = Cost(logRounds: 15)
    }

    /// Hashes `password`. Takes as long as the cost says: call it on a thread that may block.
    ///
    /// - Parameter salt: Fresh randomness.
    init(of password: String, salt: Hash, cost: Cost) throws {
        self.cost = cost
        self.salt = salt
        key = try Self.derive(password, salt, cost)
    }

    private init(cost: Cost, salt: Hash, key: Hash) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// A hash that no password is known for.
    static func ofNobody(_ cost: Cost) -> PasswordHash {
        PasswordHash(cost: cost, salt: Hash(of: Array("nobody".utf8)), key: .zero)
    }

    /// Whether `password` is the one. Takes as long as the cost says.
    func fits(_ password: String) throws -> Bool {
        let other = try Self.derive(password, salt, cost)
        // Every bit is looked at, whatever the first ones say.
        return zip(other.bytes, key.bytes).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ password: String, _ salt: Hash, _ cost: Cost) throws -> Hash {
        let key = try KDF.Scrypt.deriveKey(
            from: Array(normalised(password).utf8), salt: salt.bytes, outputByteCount: 32,
            rounds: 1 << cost.logRounds, blockSize: cost.blockSize, parallelism: cost.parallelism)
        guard let hash = key.withUnsafeBytes({ Hash(bytes: $0) }) else {
            preconditionFailure("scrypt gave \(key.bitCount) bits")
        }
        return hash
    }

    /// NFKC: the same password typed on two keyboards is the same bytes (NIST SP 800-63B §5.1.1.2).
    package static func normalised(_ password: String) -> String {
        password.precomposedStringWithCompatibilityMapping
    }
}

extension PasswordHash: LosslessStringConvertible {
    /// `scrypt$15$8$1$SALT$KEY`, hexadecimal.
    package var description: String {
        "scrypt$\(cost.logRounds)$\(cost.blockSize)$\(cost.parallelism)$\(salt.hex)$\(key.hex)"
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt",
            let logRounds = Int(parts[1]), (4...20).contains(logRounds),
            let blockSize = Int(parts[2]), (1...32).contains(blockSize),
            let parallelism = Int(parts[3]), (1...8).contains(parallelism),
            let salt = Hash(hex: parts[4]), let key = Hash(hex: parts[5])
        else { return nil }
        self.init(
            cost: Cost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism),
            salt: salt, key: key)
    }
}
