/// How a value is written as JSON, together with the schema that describes it, so that one is not changed without the other.
struct Page<Value>: Sendable {
  /// What the API's description says of it.
  let schema: Schema
  private let write: @Sendable (Value) -> JSON

  init(_ schema: Schema, _ write: @escaping @Sendable (Value) -> JSON) {
    self.schema = schema
    self.write = write
  }

  func callAsFunction(_ value: Value) -> JSON { write(value) }
}

/// How the body of `POST /orders` is read, and what it has to look like.
struct OrderForm: Sendable {
  /// What the API's description says of it. Where the reader takes more or less than the schema can say, the schema's text does.
  let schema: Schema
  /// A body that is right.
  let example: JSON
  private let read: @Sendable (_ body: [UInt8]) throws -> OrderDraft

  init(_ schema: Schema, example: JSON, _ read: @escaping @Sendable (_ body: [UInt8]) throws -> OrderDraft) {
    self.schema = schema
    self.example = example
    self.read = read
  }

  /// - Throws: `DraftError`.
  func callAsFunction(_ body: [UInt8]) throws -> OrderDraft { try read(body) }
}
