package import Foundation
import LoadRun

extension Capacity {
  /// The content of `capacity.json`: sorted keys, every key present, always the same bytes for the same value.
  package func json() throws -> Data { try JSONLayout.text(of: self) }
}
