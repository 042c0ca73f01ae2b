import Foundation
import NIOCore
import Shared
import Testing

@testable import LoadRun

@Suite("Poll and connection policy, as settings")
struct PolicySettingsTests {
  private func scenario(_ values: [Setting: String]) throws -> Scenario {
    var layers = SettingLayers()
    layers.set(.target, ["http://127.0.0.1:1"], from: "the target")
    for (setting, text) in values { layers.set(setting, [text], from: "--\(setting.rawValue)") }
    return try Scenario(layers, randomSeed: 5)
  }

  private func engine(_ values: [Setting: String]) throws -> Engine.Settings {
    let scenario = try scenario(values)
    return scenario.engine(
      target: try TargetURL(text: "http://127.0.0.1:1"),
      places: TargetPlaces(addresses: [try SocketAddress(ipAddress: "127.0.0.1", port: 1)]), clock: EngineClock(epochNow: 0))
  }

  @Test("What is said is what each loop does, and is told again as a flag would take it")
  func settings() throws {
    let said: [Setting: String] = [
      .poll: "backoff:100ms..5s", .pollFirst: "1s", .pollJitter: "20%", .maxPolls: "500/s", .maxRequestsPerConnection: "7",
      .connectRamp: "10s", .eventLoops: "2", .auditPrecision: "10ms:5%",
    ]
    for loop in try engine(said).loops.map(\.core) {
      #expect(loop.poll.delay == .second)
      #expect(loop.poll.jitter == 0.2)
      #expect(loop.poll.random == SeededRandom(seed: 5))
      #expect(loop.pollInterval == 4 * .millisecond)
      #expect(loop.auditPrecision?.gap == 10 * .millisecond && loop.auditPrecision?.share == 0.05)
      #expect(loop.requestsPerConnection == 7)
      #expect(loop.connectRamp == 10 * .second)
    }
    let resolved = try scenario(said).resolved
    for (setting, text) in said { #expect(resolved[setting.rawValue] == text) }
    #expect(resolved["no-keep-alive"] == "false")
  }

  @Test("Without any of it polls have no cap and no jitter, and connections are kept and opened at once")
  func defaults() throws {
    let core = try #require(try engine([:]).loops.first?.core)
    #expect(core.pollInterval == 0 && core.connectRamp == 0)
    #expect(core.requestsPerConnection == nil)
    #expect(core.poll.jitter == 0 && core.poll.delay == nil)
    #expect(core.poll.description == "adaptive:100ms..1m")
  }

  @Test(
    "The gap adapts only where nothing is said of it, and users do not wait for their orders",
    arguments: [
      ([:], "adaptive:100ms..1m"), ([.orderTimeout: "5s"], "adaptive:100ms..5s"), ([.orderTimeout: "50ms"], "adaptive:100ms..100ms"),
      ([.waitFor: "completion"], "every:100ms"), ([.poll: "20ms"], "every:20ms"), ([.poll: "backoff:1s..2s"], "backoff:1s..2s"),
      ([.poll: "adaptive", .waitFor: "completion"], "adaptive:100ms..1m"), ([.poll: "adaptive:50ms..10s"], "adaptive:50ms..10s"),
    ] as [([Setting: String], String)])
  func whatAdapts(said: [Setting: String], policy: String) throws { #expect(try scenario(said).resolved["poll"] == policy) }

  @Test("What --poll says in a scenario file or the environment is as fixed as the flag's")
  func saidElsewhere() throws {
    var layers = SettingLayers()
    layers.set(.target, ["http://127.0.0.1:1"], from: "the target")
    layers.add(environment: ["LOADGEN_POLL": "100ms"])
    #expect(try Scenario(layers).poll.description == "every:100ms")
  }

  @Test("Each loop has as many connections for following orders as for creates, where anything else than creates is sent")
  func connections() throws {
    func core(_ said: [Setting: String]) throws -> CoreSettings { try #require(try engine(said).loops.first?.core) }
    let closed = try core([.concurrency: "7"])
    #expect(closed.connections == 7 && closed.connectionsForFollowing == 7)
    let open = try core([.rate: "10/s", .orders: "5", .connections: "9", .eventLoops: "2"])
    #expect(open.connections == 5 && open.connectionsForFollowing == 5)
    #expect(try core([.noFollow: "true"]).connectionsForFollowing == 0)
    #expect(try core([.noFollow: "true", .mix: "list=1%"]).connectionsForFollowing == 50)
  }

  @Test("Without keep-alive every request says so, and a connection carries one of them", arguments: [false, true])
  func keepAlive(isOff: Bool) throws {
    let loop = try #require(try engine([.noKeepAlive: "\(isOff)"]).loops.first)
    #expect(loop.core.requestsPerConnection == (isOff ? 1 : nil))
    for what in [RequestKind.create, .poll, .metrics] {
      var buffer = ByteBuffer()
      loop.encoder.write(what, RequestContext(id: OrderID("1")), into: &buffer)
      let text = String(buffer: buffer)
      #expect(text.contains("\r\nConnection: close\r\n") == isOff, "\(text)")
    }
  }

  @Test(
    "What cannot be is refused, with what would be right",
    arguments: [
      ([.pollFirst: "60s"], "--poll-first: after 1m the order has been given up already"),
      ([.pollJitter: "120%"], "--poll-jitter: '120%' is not a share: it must lie from 0% to 100%"),
      ([.maxPolls: "0"], "--max-polls: '0' is not a rate: it must be greater than zero"),
      ([.maxRequestsPerConnection: "0"], "--max-requests-per-connection: '0' is not a count"),
      (
        [.noKeepAlive: "true", .maxRequestsPerConnection: "5"], "--no-keep-alive and --max-requests-per-connection 5 contradict one another"
      ),
      ([.auditPrecision: "0ms"], "--audit-precision: '0ms' is not an audit's precision: it must be greater than zero"),
      ([.auditPrecision: "10ms:0%"], "it must be greater than zero, as in 10ms or 10ms:5%"),
      ([.auditPrecision: "10ms:"], "--audit-precision: '' is not a share"),
      ([.auditPrecision: "10"], "--audit-precision: '10' is not a duration"),
      ([.auditPrecision: "100ms"], "all orders are polled as often already: it must be shorter than the gap of --poll, which is 100ms"),
      ([.auditPrecision: "10ms", .noFollow: "true"], "--audit-precision and --no-follow contradict one another"),
      ([.connectRamp: "10"], "--connect-ramp: '10' is not a duration: it needs a unit"),
    ] as [([Setting: String], String)])
  func refusals(said: [Setting: String], words: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try scenario(said) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test("Orders that are found in a list have no poll of their own, neither a first one nor more than others")
  func listed() throws {
    var scenario = try scenario([.pollFirst: "1s"])
    try scenario.refusePolicies(SettingLayers())
    scenario.dialect.status.source = .list
    let error = #expect(throws: ConfigurationError.self) { try scenario.refusePolicies(SettingLayers()) }
    #expect(error?.description.hasPrefix("--poll-first: the dialect standard finds orders in a list") == true)
    scenario.poll.delay = nil
    scenario.auditPrecision = try AuditPrecision(text: "10ms")
    let more = #expect(throws: ConfigurationError.self) { try scenario.refusePolicies(SettingLayers()) }
    #expect(more?.description.hasPrefix("--audit-precision: the dialect standard finds orders in a list") == true)
  }
}
