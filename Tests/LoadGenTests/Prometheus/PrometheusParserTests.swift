import Foundation
import Testing

@testable import LoadRun

/// Our reader of Prometheus text beside those of `prometheus_client`, on texts as servers write them, and on damaged ones.
@Suite("Prometheus text, beside prometheus_client")
struct PrometheusParserTests {
  /// A text, and what prometheus_client reads in it.
  private struct Case: Decodable {
    struct Sample: Decodable, Equatable {
      var name: String
      var labels: [String: String]
      var number: Double

      init(name: String, labels: [String: String], number: Double) {
        self.name = name
        self.labels = labels
        self.number = number
      }

      init(from decoder: any Decoder) throws {
        var parts = try decoder.unkeyedContainer()
        name = try parts.decode(String.self)
        labels = try parts.decode([String: String].self)
        number = Double(try parts.decode(String.self)) ?? .nan
      }

      /// `NaN` is the same as itself here, and strings are compared as their bytes.
      static func == (left: Sample, right: Sample) -> Bool {
        left.name.utf8.elementsEqual(right.name.utf8) && left.labels.count == right.labels.count
          && left.labels.allSatisfy { key, value in right.labels[key].map { $0.utf8.elementsEqual(value.utf8) } ?? false }
          && (left.number == right.number || left.number.isNaN && right.number.isNaN)
      }
    }

    var text: String
    var open: Bool
    var samples: [Sample]?
    var error: String?
  }

  private struct Reading: PrometheusVisitor {
    var samples: [Case.Sample] = []

    mutating func visit(_ sample: borrowing PrometheusSample) {
      func text(_ word: PrometheusWord) -> String { String(decoding: word.unescaped, as: UTF8.self) }
      var labels: [String: String] = [:]
      for label in sample.labels { labels[text(label.name)] = text(label.value) }
      let number = String(decoding: sample.value, as: UTF8.self)
      samples.append(Case.Sample(name: text(sample.name), labels: labels, number: Double(number) ?? .nan))
    }

    mutating func visit(family: PrometheusWord, type: UnsafeRawBufferPointer) {}

    static func read(_ text: String, _ format: PrometheusScanner.Format) -> Result<[Case.Sample], BadPrometheusText> {
      Array(text.utf8).withUnsafeBytes { bytes in
        var reading = Reading()
        do throws(BadPrometheusText) { try PrometheusScanner.scan(bytes, as: format, &reading) } catch { return .failure(error) }
        return .success(reading.samples)
      }
    }
  }

  /// What prometheus_client demands of a whole OpenMetrics text, and we do not: which lines a family may have, in which order, with which
  /// numbers. It begins its errors so.
  private static let rules = [
    "Clashing name", "Received metadata", "More than one", "Invalid TYPE", "Invalid metric type", "Unit does not", "Units not",
    "Invalid metric grouping",
    "Mix of timestamp", "Timestamps went", "Stateset", "Invalid le label", "Bucket value", "Count value", "Invalid quantile",
    "Info samples",
    "Quantile values", "Counter-like", "Invalid line only", "+Inf bucket", "Count does not", "_count must", "_sum/_gsum", "Cannot have",
    "Buckets out", "Bucket values", "Exemplar labels",
  ]

  /// Runs the fixture in the environment that `scripts/setup test` makes.
  private static func cases(seed: Int, count: Int) throws -> [Case] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let python = root.appendingPathComponent(".build/python-exporters/bin/python3")
    try #require(FileManager.default.isExecutableFile(atPath: python.path), "there is no \(python.path): 'scripts/setup test' makes it")
    let process = Process()
    process.executableURL = python
    process.arguments = [root.appendingPathComponent("Tests/Fixtures/exporters/prometheus_texts.py").path, "\(seed)", "\(count)"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Case.self, from: $0) }
  }

  @Test(
    "Both read the same in what both read, and what it refuses we refuse, but for rules of whole OpenMetrics texts",
    arguments: Seeds.blocks(4, of: 1))
  func agrees(seeds: Range<UInt64>) throws {
    var (same, laxer) = (0, 0)
    for seed in seeds {
      for made in try Self.cases(seed: Int(seed), count: 1_000) {
        switch (made.samples, Reading.read(made.text, made.open ? .openMetrics : .text)) {
        case (let theirs?, .success(let ours)):
          same += 1
          #expect(theirs == ours, "\(made.text.debugDescription): \(theirs) and \(ours)")
        case (nil, .success):
          let error = made.error ?? ""
          // Of OpenMetrics it takes no quoted name without a type before it, and says nothing about that.
          let isOpenRule = made.open && (Self.rules.contains { error.contains($0) } || made.text.contains("{\"") && error == "ValueError: ")
          // Comments that begin otherwise than with "# " are none of ours, and `__` is for those who ask.
          let isRule = isOpenRule || error.contains("Invalid metric type") || made.text.contains("__") || Self.isOdd(made, error)
          #expect(isRule, "\(made.text.debugDescription) is refused by it: \(error)")
        case (_?, .failure(let error)):
          laxer += 1
          #expect(Self.stricter.contains(error.wanted), "\(made.text.debugDescription) is read by it, and not by us: \(error)")
        case (nil, .failure): break
        }
      }
    }
    #expect(same > 400 && laxer < 40, "\(same) read by both, \(laxer) by it alone")
  }

  /// Whether it refuses what we do not mind: in OpenMetrics more or less than one space, or a comment with HELP or TYPE further on in it.
  private static func isOdd(_ made: Case, _ error: String) -> Bool {
    if made.open { return error.contains("could not convert string to float: ''") || error.contains("Invalid line: ") }
    return error == "ValueError: "
      && made.text.utf8.split(separator: UInt8(ascii: "\n")).contains { line in
        line.first == UInt8(ascii: "#") && !line.starts(with: "# HELP ".utf8) && !line.starts(with: "# TYPE ".utf8)
      }
  }

  /// Where it reads more than there should be, and Prometheus itself reads nothing: names with anything before them, text between a label
  /// and its value, a value without quotes, several numbers, commas with no label between them, types that there are not; and what is
  /// quoted within something quoted, as in `"a "b" c"="d"`, which looks like two names.
  private static let stricter: Set<BadPrometheusText.Wanted> = [
    .name, .timestamp, .number, .quote, .equals, .labelEnd, .labelName, .metadata, .type, .exemplar, .oneName,
  ]
}
