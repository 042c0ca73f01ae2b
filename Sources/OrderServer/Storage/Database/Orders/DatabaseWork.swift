import Shared
import Synchronization

/// What the threads of a store do with each batch of requests: one transaction, or one read.
final class DatabaseWork: Sendable {
  private let pool: ConnectionPool
  private let statements: Statements
  private let clock: OrderClock
  private let lease: Mutex<ServerLease>

  init(pool: ConnectionPool, statements: Statements, clock: OrderClock, lease: ServerLease) {
    self.pool = pool
    self.statements = statements
    self.clock = clock
    self.lease = Mutex(lease)
  }

  /// Inserts orders, in one transaction that is committed before the first is answered. Where an id is taken, a second transaction inserts
  /// them one by one.
  func insert(_ batch: [Insertion]) {
    do {
      let results: [Result<OrderID, StoreError>]
      do {
        results = try insert(batch, oneByOne: false)
      } catch is OrderInsertions.IsDuplicated {
        results = try insert(batch, oneByOne: true)
      }
      for (insertion, result) in zip(batch, results) { insertion.answer(result.mapError { $0 }) }
    } catch {
      for insertion in batch { insertion.answer(.failure(StoreError(failure: error))) }
    }
  }

  private func insert(_ batch: [Insertion], oneByOne: Bool) throws -> [Result<OrderID, StoreError>] {
    try pool.transaction { connection in
      var insertions = OrderInsertions(over: connection, statements)
      return try insertions.insert(batch, oneByOne: oneByOne)
    }
  }

  /// Moves orders to their next statuses. Called by one thread, so there is one transaction at a time.
  func move(_ requests: [StoreRequest<OrderTransitions>]) {
    let before = lease.withLock { $0 }
    // How many claims were made under this lease, whether or not they were committed.
    var claims = before.claims
    do {
      let (answers, after) = try pool.transaction { connection in
        let transitions = try OrderTransitions(over: connection, statements, clock: clock, lease: before)
        defer { claims = max(claims, transitions.lease.id == before.id ? transitions.lease.claims : 0) }
        let answers = try requests.map { try $0.perform(transitions) }
        try transitions.save()
        return (answers, transitions.lease)
      }
      lease.withLock { $0 = after }
      for answer in answers { answer(nil) }
    } catch {
      if (error as? SQLFailure)?.kind == .lost { lease.withLock { $0.lost(claims) } }
      for request in requests { request.refuse(StoreError(failure: error)) }
    }
  }

  /// Reads, after every transition that was stamped before has become visible.
  func read(_ requests: [StoreRequest<DatabaseOrderReader>]) {
    do {
      let answers = try pool.withConnection { connection in
        _ = try connection.execute(statements.passGate)
        return try requests.map { try $0.perform(DatabaseOrderReader(connection: connection)) }
      }
      for answer in answers { answer(nil) }
    } catch {
      for request in requests { request.refuse(StoreError(failure: error)) }
    }
  }

  /// Reads many statuses by one statement, after every transition that was stamped before has become visible.
  func readStatuses(_ questions: [StatusQuestion]) {
    do {
      let rows = try pool.withConnection { connection in
        _ = try connection.execute(statements.passGate)
        return try connection.execute(statements.statuses, [.ids(Array(Set(questions.map(\.id.text))))]).rows
      }
      let words = Dictionary(try rows.map { (OrderID(try $0.text(0)), try $0.text(1)) }, uniquingKeysWith: { $1 })
      for question in questions {
        // An order whose row is damaged does not affect the others.
        question.answer(
          Result { try words[question.id].map { try OrderStatus(stored: $0, of: question.id) } })
      }
    } catch {
      for question in questions { question.answer(.failure(StoreError(failure: error))) }
    }
  }
}

/// A question for an order's status, and how to answer it; `nil` where there is no such order.
struct StatusQuestion: Sendable {
  let id: OrderID
  let answer: @Sendable (Result<OrderStatus?, any Error>) -> Void
}

extension StoreError {
  /// What a failure of the database means to callers.
  init(failure: any Error) {
    switch failure {
    case let error as StoreError: self = error
    case let failure as SQLFailure where failure.kind == .lost: self = .unavailable("the database is away (\(failure.reason))")
    default: self = .unavailable("\(failure)")
    }
  }
}
