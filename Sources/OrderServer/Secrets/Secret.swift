import Crypto

/// Bytes that must not be seen: printing a secret in any way shows only its length.
struct Secret: Sendable {
  let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// A new secret that nobody can guess: 32 random bytes.
  static func random() -> Secret {
    SymmetricKey(size: .bits256).withUnsafeBytes { Secret($0) }
  }

  /// Base64 for URLs, without padding: needs no escapes in files, headers and URLs.
  var text: String { Base64.text(bytes, for: .url) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "a secret of \(bytes.count) bytes" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: [:]) }
}
