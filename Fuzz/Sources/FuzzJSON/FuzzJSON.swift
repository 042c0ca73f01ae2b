import Finding
import Shared
@testable import LoadRun

/// Whatever stands in a document: what is found at one place does not depend on what else is asked for, and Foundation's parser
/// finds the same, but for the differences that the tests name. The input's first byte says the places, and whether the depth limit
/// is tried.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = UnsafeRawBufferPointer(UnsafeBufferPointer(start: start, count: count))
  let document = UnsafeRawBufferPointer(rebasing: input.dropFirst())
  let paths = places(input.first ?? 0)

  let whole = Scan(document, paths)
  expectSound(whole, document)
  expect(Scan(document, []).error == whole.error, "asked for nothing, the scanner ends otherwise than with \(whole)")
  for (index, path) in paths.enumerated() {
    let alone = Scan(document, [path])
    expect(alone.error == whole.error, "\(path) alone: \(alone)\nwith others: \(whole)")
    expect(whole.error != nil || alone.values == [whole.values[index]], "\(path) alone: \(alone)\nwith others: \(whole)")
  }
  if whole.error == nil {
    expectElements(document, paths, whole)
    // Not of every document, since it takes as long as all else. A byte order mark may stand at the very beginning only.
    if (input.first ?? 0) >= 0xC0, document.first != 0xEF { expectDepthLimit(document) }
  }

  expectPresence(document, paths, whole)
  if let difference = DocumentCase(Array(document)) {
    let isNamed = DocumentDifference.all.contains { $0.applies(difference) }
    expect(isNamed, "ours: \(difference.ours)\nFoundation's: \(difference.theirs)\nin \(difference.text.debugDescription)")
  }
  return 0
}

/// Two keys out of eight, one within the other, by themselves, with an index, and the document; one stands twice.
private func places(_ choice: UInt8) -> [FieldPath] {
  let keys = ["a", "b", "0", "1", "status", "orders", "id", "12"]
  let (outer, inner) = (keys[Int(choice & 7)], keys[Int(choice >> 3 & 7)])
  return [outer, "\(outer).\(inner)", "", "\(inner).\(outer)", "0.\(outer)", inner, "\(outer).\(inner).0", outer].map { FieldPath($0) }
}

private func expectSound(_ scan: Scan, _ document: UnsafeRawBufferPointer) {
  guard let error = scan.error else {
    expect(scan.values[2] != nil, "a document that is right is not found at its root")
    return
  }
  expect(!error.description.isEmpty && !error.kind.isEmpty, "an error without words")
  expect(0...document.count ~= error.offset, "\(error) of \(document.count) bytes")
  switch error {
  case .endsEarly(let end, _): expect(end == document.count, "\(error) of \(document.count) bytes")
  case .unexpected, .controlCharacter, .tooDeep:
    // A byte that cannot stand where it is cannot be mended by what follows it.
    let cut = UnsafeRawBufferPointer(rebasing: document[...error.offset])
    expect(Scan(cut, []).error == error, "\(error), but cut off behind it: \(Scan(cut, []))")
  case .leadingZero, .escape, .loneSurrogate, .notUTF8: break
  }
}

/// Holds the elements of an array, looked into one by one, against the same array looked into as a whole.
private func expectElements(_ document: UnsafeRawBufferPointer, _ paths: [FieldPath], _ whole: Scan) {
  guard whole.values[2] == .array else { return }
  let within = ["", paths[0].description, paths[1].description]
  let array = (try? JSONScanner("").withText(in: document) { _, text in Array(text) }) ?? nil
  expect(array != nil, "the array is not found once more")
  let elements = Scan.elements(of: array ?? [], within.map { FieldPath($0) })
  for (index, element) in elements.enumerated().prefix(4) {
    let wanted = Scan(document, within.map { FieldPath("\(index).\($0)") })
    expect(wanted.values == element, "element \(index) by itself: \(element)\nwithin the document: \(wanted)")
  }
  let behind = Scan(document, [FieldPath("\(elements.count)"), FieldPath("\(elements.count - 1)")]).values
  expect(behind[0] == nil && (elements.isEmpty || behind[1] != nil), "there are other than \(elements.count) elements")
}

extension BadJSON {
  var offset: Int {
    switch self {
    case .unexpected(_, let offset, _), .endsEarly(let offset, _), .leadingZero(let offset), .controlCharacter(_, let offset),
      .escape(let offset), .loneSurrogate(let offset), .notUTF8(let offset), .tooDeep(_, let offset):
      offset
    }
  }
}
