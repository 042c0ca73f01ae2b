/// Something that is asked of a database and answered later, together with its neighbours in one transaction.
struct StoreRequest<Access>: Sendable {
  /// Tells the one who asked: with what was found or done, or with the error that undid the whole transaction.
  typealias Answer = @Sendable ((any Error)?) -> Void

  /// Does it inside of the transaction.
  /// - Throws: what undoes the whole transaction. What concerns this request alone is kept for its answer.
  let perform: @Sendable (Access) throws -> Answer
  /// Answers that it was never done.
  let refuse: @Sendable (any Error) -> Void
}

extension GroupCommitter {
  /// Has `body` done in the next batch.
  /// - Throws: `StoreError.closed`; what `body` throws as a `StoreError`; or what undid the batch.
  func submit<Access, Value: Sendable>(
    _ body: @escaping @Sendable (Access) throws -> Value
  ) async throws -> Value where Job == StoreRequest<Access> {
    try await withCheckedThrowingContinuation { continuation in
      let request = StoreRequest<Access>(
        perform: { access in
          let result: Result<Value, any Error>
          do {
            result = .success(try body(access))
          } catch let error as StoreError {
            result = .failure(error)
          }
          return { undoing in
            if let undoing { continuation.resume(throwing: undoing) } else { continuation.resume(with: result) }
          }
        },
        refuse: { continuation.resume(throwing: $0) })
      if !add(request) { continuation.resume(throwing: StoreError.closed) }
    }
  }
}
