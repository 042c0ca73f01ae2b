import Shared
import Testing

@Suite("Addresses as text")
struct AddressTextTests {
  @Test(
    "An address is its bytes in the network's order",
    arguments: [
      ("127.0.0.1", [127, 0, 0, 1]), ("10.96.0.255", [10, 96, 0, 255]), ("::1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
      ("2001:db8::FF00:42", [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0, 0, 0x42]),
      ("::ffff:192.0.2.1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 1]),
    ] as [(String, [UInt8])])
  func addresses(text: String, bytes: [UInt8]) {
    #expect(AddressText.bytes(text) == bytes)
  }

  @Test(
    "A name is no address, nor is what only resembles one",
    arguments: [
      "", "localhost", "orders.example", "127.0.0", "127.0.0.256", "1.2.3.4.5", "[::1]", "::1%lo", " ::1", "::1\n", "12345::", "१.२.३.४",
      "127.0.0.1\0.example",
    ])
  func others(text: String) {
    #expect(AddressText.bytes(text) == nil)
  }
}
