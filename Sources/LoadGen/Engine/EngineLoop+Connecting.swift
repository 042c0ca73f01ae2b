import NIOCore
import Shared

/// A connection that is being opened, and when it must be looked at again.
struct ConnectAttempt {
  var due: Instant
  var index: Int
  var generation: UInt32
  /// Whether the connect has begun; otherwise it must be begun again.
  var isUnderWay: Bool
}

/// Opens connections. While a name has another address, one that cannot be reached costs no order: the core only hears of a connection that
/// none of the addresses would accept.
extension EngineLoop {
  /// How long connecting to an address may take if there is another one, in nanoseconds.
  private static let patience: Int64 = 1_000_000_000
  /// After how long connecting to a Unix socket whose queue was full is tried again, in nanoseconds.
  private static let pause: Int64 = 1_000_000

  /// Takes over the addresses that the name has now. Open connections stay open.
  mutating func use(_ found: [SocketAddress]) { addresses.replace(with: found) }

  /// Opens a connection to the next address. The core is told once it is open, or cannot be opened.
  mutating func connect(_ index: Int) {
    guard let failure = begin(index, after: nil) else { return }
    tell(.connectFailed(index, failure, readClock()))
  }

  /// Tries one address after another until a connect is under way.
  /// - Parameter failure: why the previous address could not be reached; `nil` at the first attempt, when a resting address is tried rather
  ///   than none.
  /// - Returns: why none of them could be reached.
  private mutating func begin(_ index: Int, after failure: Failure?) -> Failure? {
    var failure = failure
    while let address = addresses.take(readClock()) ?? (failure == nil ? addresses.leastTired : nil) {
      do throws(Failure) {
        watch(index, isUnderWay: try connections[index].connect(to: address, index: index, poller))
        return nil
      } catch {
        failure = error
        if error.kind == .exhausted { return error }
        addresses.failed(address, readClock())
      }
    }
    callbacks.unreachable()
    return failure ?? Failure(.refused, "the target has no address")
  }

  private mutating func watch(_ index: Int, isUnderWay: Bool) {
    guard !isUnderWay || addresses.hasSeveral else { return }
    attempts.append(
      ConnectAttempt(
        due: readClock() + (isUnderWay ? Self.patience : Self.pause), index: index,
        generation: connections[index].generation, isUnderWay: isUnderWay))
  }

  /// Looks after connections that should be open by now.
  mutating func lookAgain(_ now: Instant) {
    while let attempt = attempts.first, attempt.due <= now {
      attempts.removeFirst()
      let index = attempt.index
      guard connections[index].isCurrent(attempt.generation), connections[index].state == .connecting else { continue }
      if attempt.isUnderWay {
        // If there is no other address, it may take as long as any request.
        guard addresses.hasOther(than: connections[index].address, now) else { continue }
        connections[index].close()
        couldNotConnect(index, Failure(.connectTimeout, "no connection within \(Duration.nanoseconds(Self.patience).text)"))
      } else {
        do throws(Failure) {
          watch(index, isUnderWay: try connections[index].connectAgain(index: index, poller))
        } catch {
          couldNotConnect(index, error)
        }
      }
    }
  }

  /// The connection could not be established with its address, and has been closed again: tries another one.
  mutating func couldNotConnect(_ index: Int, _ failure: Failure) {
    let now = readClock()
    guard failure.kind != .exhausted, let address = connections[index].address else { return tell(.connectFailed(index, failure, now)) }
    addresses.failed(address, now)
    // A TLS failure does not concern one address alone, so it is reported.
    guard failure.kind != .tls else { return tell(.connectFailed(index, failure, now)) }
    guard let failure = begin(index, after: failure) else { return }
    tell(.connectFailed(index, failure, readClock()))
  }

  /// The connection is open, TLS included.
  mutating func isConnected(_ index: Int) {
    if let address = connections[index].address { addresses.worked(address) }
    let now = readClock()
    connections[index].idleSince = now
    tell(.connected(index, now))
  }
}
