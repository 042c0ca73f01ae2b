/// Whether whole orders can be read of a target that was never said to have such pages.
enum OrderPageSeen {
  case untried
  /// The first order is being read.
  case asked
  case there
  /// The first order that was read told nothing, and no other one is read.
  case absent
}
