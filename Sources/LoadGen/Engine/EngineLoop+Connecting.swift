import NIOCore
import Shared

/// A connection that is being opened, and when it is to be looked at again.
struct ConnectAttempt {
  var due: Instant
  var index: Int
  var generation: UInt32
  /// Otherwise it is to be begun once more.
  var isUnderWay: Bool
}

/// Where connections are made to. An address that cannot be reached costs no order while there is another: the core hears only of a connection
/// that was not to be had from any.
extension EngineLoop {
  /// How long an address may take to be reached where there is another, in nanoseconds.
  private static let patience: Int64 = 1_000_000_000
  /// After how long a socket of this machine is asked again that had too many waiting, in nanoseconds.
  private static let pause: Int64 = 1_000_000

  /// The name has other addresses by now. Connections that are open stay.
  mutating func use(_ found: [SocketAddress]) { addresses.replace(with: found) }

  mutating func connect(_ index: Int) {
    guard let failure = begin(index, after: nil) else { return }
    tell(.connectFailed(index, failure, settings.clock.now()))
  }

  /// Tries one address after another until a connection is under way.
  /// - Parameter failure: why the last one could not be reached.
  /// - Returns: why none could.
  private mutating func begin(_ index: Int, after failure: Failure?) -> Failure? {
    var failure = failure
    while let address = addresses.take(settings.clock.now()) ?? (failure == nil ? addresses.leastTired : nil) {
      do throws(Failure) {
        watch(index, isUnderWay: try connections[index].connect(to: address, index: index, poller))
        return nil
      } catch {
        failure = error
        if error.kind == .exhausted { return error }
        addresses.failed(address, settings.clock.now())
      }
    }
    callbacks.unreachable()
    return failure ?? Failure(.refused, "the target has no address")
  }

  private mutating func watch(_ index: Int, isUnderWay: Bool) {
    guard !isUnderWay || addresses.hasSeveral else { return }
    attempts.append(
      ConnectAttempt(
        due: settings.clock.now() + (isUnderWay ? Self.patience : Self.pause), index: index,
        generation: connections[index].generation, isUnderWay: isUnderWay))
  }

  /// Looks at connections that should be open by now.
  mutating func lookAgain(_ now: Instant) {
    while let attempt = attempts.first, attempt.due <= now {
      attempts.removeFirst()
      let index = attempt.index
      guard connections[index].isCurrent(attempt.generation), connections[index].state == .connecting else { continue }
      if attempt.isUnderWay {
        // Where there is no other, it may take as long as any request.
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

  /// The connection, which is closed again, could not be had from its address.
  mutating func couldNotConnect(_ index: Int, _ failure: Failure) {
    let now = settings.clock.now()
    guard failure.kind != .exhausted, let address = connections[index].address else { return tell(.connectFailed(index, failure, now)) }
    addresses.failed(address, now)
    // That TLS fails is no matter of one address alone: it is told.
    guard failure.kind != .tls else { return tell(.connectFailed(index, failure, now)) }
    guard let failure = begin(index, after: failure) else { return }
    tell(.connectFailed(index, failure, settings.clock.now()))
  }

  mutating func isConnected(_ index: Int) {
    if let address = connections[index].address { addresses.worked(address) }
    let now = settings.clock.now()
    connections[index].idleSince = now
    tell(.connected(index, now))
  }
}
