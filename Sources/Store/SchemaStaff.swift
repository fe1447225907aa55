import Database

extension Schema {
    /// What is known of the people at the line.
    static let staff = SchemaStep(
        id: "0013-staff",
        """
        -- One evaluation an agent and week, by another person; `week` is its Monday.
        create table staff_evaluation (
            agent {text} not null, week {text} not null, score {int} not null, note {text} not null,
            actor {text} not null, at_ms {int} not null,
            primary key (agent, week), check (score between 0 and 100)
        ) {strict};
        -- The last answer to a call-back, so that an agent's are counted without reading events.
        alter table order_row add column grade {text};
        create index order_row_by_receiver on order_row (receiver, registered_ms, grade)
            where receiver is not null;
        """)
}
