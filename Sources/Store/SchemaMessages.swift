import Database

extension Schema {
    /// By which way people are written to.
    static let messages = SchemaStep(
        id: "0045-messages",
        """
        -- `way`: sms, mail, wechat. `failed_ms`: when it was given up, with `last_error` as the reason.
        alter table tourist_message add column way {text} not null default 'sms';
        alter table tourist_message add column failed_ms {int};
        -- Where a tourist wants to be written to, where that is not the telephone of the filing. `payload` is
        -- the address, sealed by the case's key.
        create table tourist_contact (
            case_id {text} not null primary key, way {text} not null, payload {text} not null,
            set_ms {int} not null
        ) {strict};
        -- The same of a merchant, sealed by the office's key.
        create table merchant_contact (
            merchant_id {text} not null primary key, way {text} not null, payload {text} not null,
            set_ms {int} not null, set_by {text} not null
        ) {strict};
        """)
}
