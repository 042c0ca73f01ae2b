import Shared

/// Which metrics about orders Prometheus text has, of which types and with which labels.
struct SeriesSeen: PrometheusVisitor, Sendable {
  /// The most metrics, labels and values that are kept; longer names and values are left out, in bytes.
  private static let mostMetrics = 1_000
  private static let mostLabels = 20
  private static let mostValues = 60
  private static let longest = 120

  struct Metric: Sendable {
    var name: String
    var labels: [Label] = []
  }

  struct Label: Sendable {
    var name: String
    var values: [String] = []
  }

  /// In the order of the text.
  private(set) var metrics: [Metric] = []
  /// Those about requests that libraries have.
  private(set) var requests: [Metric] = []
  /// The families that have a type, in the order of the text.
  private(set) var families: [(name: String, type: String)] = []
  private var places: [ByteText: Int] = [:]
  private var types: [ByteText: String] = [:]

  /// - Returns: `nil` where it is no such text, or has not a single number.
  init?(_ body: [UInt8]) {
    self.init()
    var seen = self
    var hasSamples = false
    let isRead = body.withUnsafeBytes { bytes in
      let format: PrometheusScanner.Format = bytes.suffix(6).elementsEqual("# EOF\n".utf8) ? .openMetrics : .text
      do throws(BadPrometheusText) { try PrometheusScanner.scan(bytes, as: format, &seen) } catch { return false }
      hasSamples = seen.hasSamples
      return true
    }
    guard isRead, hasSamples else { return nil }
    self = seen
  }

  private init() {}
  private var hasSamples = false

  /// The type of a metric, or of the family that it belongs to; empty where none is said.
  func type(of name: String) -> String {
    if let type = types[ByteText(name)] { return type }
    for ending in ["_total", "_sum", "_count", "_bucket"] where name.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8) {
      if let type = types[ByteText(String(name.dropLast(ending.utf8.count)))] { return type }
    }
    return ""
  }

  mutating func visit(_ sample: borrowing PrometheusSample) {
    hasSamples = true
    let bytes = sample.name.unescaped
    guard let name = Self.usable(bytes) else { return }
    if Self.ofLibraries.contains(ByteText(name)) { return noteRequests(name, sample) }
    let key = ByteText(name)
    if places[key] == nil {
      guard metrics.count < Self.mostMetrics, NameWords(name).has(NameWords.orders) else { return }
      places[key] = metrics.count
      metrics.append(Metric(name: name))
    }
    guard let place = places[key] else { return }
    for label in sample.labels {
      guard let name = Self.usable(label.name.unescaped), let value = Self.usable(label.value.unescaped) else { continue }
      note(name, value, place)
    }
  }

  /// The counters and counts of requests that libraries have.
  private static let ofLibraries = Set(
    Dialect.RequestFigures.ofLibraries.flatMap { _, figures in
      [figures.counter.map { ByteText($0.name) }, figures.histogram.map { ByteText($0.name + "_count") }].compactMap(\.self)
    })

  private mutating func noteRequests(_ name: String, _ sample: borrowing PrometheusSample) {
    let names = sample.labels.compactMap { Self.usable($0.name.unescaped) }.prefix(Self.mostLabels).map { Label(name: $0) }
    guard let place = requests.firstIndex(where: { $0.name.hasSameBytes(as: name) }) else {
      return requests.append(Metric(name: name, labels: names))
    }
    for label in names where requests[place].labels.count < Self.mostLabels {
      if !requests[place].labels.contains(where: { $0.name.hasSameBytes(as: label.name) }) { requests[place].labels.append(label) }
    }
  }

  private mutating func note(_ name: String, _ value: String, _ place: Int) {
    guard let index = metrics[place].labels.firstIndex(where: { $0.name.hasSameBytes(as: name) }) else {
      if metrics[place].labels.count < Self.mostLabels { metrics[place].labels.append(Label(name: name, values: [value])) }
      return
    }
    let isKnown = metrics[place].labels[index].values.contains { $0.hasSameBytes(as: value) }
    if !isKnown, metrics[place].labels[index].values.count < Self.mostValues { metrics[place].labels[index].values.append(value) }
  }

  mutating func visit(family: PrometheusWord, type: UnsafeRawBufferPointer) {
    guard let name = Self.usable(family.unescaped), families.count < Self.mostMetrics, NameWords(name).has(NameWords.orders) else { return }
    let type = String(decoding: type, as: UTF8.self)
    families.append((name, type))
    types[ByteText(name)] = type
  }

  /// A text that can stand in a selector.
  private static func usable(_ bytes: [UInt8]) -> String? {
    guard !bytes.isEmpty, bytes.count <= longest, let text = String(validating: bytes, as: UTF8.self) else { return nil }
    return text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !TerminalText.isCommand($0) } ? text : nil
  }
}
