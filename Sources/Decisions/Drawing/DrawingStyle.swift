/// The look of drawn tables and graphs. A page includes it once; everything else is class names.
public enum DrawingStyle {
    public static let stylesheet = """
        .dmn-table { border-collapse: collapse; font: 14px/1.5 system-ui, "Noto Sans CJK SC", \
        sans-serif; color: #1d2530; background: #fff; }
        .dmn-table caption { text-align: left; font-weight: 600; padding: 0 0 .5em; }
        .dmn-table caption span { font-weight: 400; color: #5b6675; margin-left: .6em; }
        .dmn-table th, .dmn-table td { border: 1px solid #b8c1cc; padding: .3em .6em; \
        text-align: left; vertical-align: top; }
        .dmn-table thead th { background: #eef2f7; font-weight: 600; }
        .dmn-table thead th.dmn-output { background: #e9f3ea; }
        .dmn-table thead th.dmn-note { background: #f6f3ea; font-weight: 400; }
        .dmn-table thead small { display: block; font-weight: 400; color: #5b6675; }
        .dmn-table .dmn-corner { text-align: center; vertical-align: middle; background: #fff; }
        .dmn-table .dmn-corner abbr { text-decoration: none; }
        .dmn-table tbody th { text-align: right; font-weight: 400; color: #5b6675; \
        white-space: nowrap; }
        .dmn-table .dmn-first { border-left: 3px double #7b8794; }
        .dmn-table td code { font: 13px/1.5 ui-monospace, "Noto Sans Mono CJK SC", monospace; \
        white-space: pre-wrap; }
        .dmn-table .dmn-any { color: #9aa4b0; }
        .dmn-table .dmn-note { color: #5b6675; min-width: 10em; }
        .dmn-table tr.dmn-hit > * { background: #e2f4e4; }
        .dmn-table tr.dmn-hit th { color: #16682a; font-weight: 600; }
        .dmn-table td.dmn-failed { background: #fdeceb; }
        .dmn-table td.dmn-failed code { color: #a3241b; }
        .dmn-graph { font: 14px system-ui, "Noto Sans CJK SC", sans-serif; max-width: 100%; \
        height: auto; }
        .dmn-graph text { fill: #1d2530; text-anchor: middle; }
        .dmn-graph .dmn-shape { fill: #fff; stroke: #49566a; stroke-width: 1.4; }
        .dmn-graph .dmn-decision .dmn-shape { fill: #eef2f7; }
        .dmn-graph .dmn-input .dmn-shape { fill: #f6f3ea; }
        .dmn-graph .dmn-service .dmn-shape { stroke-width: 3; }
        .dmn-graph .dmn-fold { fill: none; stroke: #49566a; }
        .dmn-graph .dmn-edge { fill: none; stroke: #7b8794; stroke-width: 1.2; }
        .dmn-graph .dmn-knowledge { stroke-dasharray: 5 4; }
        .dmn-graph .dmn-tip { fill: #7b8794; }
        .dmn-graph .dmn-hit .dmn-shape { fill: #e2f4e4; stroke: #16682a; stroke-width: 2.2; }
        .dmn-graph .dmn-badge { fill: #16682a; }
        .dmn-graph .dmn-badge-text { fill: #fff; font-size: 12px; }
        """
}
