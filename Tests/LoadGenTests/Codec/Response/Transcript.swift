@testable import LoadRun

/// What a reader made of all the bytes that came on one connection until the peer closed it.
///
/// It ends with the first response after which the connection is not used again: what stands behind it is no response.
struct Transcript: Equatable {
  struct Response: Equatable {
    var status: Int
    var keepsAlive: Bool
    var body: [UInt8]
  }

  enum Ending: Equatable {
    /// The peer closed between two responses, or the last response said that it would.
    case clean
    case failed(String)
  }

  var responses: [Response] = []
  var ending = Ending.clean
  /// Where each response begins, and the one that is not complete; known of our own parser only.
  var starts: [Int] = [0]

  static func == (left: Transcript, right: Transcript) -> Bool { left.responses == right.responses && left.ending == right.ending }

  /// By our own parser, with the bytes cut into pieces at the given offsets.
  static func ours(_ bytes: [UInt8], cuts: [Int] = [], limits: ResponseParser.Limits = .init()) -> Transcript {
    var parser = ResponseParser(limits: limits)
    return ours(bytes, cuts: cuts, parser: &parser).transcript
  }

  static func ours(_ bytes: [UInt8], cuts: [Int], parser: inout ResponseParser) -> (transcript: Transcript, error: BadResponse?) {
    var transcript = Transcript()
    do throws(BadResponse) {
      var start = 0
      for end in cuts + [bytes.count] {
        while start < end {
          let progress = try bytes.withUnsafeBufferPointer { whole throws(BadResponse) in
            try parser.consume(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(whole)[start..<end]))
          }
          guard case .complete(let consumed) = progress else {
            start = end
            break
          }
          start += consumed
          transcript.starts.append(start)
          if transcript.take(&parser) { return (transcript, nil) }
        }
      }
      if try parser.close() { _ = transcript.take(&parser) }
      return (transcript, nil)
    } catch {
      transcript.ending = .failed(error.kind)
      return (transcript, error)
    }
  }

  /// True where the connection is at its end.
  private mutating func take(_ parser: inout ResponseParser) -> Bool {
    responses.append(Response(status: parser.status, keepsAlive: parser.keepsAlive, body: parser.body))
    parser.reset()
    return responses.last?.keepsAlive == false
  }
}
