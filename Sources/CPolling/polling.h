#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

// Which Swift module the C library's structures of times and files belong to depends on what was imported first. None of them is named here.

/// What a clock shows.
static inline int64_t clock_nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

enum file_kind { file_kind_file, file_kind_folder, file_kind_pipe, file_kind_socket, file_kind_other };

/// What a path or a descriptor leads to: what `stat` says of it.
struct file_status {
  enum file_kind kind;
  uint64_t device;
  uint64_t links;
  int64_t size;
};

static inline struct file_status file_status_from(const struct stat *entry) {
  enum file_kind kind = S_ISREG(entry->st_mode)    ? file_kind_file
                        : S_ISDIR(entry->st_mode)  ? file_kind_folder
                        : S_ISFIFO(entry->st_mode) ? file_kind_pipe
                        : S_ISSOCK(entry->st_mode) ? file_kind_socket
                                                   : file_kind_other;
  struct file_status status = {kind, (uint64_t)entry->st_rdev, (uint64_t)entry->st_nlink, entry->st_size};
  return status;
}

/// 0, or -1 with `errno`.
static inline int file_status_of_descriptor(int descriptor, struct file_status *status) {
  struct stat entry;
  if (fstat(descriptor, &entry) != 0) return -1;
  *status = file_status_from(&entry);
  return 0;
}

/// 0, or -1 with `errno`.
static inline int file_status_of_path(const char *path, struct file_status *status) {
  struct stat entry;
  if (stat(path, &entry) != 0) return -1;
  *status = file_status_from(&entry);
  return 0;
}

#ifdef __linux__
#include <sys/epoll.h>

/// Waits for at most so long; a negative time is without end.
static inline int epoll_wait_nanoseconds(int descriptor, struct epoll_event *events, int most, int64_t nanoseconds) {
  struct timespec time = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  return epoll_pwait2(descriptor, events, most, nanoseconds < 0 ? 0 : &time, 0);
}
#endif
