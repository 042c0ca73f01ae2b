/// Ends the process where a property does not hold: that is how the fuzzer learns of it. It keeps the input.
public func expect(_ holds: Bool, _ property: @autoclosure () -> String) {
  if !holds { fatalError(property()) }
}
