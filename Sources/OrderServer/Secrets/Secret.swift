import Crypto

/// Bytes that must not be seen: printing one, by whatever way, shows its length only.
struct Secret: Sendable {
  let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// A fresh one that nobody can guess: 32 random bytes.
  static func random() -> Secret {
    SymmetricKey(size: .bits256).withUnsafeBytes { Secret($0) }
  }

  /// As text that can stand in files, headers and URLs as it is.
  var text: String { Base64.text(bytes, for: .url) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "a secret of \(bytes.count) bytes" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: [:]) }
}
