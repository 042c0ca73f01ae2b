import Finding
import Shared
@testable import LoadRun

/// What the scanner makes of a document: values, or an error.
struct Scan {
  var values: [JSONScalar?] = []
  var error: BadJSON?

  init(_ document: UnsafeRawBufferPointer, _ paths: [FieldPath]) {
    do throws(BadJSON) {
      values = try JSONScanner.values(at: paths, in: document)
    } catch {
      self.error = error
    }
  }

  init(_ document: [UInt8], _ paths: [FieldPath]) { self = document.withUnsafeBytes { Scan($0, paths) } }

  /// The values within each element of an array that is known to be right.
  static func elements(of array: [UInt8], _ paths: [FieldPath]) -> [[JSONScalar?]] {
    var elements: [[JSONScalar?]] = []
    do {
      try array.withUnsafeBytes { bytes in try JSONScanner(paths).forEachElement(in: bytes) { elements.append($0) } }
    } catch {
      expect(false, "an array ended with \(error) that had been read to its end before")
    }
    return elements
  }
}
