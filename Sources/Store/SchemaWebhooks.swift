import Database

extension Schema {
    /// Who is told of what happens, and how that went.
    static let webhooks = SchemaStep(
        id: "0043-webhooks",
        """
        -- A subscription. `events`: types, or beginnings such as amends.case.*, blanks between. `state`: active,
        -- paused (by a person), gone (it answered 410), failing (for days). The secret before still signs
        -- until `before_ends_ms`.
        create table webhook (
            id {text} not null primary key, name {text} not null, url {text} not null,
            events {text} not null, secret {text} not null, secret_before {text},
            before_ends_ms {int}, state {text} not null, made_ms {int} not null,
            made_by {text} not null
        ) {strict};
        -- How its endpoint fares: apart, so that whoever changes a case reads nothing that the sender
        -- writes. `failures`: in a row; nothing is sent before `rest_until_ms`.
        create table webhook_health (
            webhook_id {text} not null primary key, failures {int} not null,
            failing_since_ms {int}, rest_until_ms {int} not null
        ) {strict};
        create index webhook_by_state on webhook (state, id);
        -- One row an event and subscription, written with the event. `state`: waiting, delivered, failed.
        -- `body` is what is signed, to the letter; it names nobody.
        create table webhook_delivery (
            id {text} not null primary key, webhook_id {text} not null, event_id {text} not null,
            kind {text} not null, subject {text} not null, body {text} not null,
            state {text} not null, made_ms {int} not null, attempts {int} not null,
            not_before_ms {int} not null, lease_until_ms {int} not null, tried_ms {int},
            last_status {int}, last_error {text}
        ) {strict};
        create index webhook_delivery_due on webhook_delivery
            (webhook_id, state, not_before_ms, id);
        create index webhook_delivery_by_time on webhook_delivery (made_ms, id);
        create index webhook_delivery_by_state on webhook_delivery (state, made_ms, id);
        """)
}
