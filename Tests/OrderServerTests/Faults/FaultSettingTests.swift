import Shared
import Testing

@testable import OrderServer

@Suite("Faults as settings")
struct FaultSettingTests {
  private func configuration(_ faults: [String], _ others: [String: String] = [:], environment: [String: String] = [:]) throws
    -> ServerConfiguration
  {
    var flags = others.mapValues { [$0] }
    if !faults.isEmpty { flags["fault"] = faults }
    return try Settings(flags: flags, environment: environment).configuration()
  }

  @Test("Without the setting there are none; with it there are as many as were said, by flags or in the lines of the variable")
  func several() throws {
    #expect(try configuration([]).faults.isEmpty)
    let faults = [Fault(.figures(.one(.total), .offset(-1))), Fault(.orders(.stuck))]
    #expect(try configuration(["total=-1", "orders=stuck"]).faults == faults)
    #expect(try configuration([], environment: ["ORDER_SERVER_FAULT": "total=-1\norders=stuck\n"]).faults == faults)
    #expect(try configuration(["orders=stuck"], environment: ["ORDER_SERVER_FAULT": "?"]).faults == [faults[1]])
  }

  @Test("One that cannot be read is refused by the name that it was given under")
  func refused() {
    let byFlag = #expect(throws: ConfigurationError.self) { try configuration(["total=-1", "totl=-1"]) }
    #expect(byFlag?.description.hasPrefix("--fault: 'totl=-1' is not a fault: ") == true)
    #expect(byFlag?.description.contains("did you mean 'total'?") == true)
    let byVariable = #expect(throws: ConfigurationError.self) { try configuration([], environment: ["ORDER_SERVER_FAULT": "x"]) }
    #expect(byVariable?.description.hasPrefix("ORDER_SERVER_FAULT: 'x' is not a fault: ") == true)
  }

  @Test("Where clients choose the ids, there are none to be wrong about", arguments: ["sequential", "basic-auth"])
  func clientsIDs(profile: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try configuration(["ids=swapped"], ["profile": profile]) }
    #expect(
      error?.description == "--fault: 'ids=swapped' is about ids that the server chooses, and in the profile \(profile) clients do: "
        + "leave it out, or take another profile")
    #expect(try configuration(["ids=swapped"], ["profile": "fcfs"]).faults == [Fault(.ids(.swapped))])
  }
}
