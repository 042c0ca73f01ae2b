import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A server's answer as a JSON object.
func document(_ url: String) async throws -> [String: Any] {
  guard let url = URL(string: url) else { throw URLError(.badURL) }
  let (data, _) = try await URLSession.shared.data(from: url)
  return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
}

/// A whole number of a server's metrics.
func metric(_ name: String, at url: String) async throws -> Int {
  try await document(url + "/metrics")[name] as? Int ?? -1
}

/// How many orders stand at a status, by the server's own word.
func count(_ status: String, at url: String) async throws -> Int {
  (try await document(url + "/metrics")["status_counts"] as? [String: Any])?[status] as? Int ?? -1
}

struct NeverTrue: Error {}

/// How long anything is waited for before a test gives up. No test is about it: a shared machine may stand still for a minute.
let patience = Duration.seconds(300)

/// Waits for a condition; an error counts as not yet.
func until(_ condition: () async throws -> Bool) async throws {
  let began = ContinuousClock.now
  while began.duration(to: .now) < patience {
    if (try? await condition()) == true { return }
    try await Task.sleep(for: .milliseconds(5))
  }
  throw NeverTrue()
}

/// Makes something, and makes it anew where the machine has spoilt it, as it does by standing still. What shows that is the caller's to
/// say; it must not be what is tested.
/// - Throws: `NeverTrue` where it is spoilt for as long as `patience`.
func again<Result>(while isSpoilt: (Result) -> Bool, _ make: () async throws -> Result) async throws -> Result {
  let began = ContinuousClock.now
  while began.duration(to: .now) < patience {
    let result = try await make()
    if !isSpoilt(result) { return result }
  }
  throw NeverTrue()
}
