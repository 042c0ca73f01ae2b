import Finding
@testable import LoadRun

/// Puts a document that is right into as many arrays as leave it readable, and into one more.
func expectDepthLimit(_ document: UnsafeRawBufferPointer) {
  let room = JSONReader.depthLimit - nesting(document)
  expect(Scan(nested(document, room), []).error == nil, "a document as deep as may be is refused")
  let error = Scan(nested(document, room + 1), []).error
  expect(error?.kind == "too_deep", "a document one deeper than may be ends with \(error as Any)")
}

private func nesting(_ document: UnsafeRawBufferPointer) -> Int {
  var (depth, deepest) = (0, 0)
  var isString = false
  var isEscaped = false
  for byte in document {
    switch byte {
    case _ where isEscaped: isEscaped = false
    case UInt8(ascii: "\\"): isEscaped = true
    case UInt8(ascii: "\""): isString.toggle()
    case UInt8(ascii: "["), UInt8(ascii: "{"): if !isString { depth += 1 }
    case UInt8(ascii: "]"), UInt8(ascii: "}"): if !isString { depth -= 1 }
    default: break
    }
    deepest = max(deepest, depth)
  }
  return deepest
}

private func nested(_ document: UnsafeRawBufferPointer, _ depth: Int) -> [UInt8] {
  Array(repeating: UInt8(ascii: "["), count: depth) + document + Array(repeating: UInt8(ascii: "]"), count: depth)
}
