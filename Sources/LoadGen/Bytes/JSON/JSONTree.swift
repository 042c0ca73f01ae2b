/// A JSON document as a value, to be looked around in, as in an API's description. What a run reads of answers, it reads by `JSONScanner`, which
/// builds nothing.
enum JSONTree: Equatable, Sendable {
  case object([Member])
  case array([JSONTree])
  case string(String)
  /// As it was printed.
  case number(String)
  case bool(Bool)
  case null

  /// A key of an object, and its value.
  struct Member: Equatable, Sendable {
    var key: String
    var value: JSONTree
  }

  /// Why a document is not read.
  enum Fault: Error, Equatable, CustomStringConvertible {
    case bad(BadJSON)
    case tooManyValues(limit: Int)

    var description: String {
      switch self {
      case .bad(let error): "\(error)"
      case .tooManyValues(let limit): "it has more than \(limit) values, the most that is read"
      }
    }
  }

  /// The value of a key; `nil` where this is no object or has no such key. If a key occurs twice, the last one counts.
  subscript(_ key: StaticString) -> JSONTree? {
    guard case .object(let members) = self else { return nil }
    let bytes = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    return members.last { $0.key.utf8.elementsEqual(bytes) }?.value
  }

  /// The keys and values of an object in the order of the document; empty where this is none.
  var members: [Member] { if case .object(let members) = self { members } else { [] } }

  /// The elements of an array; empty where this is none.
  var elements: [JSONTree] { if case .array(let elements) = self { elements } else { [] } }

  /// The text of a string; `nil` where this is none.
  var text: String? { if case .string(let text) = self { text } else { nil } }

  /// What a number is; `nil` where this is none.
  var number: Double? { if case .number(let text) = self { Double(text) } else { nil } }

  /// Whether it is `true`.
  var isTrue: Bool { self == .bool(true) }
}
