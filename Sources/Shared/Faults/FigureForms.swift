/// How faults of figures are written.
enum FigureForms {
  /// How faults of figures of this kind are written.
  static func of(_ kind: FigureScope.Kind) -> [FaultForm<FigureFault>] {
    let own =
      switch kind {
      case .total: [offset, scaled, fixed, stale]
      case .count: [offset, scaled, fixed, never, twice, countedAs, stale]
      case .average: [scaled, fixed, truncated, rounded, unit, span, window, pendingAsZero, median, withoutSlowest, stale]
      case .estimate: [scaled, fixed, unit, stale]
      case .all: [perProcess, reset, stale, cached]
      case .sums: [drift]
      case .histograms: [shifted]
      case .requests: [skipped, milliseconds, requestsShifted]
      }
    switch kind {
    case .sums, .histograms, .requests: return own
    case .total, .count, .average, .estimate, .all: return own + absences
    }
  }

  private typealias Form = FaultForm<FigureFault>

  private static let offset = Form(bare: "±N", example: "-1", "off by so many orders") { text in
    guard text.isSigned, let count = Int64(text), (-1_000_000_000...1_000_000_000).contains(count) else { return nil }
    return .offset(count)
  }

  private static let scaled = Form(bare: "±P%", example: "+10%", "off by so much of itself") { text in
    guard text.isSigned, text.utf8.last == UInt8(ascii: "%"), let percent = Double(text.dropLast()), (-100...1e6).contains(percent) else {
      return nil
    }
    return .scaled(percent: percent)
  }

  private static let fixed = Form("fixed", "N", example: "7", "always this number, of orders or of seconds") { text in
    guard let number = Double(text), (0...1e12).contains(number) else {
      throw UnitError(expected: "a number", found: text, remedy: "it is at least 0, as in 2.5")
    }
    return .fixed(number)
  }

  private static let never = Form("never", .never, "no order at the status is counted")
  private static let twice = Form("twice", .twice, "every order at the status is counted twice")

  private static let countedAs = Form("as", "STATUS", example: "completed", "every order at the status is counted under another") {
    .countedAs(try word($0, as: "a status"))
  }

  private static let perProcess = Form(
    "per-process", "K", example: "4", "each of K processes counts its own orders, and any of them answers"
  ) { text in
    guard let count = Int(text), (2...1_000).contains(count) else {
      throw UnitError(expected: "a number of processes", found: text, remedy: "it lies from 2 to 1000")
    }
    return .perProcess(count)
  }

  private static let reset = Form.timed("reset", "what only grows is 0 again, so long after the first order") { .reset($0) }
  private static let stale = Form.timed("stale", "as it was so long ago") { .stale($0) }
  private static let cached = Form.timed("cached", "read once, and told again for so long") { .cached($0) }
  private static let truncated = Form("truncated", .truncated, "cut to whole seconds")
  private static let rounded = Form("rounded", .rounded, "rounded to whole seconds")

  private static let unit = Form("unit", "UNIT", example: "ms", "told in us, ms or m, where seconds are meant") {
    .unit(try word($0, as: "a unit"))
  }

  private static let span = Form("as", "SPAN", example: "processing", "of processing, or of completion, whichever is meant") {
    .span(try word($0, as: "what an average is of"))
  }

  private static let window = Form.timed("window", "over the orders alone that were completed in the last so long") { .window($0) }
  private static let pendingAsZero = Form("pending-as-zero", .pendingAsZero, "each order that has not ended counts as one of no time")
  private static let median = Form("median", .median, "the median in the place of the mean")

  private static let withoutSlowest = Form(
    "without-slowest", "SHARE", example: "10%", "without this share of the orders, the slowest"
  ) { .withoutSlowest(try Share(text: $0)) }

  private static let drift = Form.timed(
    "drift", example: "50ms", "so much more for every completed order, in Prometheus text"
  ) { .drift($0) }

  private static let shifted = Form("shifted", .shifted, "every order is counted one bucket too high, in Prometheus text")

  private static let skipped = Form("skipped", "CLASS", example: "4xx", "answers of this class are told nowhere, as if never counted") {
    .skipped(try word($0, as: "a class of statuses"))
  }

  private static let milliseconds = Form("milliseconds", .milliseconds, "their sums and buckets are as if of milliseconds")
  private static let requestsShifted = Form("shifted", .shifted, "every request is counted one bucket too high")

  private static let absences: [Form] = [
    Form("null", .null, "null"), Form("nan", .nan, "NaN, which is no JSON"), Form("word", .word, "a word"), Form("gone", .gone, "left out"),
  ]

  private static func word<Word: RawRepresentable<String> & CaseIterable>(_ text: String, as expected: String) throws -> Word {
    try SettingFormat<Word>.word(expected).read(text)
  }
}

extension String {
  fileprivate var isSigned: Bool { utf8.first == UInt8(ascii: "+") || utf8.first == UInt8(ascii: "-") }
}
