import Database

extension Schema {
    /// The edition of the rules as a cut of the figures.
    static let editionFacet = SchemaStep(
        id: "0031-edition-facet",
        """
        -- Empty for records written before: they are shown as not recorded, until something happens to
        -- the case or work order.
        alter table report_record add column edition {text} not null default '';
        drop index report_record_by_day;
        create index report_record_by_day on report_record (registered_day, record_id, cells,
            is_other, kind, category, area, bureau, channel, edition);
        drop index report_record_by_ending;
        create index report_record_by_ending on report_record (ended_day, record_id, cells,
            is_other, kind, category, area, bureau, channel, edition) where ended_day is not null;
        -- Nothing so far has an edition: what is not recorded is the total. Histograms by edition are kept
        -- by month alone.
        insert into report_tally (scope, facet, grain, period, slice, is_other, is_times, cells)
        select scope, 'edition', grain, period, '', is_other, is_times, cells from report_tally
        where facet = 'total' and (is_times = 0 or grain = 'month');
        """)
}
