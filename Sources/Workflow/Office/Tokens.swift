package import Casework
import Ledger
import Store

extension Work {
    /// Gives an actor a token. Only its SHA-256 is kept.
    ///
    /// - Parameter secret: Fresh randomness, from outside the transaction.
    package func issueToken(_ secret: String, to bearer: Actor, by actor: Actor) throws {
        try permit(.manageTokens, actor)
        // Nor a person's: whoever bears the token would act in their name.
        guard try !transaction.isNameTaken(bearer.name) else {
            throw WorkflowError.nameTaken(bearer.name)
        }
        try transaction.writeToken(hash: sha256Hex(secret), actor: bearer, at: now)
    }

    package func revokeToken(named name: String, by actor: Actor) throws {
        try permit(.manageTokens, actor)
        guard try transaction.revokeToken(named: name, at: now) else {
            throw WorkflowError.noSuchToken(name)
        }
    }

    /// The first administrator's token, given by whoever starts the service; nothing when it stands.
    package func bootstrap(administrator secret: String) throws {
        let name = "administrator"
        guard try !transaction.tokens().contains(where: { $0.name == name }) else { return }
        try transaction.writeToken(
            hash: sha256Hex(secret), actor: Actor(name: name, roles: [.administrator]), at: now)
    }
}
