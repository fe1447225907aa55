import Ledger
package import Store

/// A second factor that is shown to its person, to be typed or scanned into an app and then confirmed.
package struct Enrolment: Hashable, Sendable {
    /// Base 32; shown once, to this person.
    package let secret: String
    /// `otpauth://totp/…`, what a QR code holds.
    package let address: String
}

extension Office {
    /// Shows a new second factor. It counts only when a code of it was given: `confirmSecondFactor`.
    ///
    /// - Throws: `AccountError.noDataKey`, or `.notAdmitted` when the one in use was not given.
    package func enrolSecondFactor(in session: Session) async throws -> Enrolment {
        guard let box = accounts.terms.box else { throw AccountError.noDataKey }
        guard !session.person.hasSecondFactor || session.factor == .secondFactor else {
            throw AccountError.notAdmitted
        }
        let secret = freshBytes(TimeCode.secretBytes)
        let id = session.person.id
        let sealed = try box.seal(secret, as: secondFactorContext(id))
        try await work { try $0.transaction.proposeSecondFactor(sealed, of: id) }
        let text = base32(secret)
        return Enrolment(
            secret: text,
            address: "otpauth://totp/Amends:\(session.person.name)?secret=\(text)&issuer=Amends")
    }

    /// Takes the second factor into use, with new recovery codes. The session gets a new secret, and the
    /// person's other sessions end.
    ///
    /// - Returns: The recovery codes are shown once.
    package func confirmSecondFactor(
        _ code: String, in session: Session, from address: String
    ) async throws -> (logIn: LogIn, recoveryCodes: [String]) {
        guard let box = accounts.terms.box else { throw AccountError.noDataKey }
        let attempt = LogInAttempt(name: session.person.name, code: code, address: address)
        let codes = (0..<recoveryCodeCount).map { _ in freshRecoveryCode() }
        let id = session.person.id
        let logIn = try await work { work in
            guard let sealed = try work.transaction.credentials(of: id)?.secondFactorNext else {
                throw AccountError.notEnrolling
            }
            let secret = try box.open(sealed, as: secondFactorContext(id))
            guard let step = TimeCode.step(of: plainCode(code), for: secret, at: work.now) else {
                throw AccountError.codeWrong
            }
            try work.transaction.setSecondFactor(sealed, step: step, of: id)
            try work.transaction.setRecoveryCodes(codes.map(recoveryHash), of: id)
            try work.note(.secondFactorEnrolled, id, by: session.person.name)
            try work.transaction.endSessions(of: id, except: session.id)
            return try work.renew(session, factor: .secondFactor, attempt: attempt)
        }
        guard let logIn else { throw AccountError.notAdmitted }
        return (logIn, codes)
    }
}

extension Work {
    /// Seals second factors under the newest data key, so that the older keys can go.
    ///
    /// - Returns: How many were sealed by an older one.
    package func resealSecondFactors() throws -> Int {
        guard let box = office.accounts.terms.box else { throw AccountError.noDataKey }
        var count = 0
        for (id, sealed) in try transaction.sealedSecondFactors() {
            guard let renewed = try box.resealed(sealed, as: secondFactorContext(id)) else {
                continue
            }
            try transaction.reseal(renewed, of: id)
            count += 1
        }
        return count
    }
}

/// A person keeps so many for the day the telephone is lost.
private let recoveryCodeCount = 10

extension Work {
    /// `.secondFactor` when the code is the app's, not used before, or a recovery code; otherwise nil.
    func factor(
        of id: ID<Person>, code: String, from address: String
    ) throws -> Session.Factor? {
        let code = plainCode(code)
        guard let sealed = try transaction.credentials(of: id)?.secondFactor else { return nil }
        if code.count == 6 {
            guard let box = office.accounts.terms.box else { throw AccountError.noDataKey }
            let secret = try box.open(sealed, as: secondFactorContext(id))
            guard let step = TimeCode.step(of: code, for: secret, at: now),
                try transaction.useStep(step, of: id)
            else { return nil }
            return .secondFactor
        }
        guard try transaction.useRecoveryCode(recoveryHash(code), of: id, at: now) else {
            return nil
        }
        let left = try transaction.recoveryCodesLeft(of: id)
        let name = try transaction.person(id)?.name ?? ""
        try note(.recoveryCodeUsed, id, "\(left) left", by: name, from: address)
        return .secondFactor
    }
}

private func secondFactorContext(_ id: ID<Person>) -> String { "second-factor/\(id.text)" }

/// Without the spaces and hyphens that people put between groups.
private func plainCode(_ code: String) -> String {
    code.uppercased().filter { $0 != " " && $0 != "-" }
}

private func recoveryHash(_ code: String) -> String { sha256Hex("recovery/\(plainCode(code))") }
