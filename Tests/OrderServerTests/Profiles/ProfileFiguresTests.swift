import Foundation
import Hummingbird
import Shared
import Testing

@testable import OrderServer

@Suite("Figures as the profiles print them")
struct ProfileFiguresTests {
  /// Two orders completed, one in work, one pending.
  private static func figures(_ profile: Profile, processing: Int64, completion: Int64, mean: Duration) throws -> JSON {
    var tallies = Tallies()
    tallies[.completed] = 2
    tallies[.processing] = 1
    tallies[.pending] = 1
    tallies.processing.sum = processing
    tallies.completion.sum = completion
    let write = try #require(profile.format.metrics)
    var buffer = ByteBuffer()
    write(Figures(tallies: tallies, meanServiceTime: mean)).encode(into: &buffer)
    return try JSON(parsing: String(buffer: buffer))
  }

  @Test("basic-auth rounds the service time to two decimals")
  func rounds() throws {
    let json = try Self.figures(.basicAuth, processing: 210_000, completion: 9_000_000, mean: .milliseconds(100))
    #expect(json["avg_processing_time_seconds"] == .number(0.11) && json["pending_orders"] == .number(1))
  }

  @Test(
    "fcfs rounds its average down to whole seconds, and prints the estimate whole where it is", arguments: [(2_000, "4"), (20, "0.04")])
  func floors(milliseconds: Int, estimate: String) throws {
    let json = try Self.figures(.fcfs, processing: 0, completion: 53_999_999, mean: .milliseconds(milliseconds))
    #expect(json["average_processing_time"] == .number(26))
    #expect(json["estimated_processing_time"] == .number(try #require(Double(estimate))))
  }

  @Test("The estimate is exactly the service time as it is really waited, times the open orders")
  func estimates() {
    for open in 0..<5_000 as Range<Int64> {
      var tallies = Tallies()
      tallies[.pending] = open
      let figures = Figures(tallies: tallies, meanServiceTime: .milliseconds(20))
      #expect(figures.estimate == Double(open * 20) / 1_000)
    }
  }

  @Test("sequential leaves out what no order stands at, and says 0 where nothing is completed")
  func leavesOut() throws {
    let write = try #require(Profile.sequential.format.metrics)
    var tallies = Tallies()
    tallies[.pending] = 1
    let json = write(Figures(tallies: tallies, meanServiceTime: .seconds(5)))
    #expect(json == ["average_processing_time": .number(0), "status_counts": ["Pending": .integer(1)], "total_orders": .integer(1)])
  }

  @Test(
    "sequential writes a duration with two decimals, to the nearest",
    arguments: [(6_236_816, "6.24 seconds"), (5_004_999, "5.00 seconds"), (5_005_000, "5.01 seconds"), (0, "0.00 seconds")])
  func writesDurations(microseconds: Int64, text: String) throws {
    var order = Order.sample("11", createdAt: Timestamp(microseconds: 1_740_924_944_685_458))
    order.status = .completed
    order.endedAt = Timestamp(microseconds: 1_740_924_944_685_458 + microseconds)
    let write = try #require(Profile.sequential.format.orderMetrics)
    #expect(write(order)["processing_time"] == .string(text))
    #expect(write(order)["created_at"] == "2025-03-02T14:15:44.685458")
  }

  @Test("Every profile has its own word for each status, counts what has failed or was cancelled, and only where there is any")
  func countsEveryEnd() throws {
    var tallies = Tallies()
    for (count, status) in OrderStatus.allCases.enumerated() { tallies[status] = Int64(count) + 1 }
    for profile in Profile.all where profile.format.metrics != nil {
      let dialect = try #require(profile.dialect.metrics)
      for status in OrderStatus.allCases {
        #expect(profile.dialect.status.words.status(for: profile.dialect.status.words.word(for: status)) == status, "\(profile.name)")
        #expect(dialect.figures.contains { $0.quantity == .count(status) }, "\(profile.name): \(status)")
      }
      for ends in [[], [.cancelled], [.failed], [.cancelled, .failed]] as [[OrderStatus]] {
        var tallies = tallies
        for status in [OrderStatus.cancelled, .failed] where !ends.contains(status) { tallies[status] = 0 }
        var buffer = ByteBuffer()
        profile.format.metrics?(Figures(tallies: tallies, meanServiceTime: .seconds(1))).encode(into: &buffer)
        let json = try JSON(parsing: String(buffer: buffer))
        for figure in dialect.figures {
          guard case .count(let status) = figure.quantity else { continue }
          let found = figure.field.keys.reduce(json as JSON?) { $0?[$1] }
          // The literal bodies of the originals have neither; our own has both at all times.
          let expected = tallies[status] > 0 || profile == .standard ? JSON.number(Double(tallies[status])) : nil
          #expect(found == expected, "\(profile.name): \(figure.field), \(String(buffer: buffer))")
          #expect(expected != nil || figure.missingIsZero)
        }
      }
    }
  }

  @Test("Prometheus text is valid: every sample belongs to a family that has been announced once")
  func prometheus() throws {
    var tallies = Tallies()
    tallies[.completed] = 3
    tallies.processing.sum = 1_500_000
    var durations = RequestDurations()
    durations.add(.milliseconds(5))
    durations.add(.seconds(20))
    let server = ServerFigures(
      ordersBeganAt: Timestamp(microseconds: 1_790_000_000_123_456), startedAt: Timestamp(microseconds: 1_791_000_000_500_000),
      requests: [RequestKind(method: "GET", route: "/orders/{id}", status: 200): durations])
    let text = PrometheusText(Figures(tallies: tallies, meanServiceTime: .seconds(1)), server).description
    #expect(text.hasSuffix("\n") && text.contains("order_processing_seconds_sum 1.5\norder_processing_seconds_count 3\n"))
    let labels = #"method="GET",route="/orders/{id}",status="200""#
    for line in [
      "orders_accepted_created 1790000000.123456", "order_completion_seconds_created 1790000000.123456",
      "process_start_time_seconds 1791000000.5", "http_requests_total{\(labels)} 2", "http_requests_created{\(labels)} 1791000000.5",
      "http_request_duration_seconds_bucket{\(labels),le=\"0.005\"} 1", "http_request_duration_seconds_bucket{\(labels),le=\"10.0\"} 1",
      "http_request_duration_seconds_bucket{\(labels),le=\"+Inf\"} 2", "http_request_duration_seconds_sum{\(labels)} 20.005",
      "http_request_duration_seconds_count{\(labels)} 2", "http_request_duration_seconds_created{\(labels)} 1791000000.5",
    ] { #expect(text.contains("\n\(line)\n"), "\(line) is not in \(text)") }
    var family = ""
    var announced: Set<String> = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if line.hasPrefix("# HELP ") {
        family = String(words[2])
        #expect(announced.insert(family).inserted)
      } else if line.hasPrefix("# TYPE ") {
        #expect(words[2] == family && ["gauge", "counter", "histogram"].contains(String(words[3])))
      } else {
        #expect(words.count == 2 && words[0].hasPrefix(family) && Double(words[1]) != nil, "\(line)")
      }
    }
  }
}
