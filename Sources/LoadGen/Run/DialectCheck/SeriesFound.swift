import Shared

/// Describes what Prometheus text contains, for somebody who looks for something else in it.
struct SeriesFound: PrometheusVisitor {
  /// The most metrics and series that are named.
  private static let most = 12
  /// The most that are kept.
  private static let mostKept = 1_000
  /// Longer ones are left out, in bytes.
  private static let longestName = 200

  private let wanted: String
  private var names: [String] = []
  private var known: Set<[UInt8]> = []
  /// The series of the metric that is wanted.
  private var series: [String] = []

  private init(_ wanted: String) { self.wanted = wanted }

  /// As in "the metric is there as …" or "its metrics are …"; empty where it is no such text.
  /// - Parameter name: the metric's name.
  static func words(_ body: [UInt8], insteadOf name: String) -> String {
    var found = SeriesFound(name)
    let isRead = body.withUnsafeBytes { bytes in
      do throws(BadPrometheusText) { try PrometheusScanner.scan(bytes, as: .text, &found) } catch { return false }
      return true
    }
    return isRead ? found.words : ""
  }

  private var words: String {
    func list(_ texts: [String]) -> String { texts.prefix(Self.most).joined(separator: ", ") + (texts.count > Self.most ? ", …" : "") }
    if !series.isEmpty { return "no series matches; there are \(list(series))" }
    if names.isEmpty { return "it has no series at all" }
    let near = Spelling.nearest(to: wanted, among: names).map { "did you mean '\($0)'? Its" } ?? "its"
    return "\(near) metrics are \(list(names))"
  }

  mutating func visit(_ sample: borrowing PrometheusSample) {
    let bytes = sample.name.unescaped
    guard bytes.count <= Self.longestName else { return }
    let name = String(decoding: bytes, as: UTF8.self)
    if known.count < Self.mostKept, known.insert(bytes).inserted { names.append(name) }
    guard name.hasSameBytes(as: wanted), series.count <= Self.most else { return }
    let matchers = sample.labels.map { label in
      Dialect.SeriesSelector.Matcher(
        String(decoding: label.name.unescaped, as: UTF8.self), .text(String(decoding: label.value.unescaped, as: UTF8.self)))
    }
    series.append("\(Dialect.SeriesSelector(name, matchers))")
  }

  mutating func visit(family: PrometheusWord, type: UnsafeRawBufferPointer) {}
}
