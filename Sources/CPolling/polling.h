#include <stdint.h>
#include <time.h>

// Times in nanoseconds: which Swift module the C library's structures of times belong to depends on what was imported first.

/// What a clock shows.
static inline int64_t clock_nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

#ifdef __linux__
#include <sys/epoll.h>

/// Waits for at most so long; a negative time is without end.
static inline int epoll_wait_nanoseconds(int descriptor, struct epoll_event *events, int most, int64_t nanoseconds) {
  struct timespec time = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  return epoll_pwait2(descriptor, events, most, nanoseconds < 0 ? 0 : &time, 0);
}
#endif
