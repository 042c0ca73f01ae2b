import NIOHTTP1
import Shared

/// What a request's target and the framing of its body must look like (RFC 9112, 3.2 and 6).
enum FramingRule {
  /// What is wrong, as the rest of a sentence; `nil` where all is well.
  static func violation(in head: HTTPRequestHead) -> String? {
    guard head.uri.utf8.allSatisfy({ $0 < 0x80 }) else { return "its target has bytes that are no ASCII" }
    let lengths = head.headers["Content-Length"]
    guard head.headers["Transfer-Encoding"].allSatisfy({ !$0.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x2C } }) else {
      return "its Transfer-Encoding names no coding"
    }
    guard lengths.allSatisfy(isLength) else { return "its Content-Length is no number of bytes that can be counted" }
    return nil
  }

  /// What the request may ask for but this server cannot do, as the rest of a sentence: codings of the body other than `chunked`. `nil`
  /// where there is nothing.
  static func unsupported(in head: HTTPRequestHead) -> String? {
    let codings = head.headers["Transfer-Encoding"].flatMap { $0.parts(between: ",") }.map { $0.parts(between: " ").joined() }
    return codings.contains { !$0.isSameWord(as: "chunked") } ? "it has a Transfer-Encoding other than chunked" : nil
  }

  /// Digits alone, for a number below 2⁶³.
  private static func isLength(_ text: String) -> Bool {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } && Int64(text) != nil
  }
}
