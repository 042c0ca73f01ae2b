package import Foundation

extension Summary {
  /// The summary as `summary.json` holds it: keys sorted, every key there, the same bytes for the same value.
  /// - Throws: `SummaryError` where a value that must be a number is none.
  package func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return JSONLayout.laidOut(try encoder.encode(self))
    } catch let error as EncodingError {
      throw SummaryError(error)
    }
  }

  /// Reads what `json()` wrote. Keys that are not known are ignored.
  /// - Throws: `SummaryError`: what is wrong, and where.
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
