import Foundation

/// A program's standard input, output and error, which whoever starts it may have closed.
public enum StandardStreams {
  /// Puts `/dev/null` in the place of those that are closed. Otherwise the next file or socket that is opened takes their number, and what is
  /// printed goes there. To be called before anything else is opened.
  /// - Parameter discards: whether what is written then vanishes; otherwise writing it fails.
  public static func fill(discards: Bool) {
    // By rising number: opening takes the lowest that is free.
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      let isInput = descriptor == STDIN_FILENO
      _ = open("/dev/null", discards ? O_RDWR : isInput ? O_WRONLY : O_RDONLY)
    }
  }
}
