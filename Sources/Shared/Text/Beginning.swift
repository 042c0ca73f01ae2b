extension UnsafeRawBufferPointer {
  /// The beginning of a text, of at most so many bytes of UTF-8, whole scalars.
  public func beginning(bytes limit: Int) -> String {
    guard count > limit else { return String(decoding: self, as: UTF8.self) }
    var end = Swift.max(0, limit)
    // Not within a scalar.
    while end > 0, self[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: UnsafeRawBufferPointer(rebasing: self[..<end]), as: UTF8.self)
  }
}

extension String {
  /// The beginning of the text, of at most so many bytes of UTF-8, whole scalars. Letters are not counted: what a peer sends as one may have a
  /// million marks on it.
  public func beginning(bytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var text = self
    return text.withUTF8 { UnsafeRawBufferPointer($0).beginning(bytes: limit) }
  }
}
