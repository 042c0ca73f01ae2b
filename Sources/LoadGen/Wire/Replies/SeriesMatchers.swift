import Shared

/// What the labels of a series must be.
struct SeriesMatchers: Sendable {
  private let matchers: [(label: [UInt8], pattern: Dialect.LabelPattern, isNegated: Bool)]

  init(_ series: Dialect.SeriesSelector) {
    matchers = series.matchers.map { (Array($0.label.utf8), $0.pattern, $0.isNegated) }
  }

  func match(_ sample: borrowing PrometheusSample) -> Bool {
    for matcher in matchers {
      let value = sample.value(of: matcher.label)
      let isMatched = value.map { $0.hasEscapes ? matcher.pattern.matches($0.unescaped) : matcher.pattern.matches($0.bytes) }
      if (isMatched ?? matcher.pattern.matches([])) == matcher.isNegated { return false }
    }
    return true
  }
}

extension PrometheusSample {
  func value(of label: [UInt8]) -> PrometheusWord? {
    for index in labels.indices where labels[index].name.isSame(label) { return labels[index].value }
    return nil
  }

  /// Its labels, in an order of their own: what tells it from other series of its name.
  var seriesKey: [UInt8] {
    func counted(_ bytes: [UInt8]) -> [UInt8] { withUnsafeBytes(of: UInt32(truncatingIfNeeded: bytes.count)) { Array($0) } + bytes }
    let labels = labels.map { counted($0.name.unescaped) + $0.value.unescaped }
    return labels.sorted { $0.lexicographicallyPrecedes($1) }.flatMap(counted)
  }

  /// The limit of a bucket, and how it is printed; `nil` where it has none that is a number.
  var limit: (number: Double, text: String)? {
    guard let text = value(of: Array("le".utf8)).map({ String(decoding: $0.unescaped, as: UTF8.self) }), let number = Double(text),
      !number.isNaN
    else { return nil }
    return (number, text)
  }
}
