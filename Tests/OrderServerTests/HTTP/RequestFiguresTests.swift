import HTTPTypes
import Hummingbird
import Shared
import Testing

@testable import OrderServer

@Suite("Figures about requests")
struct RequestFiguresTests {
  /// The samples of Prometheus text, by all that stands before their values.
  private func samples(_ client: RouterClient) async throws -> [String: Double] {
    let text = try await client.send(.get, "/metrics/prometheus").text
    return Dictionary(
      uniqueKeysWithValues: try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
        let place = try #require(line.lastIndex(of: " "))
        return (String(line[..<place]), try #require(Double(line[line.index(after: place)...])))
      })
  }

  private func labels(_ method: String, _ route: String, _ status: Int) -> String {
    "method=\"\(method)\",route=\"\(route)\",status=\"\(status)\""
  }

  /// The values of labels in the samples of `http_requests_total`.
  private func values(of label: String, in samples: [String: Double]) -> [String] {
    samples.keys.filter { $0.hasPrefix("http_requests_total{") }.compactMap { name in
      name.split(separator: "\(label)=\"", maxSplits: 1).last.map { String($0.prefix { $0 != "\"" }) }
    }
  }

  /// A number below the count, the same in every run.
  private func draw(_ count: Int, _ index: UInt64, part: UInt64 = 0, seed: UInt64 = 7) -> Int {
    Int(SeededRandom(seed: seed).bits(.traffic, index, part: part) % UInt64(count))
  }

  @Test("A request is counted before the first byte of its answer is handed on, and a scrape counts those before it")
  func countedBeforeTheAnswer() async throws {
    try await TestServer().test { client in
      let ping = "http_requests_total{\(labels("GET", "/ping", 200))}"
      #expect(try await samples(client)[ping] == nil)
      for count in 1...3 {
        _ = try await client.respond(.get, "/ping")
        let found = try await samples(client)
        #expect(found[ping] == Double(count))
        #expect(found["http_requests_total{\(labels("GET", "/metrics/prometheus", 200))}"] == Double(count))
      }
    }
  }

