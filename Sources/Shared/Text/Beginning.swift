extension UnsafeRawBufferPointer {
  /// The longest beginning that takes at most `limit` bytes of UTF-8, cut between scalars.
  public func beginning(bytes limit: Int) -> String {
    guard count > limit else { return String(decoding: self, as: UTF8.self) }
    var end = Swift.max(0, limit)
    // A scalar is not cut in two.
    while end > 0, self[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: UnsafeRawBufferPointer(rebasing: self[..<end]), as: UTF8.self)
  }
}

extension String {
  /// The longest beginning that takes at most `limit` bytes of UTF-8, cut between scalars. Characters would be no limit: a peer can put a
  /// million combining marks on one letter.
  public func beginning(bytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var text = self
    return text.withUTF8 { UnsafeRawBufferPointer($0).beginning(bytes: limit) }
  }
}
