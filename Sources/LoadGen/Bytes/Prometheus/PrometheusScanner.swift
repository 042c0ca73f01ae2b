/// Takes in what Prometheus text says.
protocol PrometheusVisitor {
  mutating func visit(_ sample: borrowing PrometheusSample)
  /// A line `# TYPE` says what a family of metrics is.
  mutating func visit(family: PrometheusWord, type: UnsafeRawBufferPointer)
}

/// Reads Prometheus text, format 0.0.4, and OpenMetrics 1.0.
///
/// Every line is checked, so that a number is never taken from a broken text; what the formats say of a whole text (which families may have
/// which lines, in which order) is not. Timestamps and exemplars are checked and left out. In both formats names may be quoted, as in
/// `{"http.requests",code="200"} 7`, and exemplars may follow.
///
/// Uses the standard library alone, because the fuzz targets compile these files separately.
struct PrometheusScanner {
  enum Format { case text, openMetrics }

  /// The most labels of one sample.
  static let mostLabels = 64

  private let text: UnsafeRawBufferPointer
  private let format: Format
  private var line = 0
  private var index = 0
  /// The end of the line that is read.
  private var end = 0
  private var sample: PrometheusSample

  private init(_ text: UnsafeRawBufferPointer, _ format: Format) {
    self.text = text
    self.format = format
    let nothing = PrometheusWord(bytes: UnsafeRawBufferPointer(rebasing: text[0..<0]), hasEscapes: false)
    sample = PrometheusSample(name: nothing, labels: [], value: nothing.bytes)
  }

  /// Shows the visitor each sample and type, in order.
  static func scan(
    _ text: UnsafeRawBufferPointer, as format: Format, _ visitor: inout some PrometheusVisitor
  ) throws(BadPrometheusText) {
    var scanner = PrometheusScanner(text, format)
    try scanner.readLines(&visitor)
  }

  private mutating func readLines(_ visitor: inout some PrometheusVisitor) throws(BadPrometheusText) {
    var (next, hasEnded) = (0, false)
    while next < text.count {
      line += 1
      index = next
      end = ByteScan.first(ByteScan.lineFeed, in: text, from: next) ?? text.count
      next = end + 1
      guard !hasEnded else { throw fault(.nothing) }
      if format == .text { trim() }
      if index == end {
        if format == .openMetrics { throw fault(.content) }
      } else if text[index] == UInt8(ascii: "#") {
        hasEnded = try readComment(&visitor)
      } else {
        try readSample()
        visitor.visit(sample)
      }
    }
    guard format == .text || hasEnded else {
      line += 1
      throw fault(.end)
    }
  }

  private func fault(_ wanted: BadPrometheusText.Wanted) -> BadPrometheusText { BadPrometheusText(line: line, wanted: wanted) }

  private mutating func trim() {
    while index < end, isSpace(text[index]) { index &+= 1 }
    while index < end, isSpace(text[end &- 1]) { end &-= 1 }
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == ByteScan.space || byte == ByteScan.tab || byte == ByteScan.carriageReturn
  }

  /// OpenMetrics has spaces alone.
  private func isBlank(_ byte: UInt8) -> Bool { byte == ByteScan.space || format == .text && byte == ByteScan.tab }

  private mutating func skipBlanks() {
    while index < end, isBlank(text[index]) { index &+= 1 }
  }

