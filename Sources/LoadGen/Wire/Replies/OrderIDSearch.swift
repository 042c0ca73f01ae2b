import Shared

/// How an id is recognised in the text of an answer: by its bytes.
enum OrderIDSearch {
  /// How many bytes are compared in vain, beside the text's own length, before the search gives up: both are a stranger's.
  private static let patience = 4_096

  /// Whether the id stands in the text as a word of its own, with no letter or digit on either side; also where that would take too long to
  /// find out.
  static func hasWord(_ id: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer) -> Bool {
    guard let first = id.first else { return false }
    var left = text.count + patience
    var from = 0
    while let place = ByteScan.first(first, in: text, from: from), place + id.count <= text.count {
      var same = 1
      while same < id.count, text[place + same] == id[same] { same += 1 }
      let end = place + same
      if same == id.count, place == 0 || !isAlphanumeric(text[place - 1]), end == text.count || !isAlphanumeric(text[end]) { return true }
      left -= same
      if left < 0 { return true }
      from = place + 1
    }
    return false
  }

  /// Whether two ids differ in the case of their letters at most: some servers write an id that they were given in another one.
  static func isSame(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { ByteScan.lowercased($0) == ByteScan.lowercased($1) }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: byte >= 0x80
    }
  }
}
