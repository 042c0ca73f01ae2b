/// A binary heap: the least element is at hand at once; insertion and removal cost the logarithm of the count.
struct MinHeap<Element: Comparable & Sendable>: Sendable {
  private var elements: [Element] = []

  var count: Int { elements.count }
  var min: Element? { elements.first }

  mutating func insert(_ element: Element) {
    elements.append(element)
    var place = elements.count - 1
    while place > 0, case let parent = (place - 1) / 2, elements[place] < elements[parent] {
      elements.swapAt(place, parent)
      place = parent
    }
  }

  @discardableResult
  mutating func removeMin() -> Element? {
    guard let least = elements.first, let last = elements.popLast() else { return nil }
    guard !elements.isEmpty else { return least }
    elements[0] = last
    var place = 0
    while true {
      let left = 2 * place + 1
      guard left < elements.count else { return least }
      let right = left + 1
      let child = right < elements.count && elements[right] < elements[left] ? right : left
      guard elements[child] < elements[place] else { return least }
      elements.swapAt(place, child)
      place = child
    }
  }
}