  private func bytes(_ start: Int, _ end: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: text[start..<end]) }

  // MARK: Comments

  /// - Returns: whether it is the end of an OpenMetrics text.
  private mutating func readComment(_ visitor: inout some PrometheusVisitor) throws(BadPrometheusText) -> Bool {
    let isOpen = format == .openMetrics
    if isOpen, isSame(bytes(index, end), "# EOF") { return true }
    index &+= 1
    guard index < end, isBlank(text[index]) else {
      if isOpen { throw fault(.metadata) }
      return false
    }
    let keyword = token()
    let isType = isSame(keyword, "TYPE")
    guard isType || isSame(keyword, "HELP") || isOpen && isSame(keyword, "UNIT") else {
      if isOpen { throw fault(.metadata) }
      return false
    }
    skipBlanks()
    guard index < end else {
      if isType || isOpen { throw fault(isType ? .type : .metadata) }
      return false
    }
    let family = text[index] == UInt8(ascii: "\"") ? try quoted() : PrometheusWord(bytes: try name(.name, colons: true), hasEscapes: false)
    guard index == end || isBlank(text[index]) else { throw fault(.name) }
    skipBlanks()
    guard index < end else {
      if isType || isOpen { throw fault(isType ? .type : .metadata) }
      return false
    }
    if isType {
      let type = bytes(index, end)
      guard Self.types.contains(where: { isSame(type, $0) }) else { throw fault(.type) }
      visitor.visit(family: family, type: type)
    }
    return false
  }

  private static let types: [StaticString] = [
    "counter", "gauge", "histogram", "summary", "untyped", "unknown", "info", "stateset", "gaugehistogram",
  ]

  /// What stands up to the next blank.
  private mutating func token() -> UnsafeRawBufferPointer {
    skipBlanks()
    let start = index
    while index < end, !isBlank(text[index]) { index &+= 1 }
    return bytes(start, index)
  }

  private func isSame(_ bytes: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
    bytes.count == word.utf8CodeUnitCount
      && bytes.elementsEqual(UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  // MARK: Samples

  private mutating func readSample() throws(BadPrometheusText) {
    sample.labels.removeAll(keepingCapacity: true)
    var isNamed = false
    if text[index] != UInt8(ascii: "{") {
      sample.name = PrometheusWord(bytes: try name(.name, colons: true), hasEscapes: false)
      isNamed = true
      let isSpaced = index < end && isBlank(text[index])
      if format == .text { skipBlanks() }
      let isLabelled = index < end && text[index] == UInt8(ascii: "{")
      guard isLabelled || isSpaced else { throw fault(.name) }
    }
    if index < end, text[index] == UInt8(ascii: "{") {
      index &+= 1
      isNamed = try readLabels(isNamed: isNamed)
      guard format == .text || index < end && text[index] == ByteScan.space else { throw fault(.number) }
    }
    guard isNamed else { throw fault(.name) }
    try readNumber()
  }

  /// - Parameter isNamed: whether the metric's name stands before them.
  /// - Returns: whether it stands there, or among them.
  private mutating func readLabels(isNamed: Bool) throws(BadPrometheusText) -> Bool {
    var isNamed = isNamed
    let first = sample.labels.count
    skipBlanks()
    while index < end, text[index] != UInt8(ascii: "}") {
      let isQuoted = text[index] == UInt8(ascii: "\"")
      let name = isQuoted ? try quoted() : PrometheusWord(bytes: try name(.labelName, colons: false), hasEscapes: false)
      skipBlanks()
      if index < end, text[index] == UInt8(ascii: "=") {
        index &+= 1
        skipBlanks()
        guard index < end, text[index] == UInt8(ascii: "\"") else { throw fault(.quote) }
        let value = try quoted()
        guard sample.labels.count - first < Self.mostLabels else { throw fault(.fewLabels) }
        guard !sample.labels[first...].contains(where: { isSame($0.name, name) }) else { throw fault(.distinctLabels) }
        sample.labels.append(PrometheusSample.Label(name: name, value: value))
      } else {
        guard isQuoted else { throw fault(.equals) }
        guard !isNamed, !name.bytes.isEmpty else { throw fault(.oneName) }
        sample.name = name
        isNamed = true
      }
      skipBlanks()
      guard index < end, text[index] != UInt8(ascii: "}") else { break }
      guard text[index] == UInt8(ascii: ",") else { throw fault(.labelEnd) }
      index &+= 1
      skipBlanks()
    }
    guard index < end else { throw fault(.labelEnd) }
    index &+= 1
    return isNamed
  }

  private func isSame(_ left: PrometheusWord, _ right: PrometheusWord) -> Bool {
    guard left.hasEscapes || right.hasEscapes else {
      return left.bytes.count == right.bytes.count && left.bytes.elementsEqual(right.bytes)
    }
    return left.unescaped == right.unescaped
  }

  /// A name without quotes: a letter, `_`, or with `colons` `:`, and then digits, too.
  private mutating func name(_ wanted: BadPrometheusText.Wanted, colons: Bool) throws(BadPrometheusText) -> UnsafeRawBufferPointer {
    let start = index
    while index < end {
      let byte = text[index]
      let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_") || colons && byte == UInt8(ascii: ":")
      guard isLetter || index > start && byte &- UInt8(ascii: "0") < 10 else { break }
      index &+= 1
    }
    guard index > start else { throw fault(wanted) }
    return bytes(start, index)
  }

  /// Reads from one quote to the next one that has no backslash before it.
  private mutating func quoted() throws(BadPrometheusText) -> PrometheusWord {
    index &+= 1
    let start = index
    var hasEscapes = false
    while index < end {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") {
        index &+= 1
        return PrometheusWord(bytes: bytes(start, index &- 1), hasEscapes: hasEscapes)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        index &+= 1
      }
      index &+= 1
    }
    throw fault(.closingQuote)
  }

  // MARK: Numbers

  /// Reads the value, and what may come after it.
  private mutating func readNumber() throws(BadPrometheusText) {
    sample.value = token()
    guard Self.isNumber(sample.value) else { throw fault(.number) }
    let isSpaced = index < end
    skipBlanks()
    // OpenMetrics has no blanks at the end of a line.
    guard index < end else {
      if isSpaced { throw fault(.timestamp) }
      return
    }
    if text[index] != UInt8(ascii: "#") {
      guard Self.isNumber(token()) else { throw fault(.timestamp) }
      skipBlanks()
    }
    guard index < end else { return }
    guard text[index] == UInt8(ascii: "#") else { throw fault(.timestamp) }
    try readExemplar()
  }

  /// Checks an exemplar: labels, a value, and perhaps a timestamp.
  private mutating func readExemplar() throws(BadPrometheusText) {
    index &+= 1
    try separateExemplar()
    guard index < end, text[index] == UInt8(ascii: "{") else { throw fault(.exemplar) }
    index &+= 1
    let count = sample.labels.count
    _ = try readLabels(isNamed: true)
    sample.labels.removeLast(sample.labels.count - count)
    try separateExemplar()
    guard Self.isNumber(token()) else { throw fault(.exemplar) }
    guard index < end else { return }
    try separateExemplar()
    guard Self.isNumber(token()), index == end else { throw fault(.exemplar) }
  }

  /// Passes over what stands between two parts of an exemplar: in OpenMetrics a single space (its grammar, `exemplar`), and one more part.
  private mutating func separateExemplar() throws(BadPrometheusText) {
    guard format == .openMetrics else { return skipBlanks() }
    guard index &+ 1 < end, isBlank(text[index]), !isBlank(text[index &+ 1]) else { throw fault(.exemplar) }
    index &+= 1
  }

  /// Whether it is a decimal number, `Inf`, `Infinity` or `NaN`, perhaps with a sign.
  static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    func digits() -> Int {
      let start = index
      while index < text.count, text[index] &- UInt8(ascii: "0") < 10 { index &+= 1 }
      return index &- start
    }
    func takes(_ byte: UInt8, or other: UInt8) -> Bool {
      guard index < text.count, text[index] == byte || text[index] == other else { return false }
      index &+= 1
      return true
    }
    _ = takes(UInt8(ascii: "+"), or: UInt8(ascii: "-"))
    let rest = UnsafeRawBufferPointer(rebasing: text[index...])
    if ByteScan.matches(rest, "inf") || ByteScan.matches(rest, "nan") || ByteScan.matches(rest, "infinity") { return true }
    var count = digits()
    if takes(UInt8(ascii: "."), or: UInt8(ascii: ".")) { count += digits() }
    guard count > 0 else { return false }
    if takes(UInt8(ascii: "e"), or: UInt8(ascii: "E")) {
      _ = takes(UInt8(ascii: "+"), or: UInt8(ascii: "-"))
      guard digits() > 0 else { return false }
    }
    return index == text.count
  }
}
