import Shared
import Testing

@testable import LoadRun

@Suite("Guessed figures about requests")
struct RequestGuessTests {
  private func guess(_ text: String) throws -> Dialect {
    var evidence = TargetEvidence()
    let series = try #require(SeriesSeen(Array(text.utf8)))
    evidence.figures = [TargetEvidence.Figures(path: "/metrics", content: .series(series))]
    return try DialectFile.read(GuessedFile(evidence).text, path: "guess.yaml")
  }

  @Test("A library is told by the names and the labels of its metrics, next to figures of orders and without them")
  func libraries() throws {
    for (name, figures) in Dialect.RequestFigures.ofLibraries {
      let labels = "{\(figures.labels.method[0])=\"GET\",\(figures.labels.route[0])=\"/orders\",\(figures.labels.status[0])=\"200\"}"
      let lines = [figures.counter.map { "\($0.name)\(labels) 3" }, figures.histogram.map { "\($0.name)_count\(labels) 3" }].compactMap(
        \.self)
      let alone = try guess(lines.joined(separator: "\n") + "\n")
      #expect(alone.metrics?.requests == figures && alone.metrics?.figures.isEmpty ?? false, "\(name)")
      let both = try guess((lines + ["# TYPE orders_accepted_total counter", "orders_accepted_total 4"]).joined(separator: "\n") + "\n")
      #expect(both.metrics?.requests == figures && both.metrics?.figures.map(\.quantity) == [.total], "\(name)")
      #expect(!both.assumptions.snapshot)
    }
  }

  @Test("Metrics of requests under other labels, or of one name alone, are no library's")
  func others() throws {
    for text in ["http_requests_total{verb=\"GET\",url=\"/\"} 3\n", "flask_http_request_total{method=\"GET\",status=\"200\"} 3\n"] {
      #expect(try guess(text).metrics?.requests == nil, "\(text)")
    }
  }
}
