import LoadRun

/// The appearance of the page: light, dark, on a narrow screen, and on paper.
enum StyleSheet {
  static let markup: Markup = "\(page)\(tables)\(charts)\(narrow)\(print)"

  private static let page: Markup = """
    :root {
      color-scheme: light dark;
      --page: #f5f6f8; --paper: #ffffff; --ink: #18212c; --quiet: #566270; --line: #e2e6eb; --grid: #eceff3;
      --blue: #2563c9; --orange: #b85a06; --teal: #0c7d72; --violet: #7a4fc4; --grey: #7d8997;
      --good: #14734a; --bad: #bd2730; --warn: #8a5a00; --good-bg: #e4f4ec; --bad-bg: #fcebec; --warn-bg: #fdf3dc;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #0e1217; --paper: #161b22; --ink: #e4e9f0; --quiet: #9aa6b5; --line: #2a323d; --grid: #232a34;
        --blue: #78a9ff; --orange: #f2a65a; --teal: #4cc9ba; --violet: #b596f5; --grey: #8f9bab;
        --good: #57cf98; --bad: #ff868c; --warn: #e6b450; --good-bg: #14302a; --bad-bg: #3a1d22; --warn-bg: #362b14;
      }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    main { max-width: 1120px; margin: 0 auto; padding: 28px 20px 60px; }
    header { background: var(--paper); border: 1px solid var(--line); border-left: 6px solid var(--warn); border-radius: 10px; padding: 20px 26px 18px; }
    header.pass { border-left-color: var(--good); } header.fail { border-left-color: var(--bad); }
    .verdict { display: inline-block; margin: 0 0 6px; padding: 2px 12px; border-radius: 99px; font-weight: 700; font-size: 13px; letter-spacing: .08em; color: var(--warn); background: var(--warn-bg); }
    .pass .verdict { color: var(--good); background: var(--good-bg); } .fail .verdict { color: var(--bad); background: var(--bad-bg); }
    h1 { margin: 0 0 6px; font-size: 25px; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere; }
    h1 .target { font-weight: 400; color: var(--quiet); font-size: 17px; }
    h2 { margin: 0 0 12px; font-size: 18px; letter-spacing: -.005em; } h3 { margin: 0 0 6px; font-size: 14px; overflow-wrap: anywhere; }
    p { margin: 0 0 8px; overflow-wrap: anywhere; } .reason { font-size: 16px; max-width: 80ch; } header .quiet { margin: 8px 0 0; }
    a { color: var(--blue); }
    .quiet { color: var(--quiet); font-size: 13px; } p.quiet { max-width: 100ch; }
    section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 20px 26px 16px; margin-top: 16px; }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(160px, 1fr)); gap: 12px; margin: 16px 0 0; }
    .tiles div { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; min-width: 0; overflow-wrap: anywhere; }
    .tiles dt { color: var(--quiet); font-size: 13px; } .tiles dd { margin: 0; } .tiles dd:not(.quiet) { font-size: 25px; line-height: 1.35; font-weight: 600; letter-spacing: -.015em; font-variant-numeric: tabular-nums; }
    .tiles dd.word:not(.quiet) { font-size: 19px; line-height: 1.78; }
    .tiles .bad dd:not(.quiet) { color: var(--bad); }
    .failed { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr)); gap: 12px; margin-bottom: 6px; align-items: start; }
    .card { background: var(--bad-bg); border-radius: 8px; padding: 12px 16px 8px; min-width: 0; } .card.undecided, .card.unexplained { background: var(--warn-bg); }
    .card h3 { margin: 0 0 2px; } .card h3 code { font-size: 14px; } .observed { font-size: 21px; line-height: 1.3; font-weight: 600; letter-spacing: -.01em; margin: 0 0 4px; font-variant-numeric: tabular-nums; }
    .card p.quiet { margin: 0 0 4px; color: var(--ink); } .card .chart { margin-top: 10px; }
    .mark { display: inline-block; width: 1.25em; font-weight: 700; } .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .none { color: var(--quiet); }
    .finding { font-weight: 600; overflow-wrap: anywhere; } p.warn { font-weight: 600; }
    details { border-top: 1px solid var(--line); padding: 8px 0; } summary { cursor: pointer; overflow-wrap: anywhere; } details[open] > summary { margin-bottom: 8px; }
    .events { margin: 6px 0; padding-left: 0; list-style: none; font-size: 13.5px; }
    .at { display: inline-block; min-width: 7em; text-align: right; padding-right: 1em; color: var(--quiet); font-variant-numeric: tabular-nums; }
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr)); gap: 14px 32px; font-size: 13.5px; margin-top: 12px; }
    .facts > div { min-width: 0; } .facts dl { display: grid; grid-template-columns: fit-content(45%) minmax(0, 1fr); gap: 2px 14px; margin: 0; } .facts dt { color: var(--quiet); } .facts dt, .facts dd { margin: 0; overflow-wrap: anywhere; }

    """

