import Shared

/// The members of a request's body, and what was found to be wrong with them so far.
struct BodyFields {
  private let members: [JSON.Member]
  private(set) var violations: [Violation] = []

  /// Reads a body. Fields that are not asked for are ignored.
  /// - Parameters:
  ///   - expected: what the body should be, where it is no object.
  ///   - make: reads the fields; returns `nil` where one is wrong.
  /// - Throws: `DraftError`, which names every field that is wrong and not only the first.
  static func read<Value>(_ body: [UInt8], expected: String, _ make: (inout BodyFields) -> Value?) throws -> Value {
    let document: JSON
    do {
      document = try JSONParser.parse(body)
    } catch let failure as JSONParser.Failure {
      throw DraftError.malformed(failure.description)
    }
    guard case .object(let members) = document else {
      throw DraftError.invalid([Violation(field: "body", found: document.kind, expected: expected, rule: .kind(.object))])
    }
    var fields = BodyFields(members: members)
    guard let value = make(&fields), fields.violations.isEmpty else { throw DraftError.invalid(fields.violations) }
    return value
  }

  private init(members: [JSON.Member]) {
    self.members = members
  }

  /// Reads a string. A violation is noted where it breaks the rule, is no string, or is required and missing.
  /// - Returns: `nil` where there is no string.
  mutating func string(_ name: String, isRequired: Bool = true, check: (String) -> Violation? = { _ in nil }) -> String? {
    guard let value = value(name, isRequired ? "a string" : nil) else { return nil }
    guard case .string(let text) = value else { return wrong(name, value, .string, isRequired ? "a string" : "a string, or left out") }
    if let violation = check(text) { violations.append(Violation(violation, of: name)) }
    return text
  }

  /// The whole numbers that every reader of JSON holds exactly. Beyond them, several share one `Double`.
  static let exactIntegers = (1 - Int64(1) << 53)...(Int64(1) << 53 - 1)

  /// Reads a whole number, one of `exactIntegers`.
  mutating func integer(_ name: String) -> Int64? {
    guard let value = value(name, "a whole number") else { return nil }
    guard let number = Self.integer(value) else { return wrong(name, value, .integer, "a whole number") }
    return number
  }

  /// Reads a list of whole numbers.
  /// - Parameter count: checks the length of the list, before its elements are read.
  mutating func integers(_ name: String, count: (Int) -> Violation?) -> [Int64]? {
    elements(name, "a list of whole numbers", count: count) { element in
      Self.integer(element).map { .success($0) } ?? .failure(.init(rule: .kind(.integer), expected: "a whole number"))
    }
  }

  /// Reads a list of strings.
  /// - Parameters:
  ///   - count: checks the length of the list, before its elements are read.
  ///   - check: checks the strings. At most `Violation.limit` of its violations are noted.
  mutating func strings(_ name: String, count: (Int) -> Violation?, check: ([String]) -> [Violation]) -> [String]? {
    let texts = elements(name, "a list of strings", count: count) { element in
      if case .string(let text) = element { .success(text) } else { .failure(.init(rule: .kind(.string), expected: "a string")) }
    }
    guard let texts else { return nil }
    violations += check(texts).prefix(Violation.limit)
    return texts
  }

  /// Reads a list of strings, or a single one, which stands for a list of one.
  mutating func stringOrStrings(_ name: String, count: (Int) -> Violation?, check: ([String]) -> [Violation]) -> [String]? {
    guard let value = value(name, "a string or a list of strings") else { return nil }
    switch value {
    case .string(let text):
      violations += check([text])
      return [text]
    case .array: return strings(name, count: count, check: check)
    default: return wrong(name, value, .stringOrList, "a string or a list of strings")
    }
  }

  /// Reads a number.
  mutating func number(_ name: String, check: (Double) -> Violation?) -> Double? {
    guard let value = value(name, "a number") else { return nil }
    guard case .number(let number) = value else { return wrong(name, value, .number, "a number") }
    if let violation = check(number) { violations.append(Violation(violation, of: name)) }
    return number
  }

  /// An element of a list that is of the wrong kind.
  private struct Stray: Error {
    var rule: Violation.Rule
    var expected: String
  }

  private mutating func elements<Element>(
    _ name: String, _ expected: String, count: (Int) -> Violation?, _ read: (JSON) -> Result<Element, Stray>
  ) -> [Element]? {
    guard let value = value(name, expected) else { return nil }
    guard case .array(let elements) = value else { return wrong(name, value, .list, expected) }
    if let violation = count(elements.count) {
      violations.append(Violation(violation, of: name))
      return nil
    }
    var found: [Element] = []
    var strays: [Violation] = []
    for (index, element) in elements.enumerated() where strays.count < Violation.limit {
      switch read(element) {
      case .success(let element): found.append(element)
      case .failure(let stray):
        strays.append(Violation(field: "\(name)[\(index)]", found: element.kind, expected: stray.expected, rule: stray.rule))
      }
    }
    violations += strays
    return strays.isEmpty ? found : nil
  }

  private static func integer(_ value: JSON) -> Int64? {
    guard case .number(let number) = value, let integer = Int64(exactly: number), exactIntegers.contains(integer) else { return nil }
    return integer
  }

  /// - Parameter expected: what a missing field should have been; `nil` where the field is optional.
  private mutating func value(_ name: String, _ expected: String?) -> JSON? {
    if let member = members.first(where: { $0.name.hasSameBytes(as: name) }) { return member.value }
    if let expected { violations.append(Violation(field: name, found: "nothing", expected: expected, rule: .presence)) }
    return nil
  }

  private mutating func wrong<Value>(_ name: String, _ value: JSON, _ kind: Violation.Kind, _ expected: String) -> Value? {
    violations.append(Violation(field: name, found: value.kind, expected: expected, rule: .kind(kind)))
    return nil
  }
}

extension Violation {
  /// The same violation, under the name that the field has in this profile.
  fileprivate init(_ violation: Violation, of field: String) {
    self = violation
    self.field = field
  }
}

/// Why a request's body is not what it should be.
enum DraftError: Error, Equatable {
  /// It is no JSON; the text says what is wrong, and where.
  case malformed(String)
  /// It is JSON that breaks these rules.
  case invalid([Violation])
}
