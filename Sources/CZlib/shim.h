#include <zlib.h>

// What zlib says by macros, which no Swift module has.

/// - Parameter window_bits: 15 for zlib's own format, 16 more for gzip.
static inline int zlib_begin_inflating(z_stream *stream, int window_bits) { return inflateInit2(stream, window_bits); }

/// - Parameter window_bits: as above.
static inline int zlib_begin_deflating(z_stream *stream, int level, int window_bits) {
  return deflateInit2(stream, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
}
