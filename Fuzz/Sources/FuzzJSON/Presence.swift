import Finding
import Foundation
import Shared
@testable import LoadRun

/// At each path there is something exactly if Foundation has something there. The keys of the paths are ASCII: no other key is equal
/// to one of them for Foundation.
func expectPresence(_ document: UnsafeRawBufferPointer, _ paths: [FieldPath], _ scan: Scan) {
  let bytes = Array(document)
  // Foundation drops U+FEFF from keys: one of the differences that are named.
  guard scan.error == nil, !bytes.contains([0xEF, 0xBB, 0xBF]) else { return }
  // A document that it refuses is not for here.
  guard let root = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) else { return }
  for (path, value) in zip(paths, scan.values) {
    let theirs = path.keys.reduce(root as Any?, within)
    expect((value == nil) == (theirs == nil), "at \(path) is \(value as Any), Foundation has \(theirs as Any)")
  }
}

private func within(_ value: Any?, _ key: String) -> Any? {
  if let object = value as? [String: Any] { return object[key] }
  guard let array = value as? [Any], let index = Int(key), array.indices.contains(index) else { return nil }
  return array[index]
}
