extension ResponseParser {
  /// The response as if its body had not been encoded; it may then be as long as one that is not. Itself where it is not encoded.
  func decoded() throws(BadEncoding) -> ResponseParser {
    guard isEncoded else { return self }
    let coding = captured.withBytes(of: .contentEncoding) { value in value.flatMap { ContentCoding(contentEncoding: $0) } }
    guard let coding else { throw .unknown(encodingWords ?? "") }
    guard !isCutShort else {
      throw .tooMuch(coding, length: bodyLength, limit: min(limits.bodyBytes, ContentCoding.mostEncoded(for: limits.bodyBytes)))
    }
    var plain = self
    plain.retained = try withBody { bytes throws(BadEncoding) in try coding.decoded(bytes, most: limits.bodyBytes) }
    plain.bodyLength = plain.retained.count
    plain.captured.forget(.contentEncoding)
    return plain
  }
}
