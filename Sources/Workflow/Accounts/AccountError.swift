/// Why the office did not admit somebody, or change an account. Unless a case says otherwise, nothing was
/// recorded.
package enum AccountError: Error, Hashable, Sendable {
    /// Name, password or code is wrong, or the account is closed: never told apart. It was counted.
    case notAdmitted
    /// Too many failed before. What was typed was not looked at.
    case wait(seconds: Int)
    /// Too many are logging in at this moment.
    case busy
    /// A new password is not fit.
    case unfitPassword(PasswordFault)
    case noSuchPerson(String)
    case noSuchSession
    case nameTaken(String)
    /// A log-in name is 2 to 32 small letters, digits, dots, hyphens and underscores.
    case unfitName(String)
    case unfitRoles(RolesFault)
    /// There would be no administrator left.
    case lastAdministrator
    /// The service holds no data key to seal a second factor with.
    case noDataKey
    /// No second factor was shown that could be confirmed.
    case notEnrolling
    /// The code does not fit the second factor that is to be confirmed.
    case codeWrong
    case openID(OpenIDFault)

    package enum RolesFault: Hashable, Sendable {
        case none, tourist, bureauMissing, bureauNotWanted, merchantMissing, merchantNotWanted
        case noSuchMerchant(String)
    }

    /// Why a log-in at the identity provider did not come to an end here.
    package enum OpenIDFault: String, Hashable, Sendable {
        case notConfigured
        /// The provider could not be reached, or answered what cannot be read.
        case unreachable
        /// What came back is not the answer to what this browser asked, or came too late.
        case stateWrong
        /// The provider refused, or the person gave up.
        case refused
        /// The ID token is not from this provider, not for us, too old, or not for this request.
        case tokenWrong
        /// Nobody here is linked to that identity.
        case unknownSubject
    }
}
