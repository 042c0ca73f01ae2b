import Foundation
import Shared

@testable import LoadRun

/// A document of which our scanner and Foundation's parser think differently.
struct DocumentCase {
  enum Outcome: Equatable {
    case accepted
    case refused(String)
    /// Both accept the document, and find different values at this path.
    case value(String, ours: String, theirs: String)
  }

  let bytes: [UInt8]
  let ours: Outcome
  let theirs: Outcome
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Nil where both refuse the document, or both accept it and find the same at every place of it.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    let theirs = Result { try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) }
    switch (Self.problem(bytes), theirs) {
    case (nil, .success(let root)):
      guard let difference = Self.difference(in: bytes, root) else { return nil }
      (self.ours, self.theirs) = (difference, difference)
    case (nil, .failure(let error)): (self.ours, self.theirs) = (.accepted, .refused("\((error as NSError).userInfo)"))
    case (let problem?, .success): (self.ours, self.theirs) = (.refused(problem), .accepted)
    case (.some, .failure): return nil
    }
  }

  private static func problem(_ bytes: [UInt8]) -> String? {
    do {
      _ = try bytes.withUnsafeBytes { try JSONScanner.value(at: "", in: $0) }
      return nil
    } catch {
      return (error as? BadJSON)?.kind ?? "\(error)"
    }
  }

  /// Holds every place that Foundation knows, and one that it does not, against what a single pass finds.
  private static func difference(in bytes: [UInt8], _ root: Any) -> Outcome? {
    var places: [Place] = []
    collect(root, at: [], into: &places)
    places.removeAll { FieldPath($0.path).keys != $0.keys }
    let paths = places.map { FieldPath($0.path) } + ["no.such.place"]
    guard let found = try? bytes.withUnsafeBytes({ try JSONScanner.values(at: paths, in: $0) }) else {
      return .value("", ours: "refused", theirs: "accepted")
    }
    for (place, ours) in zip(places, found) where !same(ours, place.value) {
      return .value(place.path, ours: "\(String(describing: ours))", theirs: "\(place.value)")
    }
    if let last = found.last, let extra = last { return .value("no.such.place", ours: "\(extra)", theirs: "nothing") }
    return nil
  }

  private struct Place {
    var keys: [String]
    var value: Any
    var path: String { keys.joined(separator: ".") }
  }

  /// Some keys no path can name: empty ones, those with a dot in them, those that begin with an accent. They are left out by
  /// whoever calls.
  private static func collect(_ value: Any, at keys: [String], into places: inout [Place]) {
    guard places.count < 60 else { return }
    places.append(Place(keys: keys, value: value))
    if let object = value as? [String: Any] {
      for (key, value) in object { collect(value, at: keys + [key], into: &places) }
    } else if let array = value as? [Any] {
      for (index, value) in array.enumerated() { collect(value, at: keys + ["\(index)"], into: &places) }
    }
  }

  private static func same(_ ours: JSONScalar?, _ theirs: Any) -> Bool {
    switch (ours, theirs) {
    case (.string(let text), let theirs as String): return text.unicodeScalars.elementsEqual(theirs.unicodeScalars)
    case (.object, is [String: Any]), (.array, is [Any]), (.null, is NSNull): return true
    case (.bool(let flag), let theirs as NSNumber): return isBool(theirs) && theirs.boolValue == flag
    case (.number(let text), let theirs as NSNumber):
      if isBool(theirs) { return false }
      if let number = Int64(text) { return theirs.int64Value == number }
      if let number = UInt64(text) { return theirs.uint64Value == number }
      // Foundation rounds on its way through its own decimals; which token was taken is what matters here.
      guard let number = Double(text) else { return false }
      return abs(number - theirs.doubleValue) <= abs(number) * 1e-12
    default: return false
    }
  }

  private static func isBool(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
