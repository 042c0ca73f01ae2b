package import Foundation

extension Summary {
  /// The content of `summary.json`: sorted keys, every key present, always the same bytes for the same value.
  /// - Throws: `SummaryError` where a number is not finite.
  package func json() throws -> Data {
    do { return try JSONLayout.text(of: self) } catch let error as EncodingError { throw SummaryError(error) }
  }

  /// Reads what `json()` wrote. Unknown keys are ignored.
  /// - Throws: `SummaryError` that says what is wrong, and where.
  static func read(from data: Data) throws -> Summary {
    let decoder = JSONDecoder()
    do {
      let version = try decoder.decode(Version.self, from: data).schema_version
      guard version == schemaVersion else { throw SummaryError.version(version) }
      return try decoder.decode(Summary.self, from: data)
    } catch let error as DecodingError {
      throw SummaryError(error)
    }
  }

  private struct Version: Decodable {
    var schema_version: Int
  }
}
