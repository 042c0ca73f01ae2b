/// Jobs that wait for their turn, in a lane for each who asks: lanes are served one after another, so that who asks for much waits behind
/// himself, and nobody else behind him. A pure value.
struct FairQueue<Lane: Hashable & Sendable, Job: Sendable>: Sendable {
  private var lanes: [Lane: [Job]] = [:]
  /// Lanes with jobs, the next one first.
  private var turns: [Lane] = []
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  /// Puts a job behind the others of its lane. Where there is no room, the newest job of the longest lane gives way: that may be this one.
  /// - Parameter room: how many jobs may wait with this one.
  /// - Returns: the job that has given way; `nil` where there was room.
  mutating func add(_ job: Job, to lane: Lane, room: Int) -> Job? {
    var displaced: Job?
    if count >= room {
      let own = lanes[lane]?.count ?? 0
      guard room > 0, let longest = lanes.max(by: { $0.value.count < $1.value.count }), longest.value.count > own + 1 else { return job }
      displaced = lanes[longest.key]?.removeLast()
      count -= 1
    }
    if lanes[lane] == nil { turns.append(lane) }
    lanes[lane, default: []].append(job)
    count += 1
    return displaced
  }

  /// The oldest job of the lane whose turn it is.
  mutating func next() -> Job? {
    guard !turns.isEmpty else { return nil }
    let lane = turns.removeFirst()
    guard let job = lanes[lane]?.removeFirst() else { return nil }
    count -= 1
    if lanes[lane]?.isEmpty == true { lanes[lane] = nil } else { turns.append(lane) }
    return job
  }
}