  private static let tables: Markup = """
    .scroll { overflow-x: auto; margin: 0 0 10px; }
    table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
    th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
    tbody tr:last-child > * { border-bottom: 0; } th:last-child, td:last-child { padding-right: 0; }
    thead th { color: var(--quiet); font-size: 12.5px; vertical-align: bottom; } .number { text-align: right; } th.number, td.number { white-space: nowrap; } td.number .range { white-space: nowrap; } td.number:has(wbr) { white-space: normal; }
    .changes tbody th { white-space: nowrap; } .changes td.long { width: 30%; } .changes td.long .below { min-width: 22ch; }
    .capacity thead th { white-space: normal; overflow-wrap: anywhere; } .capacity thead th.number { min-width: 8ch; } .capacity tbody th { white-space: nowrap; }
    .sums { width: auto; } .part { white-space: nowrap; } code { font: 13px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
    .below { display: block; } .mark + bdi ~ .below { padding-left: 1.6em; } td bdi, th bdi { overflow-wrap: anywhere; }
    tr.fail, tr.contradicted { background: linear-gradient(var(--bad-bg), var(--bad-bg)); } tr.undecided, tr.unexplained { background: linear-gradient(var(--warn-bg), var(--warn-bg)); }
    tr.fail > :last-child, tr.contradicted > :last-child, tr.undecided > :last-child, tr.unexplained > :last-child { padding-right: 8px; border-radius: 0 6px 6px 0; }
    tr.fail > :first-child, tr.contradicted > :first-child, tr.undecided > :first-child, tr.unexplained > :first-child { padding-left: 8px; border-radius: 6px 0 0 6px; }

    """

  private static let charts: Markup = """
    .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(max(320px, 40%), 100%), 1fr)); gap: 20px 28px; margin: 6px 0 14px; }
    .charts.small { grid-template-columns: repeat(auto-fit, minmax(min(max(270px, 28%), 100%), 1fr)); }
    figure { margin: 0; min-width: 0; container-type: inline-size; } figcaption { display: flex; flex-wrap: wrap; gap: 2px 14px; align-items: baseline; font-size: 13.5px; margin-bottom: 4px; overflow-wrap: anywhere; }
    .legend { display: inline-flex; flex-wrap: wrap; gap: 0 12px; color: var(--quiet); font-size: 12px; } .legend span { white-space: nowrap; } .legend svg { margin-right: 4px; vertical-align: -1px; }
    .chart > svg { display: block; width: 100%; height: auto; }
    .grid { stroke: var(--grid); fill: none; } .base { stroke: var(--grey); fill: none; } .card .grid { stroke: var(--line); }
    .tick { fill: var(--quiet); font-size: 11.5px; font-variant-numeric: tabular-nums; } .end { text-anchor: end; } .middle { text-anchor: middle; }
    @container (max-width: 400px) { .tick { font-size: 14px; } }
    .note { paint-order: stroke; stroke: var(--paper); stroke-width: 5px; stroke-linejoin: round; } .card .note { stroke: var(--bad-bg); } .card.undecided .note { stroke: var(--warn-bg); } .note.limit { fill: var(--bad); }
    .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; } .dashed { stroke-dasharray: 5 4; stroke-linecap: butt; }
    .line.blue { stroke: var(--blue); } .line.orange { stroke: var(--orange); } .line.teal { stroke: var(--teal); } .line.violet { stroke: var(--violet); } .line.grey { stroke: var(--grey); stroke-width: 3.5; opacity: .55; }
    .line.limit { stroke: var(--bad); stroke-width: 1.2; stroke-dasharray: 2 3; stroke-linecap: butt; }
    .area { stroke: none; opacity: .16; } .area.teal { fill: var(--teal); } .area.violet { fill: var(--violet); } .area.band { fill: var(--blue); opacity: .2; }
    .area.grey { fill: var(--grey); } .area.blue { fill: var(--blue); }
    .area.solid { opacity: .8; } .area.orange { fill: var(--orange); } .area.red { fill: var(--bad); }
    .open { fill: none; stroke-width: 1.4; opacity: .5; } .open.blue, .open.band { stroke: var(--blue); } .open.teal { stroke: var(--teal); } .open.grey { stroke: var(--grey); } .open.ink { stroke: var(--ink); }
    .zone.phase { fill: var(--grey); opacity: .1; } .zone.none, .area.none { fill: var(--bad); opacity: .16; }
    .zone.margin, .area.margin { fill: var(--grey); opacity: .22; } .line.ink { stroke: var(--quiet); } .line.grey.dashed { stroke-width: 2.5; }
    .line.join { stroke: var(--quiet); stroke-width: 1; opacity: .6; } .dots { fill: none; stroke-width: 6; stroke-linecap: round; } .dots.grey { stroke: var(--grey); } .dots.blue { stroke: var(--blue); stroke-width: 5; } .dots.fine { stroke-width: 3.5; }
    .span { display: block; width: 100%; min-width: 150px; max-width: 300px; height: auto; } .bar { fill: none; stroke-width: 8; opacity: .8; } .bar.bad { stroke: var(--bad); } .bar.good { stroke: var(--good); } .bar.warn { stroke: var(--warn); } .bar.none { stroke: var(--quiet); }
    .dot.bad { fill: var(--bad); } .dot.good { fill: var(--good); } .dot.warn { fill: var(--warn); } .dot.none { fill: var(--quiet); } .dot.grey { fill: var(--grey); }
    .zone.held, .area.held { fill: var(--good); opacity: .13; } .line.broken { stroke: var(--bad); stroke-width: 1.2; } .line.good { stroke: var(--good); } .line.bad { stroke: var(--bad); } .line.warn { stroke: var(--warn); }
    .ring { fill: var(--paper); stroke-width: 1.8; } .ring.warn { stroke: var(--warn); }
    .line.band { stroke: var(--blue); stroke-width: 1; opacity: .5; }
    .dot.claim { fill: var(--ink); } .dot.outside { fill: var(--bad); stroke: var(--paper); stroke-width: 1; } .dot.orange { fill: var(--orange); } .dot.blue { fill: var(--blue); }

    """

