import Shared

/// A body whose slots are filled with samples, to check that it is JSON.
struct JSONTemplate {
  private let texts: [String]

  /// - Parameter id: what `{id}` is filled with.
  init(_ template: Template, id: Template) {
    // Each choice is tried in a body of its own: one may make a number, another a text.
    let choices = (template.slots + id.slots).map { if case .choice(let texts) = $0 { texts.count } else { 1 } }.max() ?? 1
    texts = (0..<choices).map { number in
      let ownID = id.filled { Self.sample($0, id: "", number) }
      return template.filled { Self.sample($0, id: ownID, number) }
    }
  }

  /// Why it is not JSON, and where; `nil` where it is.
  var fault: String? {
    for text in texts {
      do throws(BadJSON) { try Self.check(text) } catch {
        return "it is not JSON once its slots are filled: \(error), in \(Self.excerpt(text, around: error.offset))"
      }
    }
    return nil
  }

  private static func check(_ text: String) throws(BadJSON) {
    let result = Array(text.utf8).withUnsafeBytes { bytes in
      Result { () throws(BadJSON) in try JSONScanner.value(at: "", in: bytes) }
    }
    _ = try result.get()
  }

  /// A value that shows as clearly as possible where quotes are missing: as unlike a number as the slot allows.
  private static func sample(_ slot: Slot, id: String, _ number: Int) -> String {
    switch slot {
    case .id: id
    case .index, .number: "7"
    case .uuid: "6f1b0c5e-9a34-4c1d-8e57-0a2b3c4d5e6f"
    case .run: "0a1b2c3d"
    case .random(let range): "\(range.lowerBound)"
    case .choice(let texts): JSONEscape.text(texts[number % texts.count])
    case .username: "name"
    case .password: "secret"
    case .refreshToken: "token"
    case .cursor, .nextPage: "next"
    }
  }

  /// The text around the wrong byte, which is marked by `▸`.
  private static func excerpt(_ text: String, around offset: Int) -> String {
    let bytes = Array(text.utf8)
    let place = min(offset, bytes.count)
    let before = bytes[max(0, place - 24)..<place]
    let after = bytes[place..<min(bytes.count, place + 24)]
    func shown(_ bytes: ArraySlice<UInt8>) -> String {
      String(decoding: bytes, as: UTF8.self).map { $0.isNewline ? " " : String($0) }.joined()
    }
    return (place > 24 ? "…" : "") + shown(before) + " ▸" + shown(after) + (place + 24 < bytes.count ? "…" : "")
  }
}

extension BadJSON {
  /// The offset of the wrong byte.
  fileprivate var offset: Int {
    switch self {
    case .unexpected(_, let offset, _), .endsEarly(let offset, _), .leadingZero(let offset), .controlCharacter(_, let offset),
      .escape(let offset), .loneSurrogate(let offset), .notUTF8(let offset), .tooDeep(_, let offset):
      offset
    }
  }
}
