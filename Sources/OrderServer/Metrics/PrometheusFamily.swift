/// A metric in Prometheus's text format, version 0.0.4: a name, and what is told about it once, before its samples.
struct PrometheusFamily {
  enum Kind: String { case counter, gauge, histogram }

  let name: String
  private let kind: Kind
  private let help: String

  init(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    self.kind = kind
    self.help = help
  }

  /// The lines before its samples.
  var text: String { "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n" }

  /// Since when a counter or a histogram has counted. This version of the format knows no such sample, so it is a gauge of its own, as of
  /// Prometheus's client libraries.
  /// - Parameter labels: those of each of its series, without braces; empty where it has none.
  func created(_ time: Timestamp, of labels: [String] = [""]) -> String {
    let base = kind == .counter ? String(name.dropLast("_total".count)) : name
    let family = PrometheusFamily("\(base)_created", .gauge, "Since when \(name) has been counted, in seconds since 1970.")
    return labels.reduce(into: family.text) { text, labels in
      text += family.name + (labels.isEmpty ? "" : "{\(labels)}") + " \(time.secondsSince1970)\n"
    }
  }
}

extension Timestamp {
  /// As Prometheus has times.
  var secondsSince1970: Double { Double(microseconds) / 1e6 }
}
