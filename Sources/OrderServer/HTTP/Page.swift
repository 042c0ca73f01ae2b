/// How a value is written as JSON, together with the schema that describes it, so that neither is changed without the other.
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

/// How the body of `POST /orders` is read, and what it must look like.
struct OrderForm: Sendable {
  /// The body in the API's description. Where the reader takes more or less than a schema can say, the schema's text says so.
  let schema: Schema
  /// A body that is valid.
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
