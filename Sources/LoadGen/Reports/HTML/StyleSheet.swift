/// The page's looks: light, dark, and on paper.
enum StyleSheet {
  static let markup: Markup = """
    :root {
      color-scheme: light dark;
      --page: #f5f6f8; --paper: #ffffff; --ink: #18212c; --quiet: #5a6675; --line: #e2e6eb; --grid: #eceff3;
      --blue: #2563c9; --orange: #c8620a; --teal: #0c8377; --violet: #7a4fc4; --grey: #8793a1;
      --good: #14734a; --bad: #bd2730; --warn: #8a5a00; --good-bg: #e4f4ec; --bad-bg: #fcebec; --warn-bg: #fdf3dc;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #0e1217; --paper: #161b22; --ink: #e4e9f0; --quiet: #96a2b1; --line: #2a323d; --grid: #232a34;
        --blue: #78a9ff; --orange: #f2a65a; --teal: #4cc9ba; --violet: #b596f5; --grey: #7d8997;
        --good: #57cf98; --bad: #ff868c; --warn: #e6b450; --good-bg: #14302a; --bad-bg: #3a1d22; --warn-bg: #362b14;
      }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
    main { max-width: 1120px; margin: 0 auto; padding: 28px 20px 60px; }
    header { background: var(--paper); border: 1px solid var(--line); border-left: 6px solid var(--warn); border-radius: 10px; padding: 20px 26px 18px; }
    header.pass { border-left-color: var(--good); } header.fail { border-left-color: var(--bad); }
    .verdict { display: inline-block; margin: 0 0 6px; padding: 2px 12px; border-radius: 99px; font-weight: 700; font-size: 13px; letter-spacing: .08em; color: var(--warn); background: var(--warn-bg); }
    .pass .verdict { color: var(--good); background: var(--good-bg); } .fail .verdict { color: var(--bad); background: var(--bad-bg); }
    h1 { margin: 0 0 6px; font-size: 25px; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere; }
    h1 .target { font-weight: 400; color: var(--quiet); font-size: 17px; }
    h2 { margin: 0 0 12px; font-size: 18px; letter-spacing: -.005em; } h3 { margin: 0 0 6px; font-size: 14px; }
    p { margin: 0 0 8px; } .reason { font-size: 16px; max-width: 80ch; overflow-wrap: anywhere; } header .quiet { margin: 8px 0 0; }
    .quiet { color: var(--quiet); font-size: 13px; } p.quiet { max-width: 100ch; }
    section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 20px 26px 16px; margin-top: 16px; }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; margin: 16px 0 0; }
    .tiles div { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; }
    .tiles dt { color: var(--quiet); font-size: 13px; } .tiles dd { margin: 0; } .tiles dd:not(.quiet) { font-size: 25px; font-weight: 600; letter-spacing: -.015em; font-variant-numeric: tabular-nums; }
    .scroll { overflow-x: auto; margin: 0 0 10px; }
    table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
    th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
    th[scope="row"] { min-width: 130px; } tbody tr:last-child > * { border-bottom: 0; } th:last-child, td:last-child { padding-right: 0; }
    thead th { color: var(--quiet); font-size: 12.5px; white-space: nowrap; } .number { text-align: right; white-space: nowrap; }
    .sums { width: auto; } .range { white-space: nowrap; } code { font: 13px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
    .below { display: block; } .mark + bdi ~ .below { padding-left: 1.6em; } .mark { display: inline-block; width: 1.25em; font-weight: 700; } .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .none { color: var(--quiet); }
    tr.fail, tr.contradicted { background: linear-gradient(var(--bad-bg), var(--bad-bg)); } tr.undecided, tr.unexplained { background: linear-gradient(var(--warn-bg), var(--warn-bg)); }
    tr.fail > :last-child, tr.contradicted > :last-child { padding-right: 8px; border-radius: 0 6px 6px 0; } tr.fail > :first-child, tr.contradicted > :first-child, tr.undecided > :first-child, tr.unexplained > :first-child { padding-left: 8px; border-radius: 6px 0 0 6px; }
    .finding { font-weight: 600; overflow-wrap: anywhere; }
    .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 18px 28px; margin: 6px 0 12px; }
    figure { margin: 0; min-width: 0; } figcaption { display: flex; flex-wrap: wrap; gap: 2px 14px; align-items: baseline; font-size: 13.5px; margin-bottom: 4px; overflow-wrap: anywhere; }
    .legend { display: inline-flex; flex-wrap: wrap; gap: 0 12px; color: var(--quiet); font-size: 12px; margin-left: auto; } .legend span { white-space: nowrap; } .legend svg { margin-right: 4px; vertical-align: -1px; }
    .chart > svg { display: block; width: 100%; height: auto; }
    .grid { stroke: var(--grid); fill: none; } .base { stroke: var(--grey); fill: none; }
    .tick { fill: var(--quiet); font-size: 11px; font-variant-numeric: tabular-nums; } .end { text-anchor: end; } .middle { text-anchor: middle; }
    .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; } .dashed { stroke-dasharray: 5 4; stroke-linecap: butt; }
    .line.blue { stroke: var(--blue); } .line.orange { stroke: var(--orange); } .line.teal { stroke: var(--teal); } .line.violet { stroke: var(--violet); } .line.grey { stroke: var(--grey); stroke-width: 3.5; opacity: .55; }
    .area { stroke: none; opacity: .16; } .area.teal { fill: var(--teal); } .area.violet { fill: var(--violet); } .area.band { fill: var(--blue); opacity: .2; }
    .line.band { stroke: var(--blue); stroke-width: 1; opacity: .5; }
    .dot.claim { fill: var(--ink); } .dot.outside { fill: var(--bad); stroke: var(--paper); stroke-width: 1; }
    details { border-top: 1px solid var(--line); padding: 6px 0; } summary { cursor: pointer; } .events { margin: 6px 0; padding-left: 0; list-style: none; font-size: 13.5px; }
    .at { display: inline-block; min-width: 7em; text-align: right; padding-right: 1em; color: var(--quiet); font-variant-numeric: tabular-nums; }
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr)); gap: 14px 32px; font-size: 13.5px; margin-top: 12px; }
    .facts dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 0; } .facts dt { color: var(--quiet); } .facts dd { margin: 0; overflow-wrap: anywhere; }
    @media print {
      body { background: none; font-size: 11px; } main { max-width: none; padding: 0; } section, header, .tiles div { border-radius: 0; padding: 8px 10px; }
      figure, tr, .tiles, details { break-inside: avoid; } h2 { break-after: avoid; } details:not([open]) > * { display: block; } .charts { grid-template-columns: 1fr 1fr; }
      .scroll { overflow: visible; } table { font-size: 9.5px; }
    }
    """
}
