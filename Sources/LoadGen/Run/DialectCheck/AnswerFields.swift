import Foundation

/// Describes what an answer contains, for somebody who looks for something else in it.
enum AnswerFields {
  /// The most fields that are named.
  static let most = 16

  /// As in "its fields are order_id, status"; JSON values as paths of at most `most` fields.
  static func words(_ body: [UInt8]) -> String {
    if body.isEmpty { return "it has no body" }
    guard let value = try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed) else { return "its body is not JSON" }
    let paths = paths(value, at: "")
    if paths.isEmpty { return value is [Any] ? "it is an empty list" : "its body is '\(String(decoding: body.prefix(60), as: UTF8.self))'" }
    return "its fields are \(paths.prefix(most).joined(separator: ", "))\(paths.count > most ? ", …" : "")"
  }

  /// The paths of all plain values, keys sorted; of a list only the first element is looked into.
  private static func paths(_ value: Any, at path: String) -> [String] {
    func below(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
    switch value {
    case let object as [String: Any]: return object.keys.sorted().flatMap { key in object[key].map { paths($0, at: below(key)) } ?? [] }
    case let list as [Any]: return list.first.map { paths($0, at: below("0")) } ?? (path.isEmpty ? [] : [path])
    default: return path.isEmpty ? [] : [path]
    }
  }
}
