import Dispatch
import Synchronization

/// Connections to one database server: made when they are needed, kept, and never more than a limit at the same time.
final class ConnectionPool: Sendable {
  /// How often a transaction is tried that conflicts with others, and a task that loses its connection.
  static let tries = 10
  /// How long every new connection is refused after the server could not be reached, so that a flood of requests does not become a flood of
  /// connections.
  static let pause = Duration.milliseconds(200)

  private struct State {
    var idle: [Kept] = []
    var failure: (SQLFailure, until: ContinuousClock.Instant)?
    var isClosed = false
  }

  /// `@unchecked`: it is either in the pool or with the one thread that it was lent to.
  private struct Kept: @unchecked Sendable {
    let connection: any SQLConnection
  }

  private let connect: @Sendable () throws -> any SQLConnection
  private let free: DispatchSemaphore
  private let state = Mutex(State())

  /// - Parameter connect: makes a connection; may block. An `SQLFailure` that it throws refuses further ones for `pause`.
  init(limit: Int, connect: @escaping @Sendable () throws -> any SQLConnection) {
    self.connect = connect
    free = DispatchSemaphore(value: limit)
  }

  /// Lends a connection. Blocks the thread while all are in use.
  ///
  /// Since a kept connection was last used, the server may have gone away and come back, or have ended the session of a program that stood
  /// still. Where a connection is lost before anything can have been committed, `body` is done again on another one.
  /// - Throws: `SQLFailure`, at once where the server cannot be reached; and what `body` throws.
  func withConnection<Value>(_ body: (any SQLConnection) throws -> Value) throws -> Value {
    free.wait()
    defer { free.signal() }
    var tries = 1
    while true {
      let kept = try takeIdle() ?? open()
      do {
        return try lend(kept, body)
      } catch let failure as SQLFailure where failure.kind == .lost && !failure.isCommitting && tries < Self.tries {
        tries += 1
        // The other idle connections are as old as this one.
        dropIdle()
      }
    }
  }

  /// Does `body` in one transaction, and again where others stood in its way.
  /// - Throws: `SQLFailure`, and what `body` throws.
  func transaction<Value>(_ body: (any SQLConnection) throws -> Value) throws -> Value {
    var tries = 1
    while true {
      do {
        return try withConnection { connection in try connection.transaction { try body(connection) } }
      } catch let failure as SQLFailure where failure.kind == .conflict && tries < Self.tries {
        tries += 1
      }
    }
  }

  /// Closes all connections. Called when none is lent.
  func close() {
    state.withLock { $0.isClosed = true }
    dropIdle()
  }

  private func lend<Value>(_ kept: Kept, _ body: (any SQLConnection) throws -> Value) throws -> Value {
    do {
      let value = try body(kept.connection)
      giveBack(kept)
      return value
    } catch let failure as SQLFailure where failure.kind == .lost {
      kept.connection.close()
      throw failure
    } catch {
      giveBack(kept)
      throw error
    }
  }

  private func takeIdle() -> Kept? { state.withLock { $0.idle.popLast() } }

  private func giveBack(_ kept: Kept) {
    let isKept = state.withLock { state in
      if !state.isClosed { state.idle.append(kept) }
      return !state.isClosed
    }
    if !isKept { kept.connection.close() }
  }

  private func dropIdle() {
    let dropped = state.withLock { state in
      defer { state.idle = [] }
      return state.idle
    }
    for kept in dropped { kept.connection.close() }
  }

  private func open() throws -> Kept {
    let failure = state.withLock { state in state.failure.flatMap { ContinuousClock.now < $0.until ? $0.0 : nil } }
    if let failure { throw failure }
    do {
      let connection = try connect()
      state.withLock { $0.failure = nil }
      return Kept(connection: connection)
    } catch let failure as SQLFailure {
      state.withLock { $0.failure = (failure, ContinuousClock.now + Self.pause) }
      throw failure
    }
  }
}
