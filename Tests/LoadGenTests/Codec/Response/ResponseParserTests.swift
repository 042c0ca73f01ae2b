import Testing

@testable import LoadGen

@Suite("Response parser")
struct ResponseParserTests {
  @Test("A response in one read is read to its end and not beyond")
  func readsOne() throws {
    var parser = ResponseParser()
    let text = "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 "
    let progress = try Array(text.utf8).withUnsafeBytes { try parser.consume($0) }
    #expect(progress == .complete(consumed: text.utf8.count - 9))
    #expect(parser.status == 201)
    #expect(parser.body == Array("hello".utf8))
    #expect(parser.contentType == "application/json")
    #expect(parser.keepsAlive)
  }
}
