/// Jobs that wait for their turn, in a lane for each caller. The lanes are served in turn, so that a caller who asks for much waits behind
/// its own jobs, and nobody else does. A pure value.
struct FairQueue<Lane: Hashable & Sendable, Job: Sendable>: Sendable {
  private var lanes: [Lane: [Job]] = [:]
  /// Lanes with jobs, the next one first.
  private var turns: [Lane] = []
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  /// Puts a job behind the others of its lane. Where there is no room, the newest job of the longest lane is displaced, which may be this
  /// one.
  /// - Parameter room: how many jobs may wait, including this one.
  /// - Returns: the job that was displaced; `nil` where there was room.
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

  /// Removes the oldest job of the lane whose turn it is; `nil` where none waits.
  mutating func next() -> Job? {
    guard !turns.isEmpty else { return nil }
    let lane = turns.removeFirst()
    guard let job = lanes[lane]?.removeFirst() else { return nil }
    count -= 1
    if lanes[lane]?.isEmpty == true { lanes[lane] = nil } else { turns.append(lane) }
    return job
  }
}
