import Foundation
import Shared
import Testing

@testable import LoadRun

@Suite("Lines of orders")
struct OrderColumnTests {
  private func line(_ order: ToldOrder, _ format: OrderFormat = .csv) -> String {
    var text: [UInt8] = []
    format.add(order, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private func order(_ outcome: OrderOutcome, id: OrderID? = nil) -> ToldOrder {
    ToldOrder(
      history: OrderHistory(index: 7, due: Instant(1_500_000_000), dispatched: Instant(1_500_000_001)), id: id, at: Instant(0),
      outcome: outcome)
  }

  @Test("A completed order has all its times with nine decimals, and what follows from them")
  func completed() {
    var told = order(.completed, id: OrderID("ord-1"))
    told.history.createWasSent(at: Instant(1_600_000_000))
    told.history.createReceived = Instant(1_700_000_000)
    told.answered = told.history.createReceived
    told.history.observe(.pending, sent: Instant(1_800_000_000), received: Instant(1_810_000_000))
    told.history.observe(.processing, sent: Instant(1_900_000_000), received: Instant(1_910_000_000))
    told.history.observe(.ended, sent: Instant(62_000_000_000), received: Instant(62_010_000_000))
    (told.code, told.polls, told.stage) = (201, 3, 2)
    #expect(
      line(told)
        == "7,2,1.500000000,1.500000001,1.600000000,1.700000000,201,accepted,ord-1,completed,1.600000000,1.700000000,1.800000000,"
        + "1.910000000,1.900000000,62.010000000,0.200000000,60.410000000,0.100000000,0.310000000,0.000000000,60.210000000,"
        + "0.400000000,60.510000000,3\n")
    #expect(
      line(told, .log)
        == #"{"order":{"create_received":1700000000,"create_sent":1600000000,"ended_received":62010000000,"last_pending_sent":1800000000,"#
        + #""last_unfinished_sent":1900000000,"outcome":"completed","started_received":1910000000}}"# + "\n")
  }

  @Test("What was never seen, or has no end, is empty")
  func unknown() {
    #expect(line(order(.notSent)) == "7,,1.500000000,1.500000001,,,,not_sent\(String(repeating: ",", count: 17))0\n")
    var told = order(.timedOut)
    told.history.createWasSent(at: Instant(2_000_000_000))
    told.history.createReceived = Instant(2_000_000_001)
    told.answered = told.history.createReceived
    #expect(
      line(told)
        == "7,,1.500000000,1.500000001,2.000000000,2.000000001,,accepted,,timed_out,2.000000000,2.000000001,2.000000000,,2.000000000,,"
        + "0.000000000,,0.000000000,,0.000000000,,0.500000000,,0\n")
    var refused = order(.rejected)
    refused.history.createWasSent(at: Instant(2_000_000_000))
    (refused.answered, refused.at, refused.code) = (Instant(3_000_000_000), Instant(3_000_000_000), 429)
    #expect(line(refused) == "7,,1.500000000,1.500000001,2.000000000,3.000000000,429,rejected\(String(repeating: ",", count: 17))0\n")
    #expect(line(refused, .log).contains(#""create_received":3000000000,"#))
  }

  @Test(
    "An id is in quotes where it has to be, and is not changed otherwise",
    arguments: [
      ("plain", "plain"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""), ("=1+1", "=1+1"),
      (" a ", " a "), ("é🧾", "é🧾"), ("'", "'"), (String(repeating: "\"", count: 50), String(repeating: "\"", count: 102)),
    ])
  func quotes(id: String, field: String) {
    #expect(line(order(.completed, id: OrderID(id))).hasPrefix("7,,1.500000000,1.500000001,,,,accepted,\(field),completed,"))
  }

  @Test("Every line has as many fields as the head, whatever became of the order", arguments: OrderOutcome.allCases)
  func width(outcome: OrderOutcome) {
    var head: [UInt8] = []
    OrderFormat.csv.begin(&head)
    let commas = head.count { $0 == UInt8(ascii: ",") }
    #expect(commas == 24 && line(order(outcome)).utf8.count { $0 == UInt8(ascii: ",") } == commas)
  }

  @Test("A table has the plan's orders, and a log those that may exist or were refused")
  func told() {
    var beside = order(.untracked)
    beside.isBeside = true
    #expect(!OrderFormat.csv.tells(of: beside) && OrderFormat.log.tells(of: beside))
    for outcome in OrderOutcome.allCases {
      #expect(OrderFormat.csv.tells(of: order(outcome)))
      #expect(OrderFormat.log.tells(of: order(outcome)) == (outcome != .notSent && outcome != .errored))
    }
  }
}