  /// Tables with many columns become blocks in which each cell shows the name of its column: nothing is cut off, and nothing must be
  /// scrolled sideways.
  private static let narrow: Markup = """
    @media (max-width: 900px) { th, td { padding-right: 10px; } table { font-size: 13px; } }
    @media (max-width: 640px) {
      main { padding: 10px 10px 40px; } header, section { padding: 14px 14px 12px; } section { margin-top: 12px; } h1 { font-size: 21px; } .reason { font-size: 15px; }
      .tiles { grid-template-columns: 1fr 1fr; gap: 8px; margin-top: 12px; } .tiles div { padding: 10px 12px; } .tiles dd:not(.quiet) { font-size: 21px; } .tiles dd.word:not(.quiet) { font-size: 19px; line-height: 1.5; }
      .rows, .rows tbody, .rows tr, .rows th, .rows td { display: block; } .rows thead { display: none; }
      .rows tbody tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(72px, 1fr)); gap: 3px 12px; padding: 9px 0; border-bottom: 1px solid var(--line); } .rows tbody tr:last-child { border-bottom: 0; }
      .rows tbody tr:has(wbr) { grid-template-columns: repeat(auto-fill, minmax(100px, 1fr)); }
      .rows.claims tbody tr { grid-template-columns: repeat(auto-fill, minmax(100px, 1fr)); }
      .rows tbody tr > th, .rows tbody tr > td { padding: 0; border: 0; text-align: left; white-space: normal; min-width: 0; overflow-wrap: anywhere; } .rows th, .rows .long { grid-column: 1 / -1; }
      .rows td::before { content: attr(data-label); display: block; color: var(--quiet); font-size: 11.5px; line-height: 1.3; } .rows td:empty, .rows td[data-label=""]::before { display: none; }
      .changes tbody th { white-space: normal; } .rows .drawn { grid-column: 1 / -1; } .changes td.long::before { display: none; } .changes td.long .below { min-width: 0; }
      .rows.rules tbody tr { grid-template-columns: 1fr 1fr; } .rules th, .rules .long { grid-column: auto; } .rules td::before { display: none; }
      tr.fail, tr.contradicted, tr.undecided, tr.unexplained { border-radius: 6px; } .rows tbody tr.fail, .rows tbody tr.contradicted, .rows tbody tr.undecided, .rows tbody tr.unexplained { padding-left: 8px; padding-right: 8px; }
      .sums td:last-child { padding-right: 0; } .facts dl { gap: 2px 10px; } .at { min-width: 5em; }
    }

    """

  /// Paper cannot be unfolded: everything is shown, with small charts.
  private static let print: Markup = """
    @media print {
      :root { color-scheme: light; }
      body { background: none; font-size: 11px; } main { max-width: none; padding: 0; } section, header, .tiles div { border-radius: 0; padding: 8px 10px; }
      figure, tr, .tiles, .card { break-inside: avoid; } h2, h3, summary { break-after: avoid; } details::details-content { content-visibility: visible; block-size: auto; display: block; } details > summary { list-style: none; }
      .charts { grid-template-columns: 1fr 1fr; gap: 10px 18px; } .charts.small { grid-template-columns: 1fr 1fr 1fr; gap: 8px 12px; } figcaption { font-size: 10px; } .legend { font-size: 9px; }
      .scroll { overflow: visible; } table { font-size: 9.5px; } thead th, code { font-size: 9px; } th, td { padding: 3px 8px 3px 0; } h1 { font-size: 18px; } h2 { font-size: 14px; } .quiet:not(text), .events, .facts { font-size: 9.5px; } .reason { font-size: 12px; }
      .tiles { grid-template-columns: repeat(auto-fit, minmax(90px, 1fr)); gap: 6px; } .tiles dd:not(.quiet), .tiles dd.word:not(.quiet), .observed { font-size: 14px; line-height: 1.5; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      .span { min-width: 0; max-width: 180px; } .changes td.long .below { min-width: 0; }
    }
    """
}
