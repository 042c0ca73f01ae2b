import Shared

extension DialectNode {
  /// Refuses a value of `Accept-Encoding` that asks for what is not read.
  func checkAcceptEncoding(_ value: Template) throws(ConfigurationError) {
    for element in "\(value)".parts(between: ",") {
      let name = element.cut(at: ";")?.before ?? element
      let unread = Array(name.utf8).withUnsafeBytes { bytes in
        let token = ByteScan.trimmed(bytes, from: 0, to: bytes.count)
        return ByteScan.matches(token, "identity") || ContentCoding(token: token) != nil ? nil : ByteScan.excerpt(token)
      }
      if let unread { throw refusal("'\(unread)' is not read: say gzip, deflate or identity, as in {Accept-Encoding: gzip}") }
    }
  }
}
