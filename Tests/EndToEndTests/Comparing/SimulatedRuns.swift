import Foundation
import Testing

/// Runs in virtual time, to be compared.
struct SimulatedRuns {
  /// In which the runs' folders are made.
  let folder: URL

  /// Makes runs of 20 s at 100 orders/s, in the folders `name-1`, `name-2`, … with the seeds 1, 2, …
  /// - Returns: their folders.
  func make(_ name: String, _ count: Int, from first: Int = 1, _ flags: [String] = []) async throws -> [String] {
    var places: [String] = []
    for number in first..<first + count {
      let place = folder.appendingPathComponent("\(name)-\(number)").path
      let load = ["--rate", "100/s", "--arrivals", "poisson", "-d", "20s", "--poll", "20ms", "--service-time", "exponential:40ms"]
      let chance = ["--seed", "\(number)", "--system-seed", "\(number)\(name.utf8.count)"]
      let done = try await Programs.run(Programs.loadgen, ["simulate", "-q", "-o", place] + load + chance + flags)
      #expect(done.code == 0, "\(done.output)\(done.errors)")
      places.append(place)
    }
    return places
  }
}
