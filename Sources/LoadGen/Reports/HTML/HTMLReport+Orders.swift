import LoadRun

extension HTMLReport {
  static func orders(_ summary: Summary) -> Markup {
    let lines = summary.orders.equations.map { equation -> Markup in
      let parts = equation.parts.enumerated().map { offset, part -> Markup in
        let style = part.count == 0 ? "quiet" : ""
        return "\(offset == 0 ? "" : " + ")<span class=\"part \(style)\">\(Figure.count(part.count)) \(part.name)</span>"
      }
      return
        "<tr><th scope=\"row\">\(equation.name)</th><td class=\"number\"><strong>\(Figure.count(equation.sum))</strong></td><td>= \(parts)</td></tr>\n"
    }
    let warning: Markup =
      summary.orders.conserved ? .empty : "<p class=\"finding\">These sums do not balance: please report this as a fault of loadgen.</p>\n"
    let hint: Markup = summary.cookieHint.map { "<p class=\"warn\">\($0)</p>\n" } ?? .empty
    let windows = summary.windowNames
    let rates = [
      "Over the \(windows.load): "
        + (summary.rateWording + summary.costWording).map { "\($0.name) \($0.value)" }.joined(separator: " · "),
      "Over the \(windows.wholeRun): "
        + (summary.wholeRunWording.map { "\($0.name) \($0.value)" } + [summary.pollShareWording].compactMap { $0 }).joined(separator: " · "),
    ].map { line -> Markup in "<p class=\"quiet\">\(line)</p>\n" }
    return HTMLPage.section(
      "Where every order went",
      "<div class=\"scroll\"><table class=\"sums\"><tbody>\n\(lines)</tbody></table></div>\n\(warning)\(hint)\(rates)"
    )
  }

  static func traffic(_ summary: Summary) -> Markup {
    guard !summary.traffic.isEmpty else { return .empty }
    var table = HTMLTable(columns: [
      .text("kind"), .number("requests"), .number("as expected"), .number("contrary"), .number("unclear"),
    ])
    for traffic in summary.traffic {
      let numbers = [traffic.requests, traffic.asExpected, traffic.contrary, traffic.unclear]
      table.rows.append(HTMLTable.Row(cells: ["\(traffic.words)"] + numbers.map { "\(Figure.count($0))" }))
    }
    return HTMLPage.section("Other traffic", table.markup)
  }

  static func errors(_ summary: Summary) -> Markup {
    guard !summary.errors.isEmpty else { return .empty }
    var table = HTMLTable(columns: [.text("phase"), .text("kind"), .number("status"), .number("count"), .long("the first of them")])
    for error in summary.errors {
      table.rows.append(
        HTMLTable.Row(cells: [
          "\(Legible.line(error.phase, limit: 40))", "\(Legible.line(error.kind, limit: 40))", "\(error.status.map(String.init) ?? "")",
          "\(Figure.count(error.count))", "<code><bdi>\(Legible.line(error.example ?? ""))</bdi></code>",
        ]))
    }
    return HTMLPage.section("Errors", table.markup)
  }

  static func exemplars(_ summary: Summary) -> Markup {
    let parts = summary.exemplars.prefix(50).map { exemplar -> Markup in
      let events = exemplar.events.prefix(100).map { event -> Markup in
        "<li><span class=\"at\">\(Figure.decimal(event.t, 4))s</span> \(Legible.line(event.what))</li>\n"
      }
      let id = Legible.line(exemplar.orderID ?? "without an id", limit: 80)
      return
        "<details><summary><code><bdi>\(id)</bdi></code> \(Legible.line(exemplar.reason))</summary>\n<ol class=\"events\">\n\(events)</ol>\n</details>\n"
    }
    return parts.isEmpty ? .empty : HTMLPage.section("Orders worth a look", "\(Array(parts))")
  }
}
