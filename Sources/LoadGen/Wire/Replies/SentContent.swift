import Shared

/// Whether an order that is read whole has what was sent for it, or what was sent for another one.
///
/// Servers leave out, round, mask, sort and rename what they were sent, and have names and numbers of their own, so that little of what an
/// answer has shows anything. But what the body of a create has in place of `{index}`, `{number}` or `{uuid}` is of one order alone: an answer
/// that has it of another order at a place where orders have their own, and nowhere its own, is another's.
struct SentContent: Sendable {
  private let values: SlotValues
  private let marks: [SentMark]
  /// For each mark the keys at which its own order's value was seen, and of how many orders.
  private var homes: [[(key: [UInt8], count: Int)]]
  /// For each mark some of the other orders whose values were seen under the key that it was sent with.
  private var others: [Set<UInt64>]

  /// A value is believed to be of an order where so many orders had their own under its key, or, under the key that it was sent with, those of
  /// so many different others: what is the same for all is a mask, or a default.
  private static let needed = 3
  private static let mostHomes = 16

  init(_ create: Dialect.Request, _ values: SlotValues) {
    self.values = values
    marks = create.body.map { SentMark.marks(in: $0, run: values.text(.run, of: 0)) } ?? []
    homes = Array(repeating: [], count: marks.count)
    others = Array(repeating: [], count: marks.count)
  }

  /// Whose content an answer has.
  /// - Parameter index: the number of the order that was asked for, counted from 0 over the run.
  mutating func content(_ body: UnsafeRawBufferPointer, of index: UInt64, _ id: OrderID) -> OrderContent {
    var isOwn = false
    // The first that was found of another order, under a key.
    var found: (number: UInt64, shown: String, place: Int, key: [UInt8])?
    var isList = false
    var searches = 0
    for (place, mark) in marks.enumerated() {
      mark.forEachPlace(in: body) { text, key in
        switch whose(text, mark.slot, index, &searches) {
        case .own:
          isOwn = true
          noteHome(key, place)
        case .anothers(let number):
          let shown = mark.shown(text.beginning(bytes: 40))
          guard !mark.constants.contains(shown.lowercased()) else { return }
          guard let key else { return }
          if let found { isList = isList || found.number != number } else { found = (number, shown, place, Array(key)) }
        case .noOnes: return
        }
      }
    }
    if isOwn { return .own }
    // Several orders' are a list of them.
    guard !isList, let found, isBelieved(found.number, at: found.key, found.place) else { return .untold }
    return .anothers(
      Failure(.badResponse, "\(id.text.beginning(bytes: 60)) has '\(found.shown)', which was sent for another order"))
  }

  private mutating func noteHome(_ key: UnsafeRawBufferPointer?, _ place: Int) {
    guard let key else { return }
    if let home = homes[place].firstIndex(where: { $0.key.elementsEqual(key) }) {
      homes[place][home].count += 1
    } else if homes[place].count < Self.mostHomes {
      homes[place].append((Array(key), 1))
    }
  }

  private mutating func isBelieved(_ number: UInt64, at key: [UInt8], _ place: Int) -> Bool {
    if homes[place].contains(where: { $0.count >= Self.needed && $0.key == key }) { return true }
    guard !marks[place].standsAlone, marks[place].key == key else { return false }
    if others[place].count < Self.needed { others[place].insert(number) }
    return others[place].count >= Self.needed
  }

  private enum Owner {
    case own, noOnes
    /// By its number.
    case anothers(UInt64)
  }

  /// Whose a value in the place of a slot is.
  private func whose(_ text: UnsafeRawBufferPointer, _ slot: Slot, _ index: UInt64, _ searches: inout Int) -> Owner {
    if slot == .uuid {
      if values.text(.uuid, of: index).isSame(text) { return .own }
      guard searches < Self.mostSearches else { return .noOnes }
      searches += 1
      // One cannot tell from a UUID which order it was sent for: those near this one are tried.
      let near = index - min(index, Self.nearby)...index + Self.nearby
      return near.first { values.text(.uuid, of: $0).isSame(text) }.map { .anothers($0) } ?? .noOnes
    }
    guard let number = DecimalDigits.value(text).map(UInt64.init) else { return .noOnes }
    let first = slot == .number ? values.number(0) : 0
    guard number >= first, number - first <= UInt64(UInt32.max) else { return .noOnes }
    if number - first == index { return .own }
    // A server may cut what is too long, and append a check digit.
    let (own, other) = ("\(first + index)".utf8, "\(number)".utf8)
    return own.starts(with: other) || other.starts(with: own) ? .noOnes : .anothers(number - first)
  }

  private static let nearby: UInt64 = 4_096
  /// How many UUIDs of an answer are looked for among the orders.
  private static let mostSearches = 4
}

extension Dialect.Create {
  /// Whether what is sent for one order differs from what is sent for all others.
  var tellsOrdersApart: Bool { request.body.map { !SentMark.marks(in: $0, run: []).isEmpty } ?? false }
}

extension [UInt8] {
  fileprivate func isSame(_ text: UnsafeRawBufferPointer) -> Bool {
    count == text.count && zip(self, text).allSatisfy { $0 == ByteScan.lowercased($1) }
  }
}