  @Test(
    "Of every kind of request, counter, count and last bucket agree, no bucket has less than the one below it, and all began at the start")
  func agree() async throws {
    try await TestServer().test { client in
      for _ in 0..<3 { _ = try await client.create(#""user_id":"u","item_ids":["a"],"total_amount":1"#) }
      _ = try await client.create(#""user_id":"u""#)
      for path in ["/ping", "/orders", "/orders/x", "/orders/x/status", "/nowhere"] { _ = try await client.send(.get, path) }
      let found = try await samples(client)
      let kinds = found.keys.filter { $0.hasPrefix("http_requests_total") }.map { $0.dropFirst("http_requests_total{".count).dropLast() }
      #expect(kinds.count == 7 && found["http_requests_total{\(labels("POST", "/orders", 201))}"] == 3, "\(kinds)")
      for kind in kinds {
        let count = try #require(found["http_requests_total{\(kind)}"])
        let buckets = (RequestDurations.limits.map { "\($0.seconds)" } + ["+Inf"]).map {
          found["http_request_duration_seconds_bucket{\(kind),le=\"\($0)\"}"] ?? -1
        }
        #expect(buckets == buckets.sorted() && buckets.allSatisfy { $0 >= 0 } && buckets.last == count, "\(kind): \(buckets)")
        #expect(found["http_request_duration_seconds_count{\(kind)}"] == count)
        #expect(try #require(found["http_request_duration_seconds_sum{\(kind)}"]) > 0)
        for name in ["http_requests_created", "http_request_duration_seconds_created"] {
          #expect(found["\(name){\(kind)}"] == found["process_start_time_seconds"])
        }
      }
    }
  }

  @Test("Whatever paths and methods are asked for, routes are those that are served or none, and methods known ones or 'other'")
  func bounded() async throws {
    try await TestServer().test { client in
      let parts = [
        "orders", "metrics", "..", "%2e%2e", "{id}", "%7Bid%7D", "\"", "\\", "a\"}", "NotFound", "é", "*", "?", "x#y", "%00", "",
      ]
      let methods = try ["GET", "POST", "HEAD", "DELETE", "QUERY", "PROPFIND", "other", "get", "x-\(String(repeating: "y", count: 300))"]
        .map { try #require(HTTPRequest.Method($0)) }
      for index in 0..<UInt64(600) {
        let drawn = (0..<draw(5, index)).map { parts[draw(parts.count, index, part: UInt64($0) + 1)] }
        let path = "/" + (drawn + (index % 3 == 0 ? ["\(index)"] : [])).joined(separator: "/")
        _ = try await client.send(methods[draw(methods.count, index, part: 9)], path)
      }
      for path in ["/orders", "/orders/x", "/nowhere"] { _ = try await client.send(.get, path) }
      let found = try await samples(client)
      let served = ["/", "/orders", "/orders/{id}", "/orders/{id}/status", "/orders/{id}/cancel", "/metrics", "/metrics/{id}", ""]
      let pages = ["/metrics/prometheus", "/ping", "/health", "/openapi.json", "/docs"]
      let routes = Set(values(of: "route", in: found))
      #expect(routes.isSubset(of: served + pages) && routes.isSuperset(of: ["", "/orders", "/orders/{id}"]), "\(routes)")
      let known = Set(values(of: "method", in: found))
      #expect(known.isSubset(of: ["GET", "POST", "HEAD", "DELETE", "QUERY", "other"]) && known.contains("other"), "\(known)")
      let total = found.filter { $0.key.hasPrefix("http_requests_total{") }.values.reduce(0, +)
      #expect(total == 603)
    }
  }

  @Test("A wait before the answer is part of its duration, and a server that lies counts what it has answered")
  func faults() async throws {
    try await FaultyServer("wire=delay:60ms").test { client in
      _ = try await client.send(.get, "/metrics")
      let sum = try await samples(client)["http_request_duration_seconds_sum{\(labels("GET", "/metrics", 200))}"]
      #expect(try #require(sum) >= 0.06)
    }
    try await FaultyServer("creates=stored-500", "total=-1").test { client in
      _ = try await client.create()
      let found = try await samples(client)
      #expect(found["http_requests_total{\(labels("POST", "/orders", 500))}"] == 1)
      #expect(found["orders_accepted_total"] == 0 && found["orders_accepted_created"] != nil)
    }
  }

  @Test("Many who are counted at once are all counted", arguments: [2, 8])
  func together(tasks: Int) async {
    let tallies = RequestTallies()
    let kinds = [RequestKind(method: "GET", route: "/a", status: 200), RequestKind(method: "GET", route: "/a", status: 404)]
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<tasks {
        group.addTask { for number in 0..<1_000 { tallies.add(kinds[(task + number) % 2], .milliseconds(number)) } }
      }
    }
    let all = tallies.all.durations
    #expect(tallies.all.inMilliseconds.isEmpty)
    #expect(all.values.map(\.count) == [Int64](repeating: Int64(tasks) * 500, count: 2))
    #expect(all.values.reduce(Duration.zero) { $0 + $1.sum } == .milliseconds(tasks * 499_500))
  }

  @Test("Buckets are what counting the durations would give", arguments: 0..<20 as Range<UInt64>)
  func buckets(seed: UInt64) {
    // Also those that are exactly a limit, and those just above one.
    let drawn = (0..<UInt64(200)).map { index -> Duration in
      let limit = RequestDurations.limits[draw(RequestDurations.limits.count, index, seed: seed)]
      let any = Duration.nanoseconds(draw(20_000_000_000, index, part: 1, seed: seed))
      return [limit, limit + .nanoseconds(1), any][draw(3, index, part: 2, seed: seed)]
    }
    var durations = RequestDurations()
    for duration in drawn { durations.add(duration) }
    #expect(durations.count == 200 && durations.sum == drawn.reduce(.zero, +))
    let counts = RequestDurations.limits.map { limit in Int64(drawn.count { $0 <= limit }) }
    #expect(durations.cumulativeCounts == counts)
    let shifted = durations.shifted
    #expect(shifted.cumulativeCounts == [0] + counts.dropLast() && shifted.count == 200 && shifted.sum == durations.sum)
  }
}
