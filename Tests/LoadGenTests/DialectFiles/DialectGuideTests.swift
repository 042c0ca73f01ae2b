import Foundation
import Shared
import Testing

@testable import LoadRun

@Suite("The guide to dialects")
struct DialectGuideTests {
  /// The dialects that stand in the guide, in order.
  private func examples() throws -> [Dialect] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let guide = try String(contentsOf: folder.appendingPathComponent("docs/dialects.md"), encoding: .utf8)
    return try guide.split(separator: "```yaml\n").dropFirst().enumerated().map { number, rest in
      let end = try #require(rest.firstRange(of: "\n```"))
      return try DialectFile.read(String(rest[..<end.lowerBound]), path: "example\(number + 1).yaml")
    }
  }

  @Test("Every dialect in the guide is one, and means what the text around it says")
  func examplesAreRight() throws {
    let examples = try examples()
    #expect(examples.count == 11)
    let text = examples[0]
    #expect(text.headers.map(\.name) == ["Prefer"])
    #expect(text.create.acceptedCodes == [202])
    #expect(text.create.id == Dialect.IDSource(.body("message"), cut: "ORD{id} "))
    #expect(text.status.words.status(for: "archived") == .completed)
    #expect(examples[1].create.id.place == .own("{number}"))
    #expect(examples[1].create.duplicates == .refused)
    #expect(examples[2].status.source == .list)
    #expect(examples[2].list?.pages?.path == "/orders?limit=50&after={cursor}")
    guard case .bearer(let login) = examples[2].authentication else {
      Issue.record("it has no login")
      return
    }
    #expect(login.expiresIn == "tokens.expires_in")
    #expect(login.refresh?.request.path == "/auth/refresh")
    let odd = examples[3]
    #expect(odd.create == Dialect.standard.create)
    #expect(odd.metrics?.figures.contains { $0.quantity == .total } == false)
    #expect(
      odd.metrics?.figures.first { $0.quantity == .average(.processing) }
        == Dialect.Figure(.average(.processing), at: "avg_ms", printing: .floor, unit: .milliseconds(1)))
  }

  @Test(
    "Its last examples are the files by which the tests drive servers",
    arguments: [
      "real_services/celery_flower", "real_services/celery_flower_events", "real_services/scrapyd_jobs", "real_services/aria2_downloads",
      "real_services/pygeoapi_processes",
      "shapes/amz_shop", "shapes/two_steps",
    ])
  func isDriven(file: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let guide = try String(contentsOf: root.appendingPathComponent("docs/dialects.md"), encoding: .utf8)
    let text = try String(contentsOf: root.appendingPathComponent("Tests/Fixtures/\(file).yaml"), encoding: .utf8)
    #expect(guide.contains("```yaml\n\(text)```"))
  }

  @Test("The guide names every key of a dialect file")
  func namesKeys() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let guide = try String(contentsOf: folder.appendingPathComponent("docs/dialects.md"), encoding: .utf8)
    for key in DialectReader.keys { #expect(guide.contains("`\(key)") || guide.contains(", `\(key)`"), "\(key)") }
  }
}
