package import LoadRun

/// What is printed at the end of a run: first the verdict, then the reasons, then the figures.
package enum TerminalReport {
  /// - Parameters:
  ///   - colour: whether escape sequences are written.
  ///   - width: the longest line, in characters, to which sentences are wrapped; tables stay below 100.
  package static func render(_ summary: Summary, colour: Bool, width: Int = 96) -> String {
    let paint = Paint(enabled: colour)
    let sections = [
      headline(summary, paint, width), thresholds(summary, paint, width), rates(summary, paint, width), stages(summary, paint, width),
      orders(summary, paint, width),
      traffic(summary, paint), latency(summary, paint), intervals(summary, paint, width), audit(summary, paint, width),
      errors(summary, paint, width), simulation(summary, paint, width),
      generator(summary, paint, width),
    ]
    return "\n" + sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  static func title(_ text: String, _ paint: Paint) -> String { "  " + paint(text, .bold) }

  private static func headline(_ summary: Summary, _ paint: Paint, _ width: Int) -> [String] {
    let headline = Headline(summary)
    let ink: Paint.Ink =
      switch summary.verdict {
      case .pass: .greenBadge
      case .fail: .redBadge
      case .invalid, .interrupted: .yellowBadge
      }
    let orders = "\(Figure.count(summary.orders.accepted)) orders accepted in \(Figure.seconds(summary.run.duration))"
    var lines = ["  \(paint(" \(headline.word) ", ink)) \(paint(headline.subject, .bold))", "  " + paint(orders, .dim)]
    for reason in headline.reasons { lines += reason.wrapped(width: width, indent: 2) }
    for warning in headline.warnings { lines += warning.wrapped(width: width, indent: 2).map { paint($0, .yellow) } }
    return lines
  }

  private static func rates(_ summary: Summary, _ paint: Paint, _ width: Int) -> [String] {
    func parts(_ rates: [(name: String, value: String)], _ ink: Paint.Ink) -> [String] {
      rates.map { "\($0.name) \(paint($0.value, ink))" }
    }
    let windows = summary.windowNames
    let indent = Swift.max(windows.load.count, windows.wholeRun.count) + 6
    var table = TextTable([.left, .left])
    for (window, parts) in [
      (windows.load, parts(summary.rateWording, .bold)), ("", parts(summary.costWording, .dim)),
      (windows.wholeRun, parts(summary.wholeRunWording, .dim) + [summary.pollShareWording].compactMap { $0.map { paint($0, .dim) } }),
    ] {
      for (number, line) in parts.packed(width: width - indent).enumerated() { table.add([number == 0 ? window : "", line]) }
    }
    return [title("Rates", paint)] + table.lines(indent: 4)
  }

  private static func orders(_ summary: Summary, _ paint: Paint, _ width: Int) -> [String] {
    var table = TextTable([.left, .right, .left])
    for equation in summary.orders.equations {
      let shown = equation.name == "unfinished" ? equation.parts.filter { $0.count > 0 } : equation.parts
      let parts = shown.enumerated().map { offset, part in
        let text = "\(Figure.count(part.count)) \(part.name)"
        return part.count == 0 && offset > 0 ? paint(text, .dim) : text
      }
      table.add([equation.name, Figure.count(equation.sum), "= " + parts.joined(separator: " + ")])
    }
    var lines = [title("Orders", paint)] + table.lines(indent: 4)
    if !summary.orders.conserved {
      lines.append("    " + paint("These sums do not balance: please report this as a fault of loadgen.", .red))
    }
    if summary.orders.attempts != summary.orders.submitted {
      lines.append("    " + paint("\(Figure.count(summary.orders.attempts)) requests were made to create them", .dim))
    }
    if let hint = summary.cookieHint { lines += hint.wrapped(width: width, indent: 4).map { paint($0, .yellow) } }
    return lines
  }

  private static func traffic(_ summary: Summary, _ paint: Paint) -> [String] {
    guard !summary.traffic.isEmpty else { return [] }
    var table = TextTable([.left, .right, .right, .right, .right])
    table.add(["", "requests", "as expected", "contrary", "unclear"])
    for traffic in summary.traffic {
      let contrary = Figure.count(traffic.contrary)
      table.add([
        traffic.words, Figure.count(traffic.requests), Figure.count(traffic.asExpected),
        traffic.contrary > 0 ? paint(contrary, .red) : contrary, Figure.count(traffic.unclear),
      ])
    }
    return [title("Other traffic", paint)]
      + table.lines(indent: 4).enumerated().map { $0.offset == 0 ? paint($0.element, .dim) : $0.element }
  }

  private static func errors(_ summary: Summary, _ paint: Paint, _ width: Int) -> [String] {
    guard !summary.errors.isEmpty else { return [] }
    var lines = [title("Errors", paint)]
    var table = TextTable([.right, .left, .left])
    for error in summary.errors {
      table.add([Figure.count(error.count), error.words, Legible.line(error.example ?? "", limit: Swift.max(20, width - 44))])
    }
    lines += table.lines(indent: 4)
    return lines
  }

  private static func generator(_ summary: Summary, _ paint: Paint, _ width: Int) -> [String] {
    let generator = summary.generator
    let mark = generator.valid ? paint("✓", .green) : paint("!", .yellow)
    let lag = summary.lagWording.map { ": \($0)" } ?? ""
    var lines = [
      title("Load generator", paint),
      "    \(mark) " + (generator.valid ? "fast enough for every verdict above\(lag)" : "may itself have changed a verdict\(lag)"),
    ]
    for reason in generator.reasons { lines += Legible.line(reason, limit: 400).wrapped(width: width, indent: 6) }
    lines.append("      " + paint(generator.costWording, .dim))
    return lines
  }
}

extension Summary.ErrorCount {
  /// As in `create: http_status 503`.
  var words: String {
    "\(Legible.line(phase, limit: 20)): \(Legible.line(kind, limit: 30))" + (status.map { " \($0)" } ?? "")
  }
}

extension Summary.Traffic {
  /// As in `order metrics`.
  var words: String { Legible.line(kind, limit: 20).replacing("_", with: " ") }
}
