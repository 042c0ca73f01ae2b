import NIOCore

/// Asks once whether a URL answers.
enum ReadyProbe {
  /// The longest that one question may take.
  static let patience = TimeAmount.seconds(2)

  /// - Parameters:
  ///   - headers: the headers of every request.
  ///   - tls: `nil` where the bytes are not encrypted.
  /// - Returns: the status code; `nil` where no complete answer came.
  /// - Throws: `TLSFault` where no encrypted connection can be made.
  static func status(_ url: TargetURL, with headers: RequestHeaders, over tls: TLSClient?) async throws(TLSFault) -> Int? {
    let request = headers.request("GET", url.basePath.isEmpty ? "/" : url.basePath)
    do {
      return try await PlainExchange.exchange(ByteBuffer(string: request), with: url, over: tls, within: patience).status
    } catch let fault as TLSFault {
      throw fault
    } catch {
      return nil
    }
  }
}
