import Shared

/// The tree of a scanner's paths, in memory that stays in place as long as this object lives.
///
/// Scanners are copied and passed around on the hot path: copying one reference is cheap there, copying four arrays is not.
// @unchecked: the memory is written in init, freed in deinit, and only read in between.
final class JSONPaths: @unchecked Sendable {
  let view: JSONPathTree.View
  /// For each given path, the slots of its spellings: the path's value is in the first of these slots that holds one.
  let slots: [[Int]]
  /// The slot of the first path's fully nested spelling; `nil` if no path was given.
  let firstSlot: Int?
  /// The slots of the first path's other spellings.
  let otherFirstSlots: [Int]
  let slotCount: Int

  init(_ paths: [FieldPath]) {
    let spellings = paths.map(\.spellings)
    let tree = JSONPathTree(spellings.flatMap { $0 })
    view = JSONPathTree.View(nodes: Self.copy(tree.nodes), edges: Self.copy(tree.edges), keys: Self.copy(tree.keys))
    var taken = 0
    slots = spellings.map { spellings in
      taken += spellings.count
      return Array(tree.slotOfPath[taken - spellings.count..<taken])
    }
    firstSlot = slots.first?.first
    otherFirstSlots = slots.first.map { Array($0.dropFirst()) } ?? []
    slotCount = tree.slotCount
  }

  deinit {
    view.nodes.deallocate()
    view.edges.deallocate()
    view.keys.deallocate()
  }

  /// Nodes, edges and bytes hold no references, so their memory can be freed without deinitialising them.
  private static func copy<Element>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
    let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = memory.initialize(from: elements)
    return UnsafeBufferPointer(memory)
  }
}
