import Testing

@testable import LoadRun
import Shared

@Suite("Before the run")
struct PreflightTests {
  /// A usual machine: 61 descriptors are needed beside those of the connections.
  private let usual = Preflight(
    connections: 100, eventLoops: 1, cores: 4, openDescriptors: 11, softLimit: 1_024, hardLimit: 4_096, ports: 32_768...60_999)

  @Test("Connections that fit are let through as they are")
  func fits() throws {
    var preflight = usual
    #expect(preflight.neededDescriptors == 161)
    #expect(try preflight.answer() == .ready)
    preflight.softLimit = 161
    #expect(try preflight.answer() == .ready)
    #expect(preflight.warning == nil)
  }

  @Test("A limit that can be raised from within is raised to what is needed, and no further")
  func raises() throws {
    var preflight = usual
    preflight.softLimit = 160
    #expect(try preflight.answer() == .raiseLimit(to: 161))
    preflight.connections = 4_096 - 61
    #expect(try preflight.answer() == .raiseLimit(to: 4_096))
  }

  @Test("Where the limit is too low, the number needed, the limit found and the command are named")
  func refuses() throws {
    var preflight = usual
    preflight.connections = 5_000
    let error = #expect(throws: ConfigurationError.self) { try preflight.answer() }
    #expect(
      error?.description == "5000 connections need 5061 file descriptors, and this process may have 4096: raise the limit by "
        + "'ulimit -n 5061' before loadgen is started, or give --connections 4035 or fewer")
    preflight.hardLimit = 20
    preflight.softLimit = 20
    let hopeless = #expect(throws: ConfigurationError.self) { try preflight.answer() }
    #expect(hopeless?.description.contains("--connections") == false, "no number of them would fit")
  }

  @Test("Where orders are followed there are as many connections again, which is said")
  func followed() throws {
    var preflight = usual
    preflight.areFollowed = true
    #expect(preflight.neededDescriptors == 261)
    preflight.connections = 5_000
    let error = #expect(throws: ConfigurationError.self) { try preflight.answer() }
    #expect(
      error?.description == "5000 connections for creates, and as many for following them, need 10061 file descriptors, and this process "
        + "may have 4096: raise the limit by 'ulimit -n 10061' before loadgen is started, or give --connections 2017 or fewer")
    preflight.connections = 2_017
    #expect(try preflight.answer() == .raiseLimit(to: 4_095))
  }

  @Test("Each event loop has connections and descriptors of its own")
  func eventLoops() {
    var preflight = usual
    preflight.eventLoops = 3
    #expect(preflight.neededDescriptors == 161 + 2 * (Preflight.ownConnections + Preflight.perEventLoop))
  }

  @Test("More connections to one address than there are local ports are refused, whatever the descriptors")
  func ports() throws {
    var preflight = usual
    preflight.hardLimit = .max
    preflight.ports = 40_000...40_099
    let error = #expect(throws: ConfigurationError.self) { try preflight.answer() }
    let text = try #require(error?.description)
    #expect(text.contains("need 103 local ports, and this system gives out 100 (40000 to 40099)"), "\(text)")
    #expect(text.contains("--connections 97 or fewer"), "\(text)")
    #expect(text.contains("sysctl"), "\(text)")
    preflight.connections = 97
    #expect(try preflight.answer() == .ready)
    preflight.ports = nil
    preflight.connections = 100
    #expect(try preflight.answer() == .ready)
  }

  @Test("A rate beyond what an event loop was ever measured to send is warned of, with both rates")
  func rates() throws {
    #expect(Preflight.rateWarning(nil, eventLoops: 1) == nil)
    #expect(Preflight.rateWarning(60_000, eventLoops: 1) == nil)
    let warning = try #require(Preflight.rateWarning(1e9, eventLoops: 1))
    #expect(warning.hasPrefix("a rate of 1,000,000,000/s is more than one event loop was ever measured to send, 63,967/s: "), "\(warning)")
    #expect(Preflight.rateWarning(100_000, eventLoops: 2) == nil)
    #expect(Preflight.rateWarning(200_000, eventLoops: 2)?.contains("200,000/s, 100,000/s for each of 2 event loops") == true)
    // The busiest second counts, wherever it begins.
    let recorded = RecordedTimes([0, 900_000_000, 1_000_000_000, 1_800_000_000, 1_900_000_000])
    #expect(recorded.most(within: 1_000_000_000) == 3)
    #expect(RecordedTimes([]).most(within: 1) == 0)
  }

  @Test("With one connection for each request, the rate is told at which the ports run out")
  func restingPorts() {
    var preflight = usual
    preflight.closesAfterEachRequest = true
    #expect(preflight.warning?.contains("the 28232 local ports of this system run out at more than 470 requests/s") == true)
  }
}
