import Database

extension Schema {
    /// Which files lie sealed: their bytes cannot tell.
    static let sealing = SchemaStep(
        id: "0041-sealing",
        """
        -- 1: `bytes` are sealed by the office's key, bound to the hash.
        alter table evidence add column is_sealed {int} not null default 0;
        """)
}
