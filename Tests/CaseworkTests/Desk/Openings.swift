/// How stories begin; each goes on where the one before ends.
enum Opening {
    static let accepted = """
        amy     file
        office  classify
        office  accept
        """
    static let determined = accepted + "\noffice  determine 800\n"
    /// Waits for one reviewer.
    static let proposed = determined + "office  propose reserve 800 reviewer\n"
    static let reserved = proposed + "ray approve reviewer\noffice commit\n"
    static let withBureau = reserved + "office forward market\n"
    static let refused =
        determined + "office propose notEligible 0 automatic\noffice forward market\n"
    static let owed =
        determined
            + """
            office  propose quickPay 800 automatic
            office  commit
            office  openRecovery

            """
    static let ordered = owed + "office orderPayout\n"
    static let paid = ordered + "office wallet P1 confirmed\n"
    static let notified = paid + "ann serve receipt-1\n"
    static let claimedBack = paid + "amy double 200 slip\nsue claimBack twice\n"
    static let overCap =
        proposed + "ray approve reviewer\noffice commit cap day 1000 400\n"
    static let owedWithInterest =
        determined
            + """
            office  propose quickPay 800 automatic
            office  commit
            office  openRecovery 310
            office  orderPayout
            office  wallet P1 confirmed
            ann     serve receipt-1

            """
}
