import Foundation
import NIOCore
import Shared

/// The figures as they are told: a true document, with what is lied about in its place.
enum ToldDocument {
  /// - Parameters:
  ///   - truth: the document with the figures as they are.
  ///   - empty: the document of a server that has no order; it says how an average over nothing is written.
  ///   - figures: where each is in the document.
  static func json(_ truth: JSON, empty: JSON, figures: [Dialect.Figure], _ told: ToldFigures) -> ByteBuffer {
    var document = truth
    for figure in figures {
      guard let lie = told[figure.quantity] else { continue }
      switch lie {
      case .number(let number): document.set(json(number, figure), at: figure.field)
      case .nothing: document.set(empty.value(at: figure.field) ?? .null, at: figure.field)
      case .null: document.set(.null, at: figure.field)
      case .nan: document.set(.string(nanMark), at: figure.field)
      case .word: document.set(.string(ToldFigure.someWord), at: figure.field)
      case .gone: document.remove(at: figure.field)
      }
    }
    var buffer = ByteBuffer()
    document.encode(into: &buffer)
    guard told.values.contains(.nan) else { return buffer }
    // There is no NaN in JSON, so that it can only be written as bytes.
    let text = String(buffer: buffer).replacingOccurrences(of: "\"\(nanMark)\"", with: "NaN")
    return ByteBuffer(string: text)
  }

  private static let nanMark = "not a number"

  private static func json(_ number: Double, _ figure: Dialect.Figure) -> JSON {
    switch figure.printing {
    case .floor: return Int64(exactly: number.rounded(.down)).map(JSON.integer) ?? .number(number)
    case .nearest: return .number((number * 100).rounded() / 100)
    case .undeclared:
      guard !figure.quantity.isDuration, let whole = Int64(exactly: number) else { return .number(number) }
      return .integer(whole)
    }
  }
}

extension JSON {
  /// The value at a path; `nil` where there is none.
  fileprivate func value(at path: FieldPath) -> JSON? {
    path.keys.reduce(self) { (value: JSON?, key) in
      guard case .object(let members)? = value else { return nil }
      return members.first { $0.name.hasSameBytes(as: key) }?.value
    }
  }

  /// Removes the member at a path; does nothing where there is none.
  fileprivate mutating func remove(at path: FieldPath) { remove(at: path.keys[...]) }

  private mutating func remove(at keys: ArraySlice<String>) {
    guard let key = keys.first, case .object(var members) = self,
      let place = members.firstIndex(where: { $0.name.hasSameBytes(as: key) })
    else { return }
    if keys.count == 1 { members.remove(at: place) } else { members[place].value.remove(at: keys.dropFirst()) }
    self = .object(members)
  }
}
