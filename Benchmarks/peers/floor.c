// What the kernel alone asks for the whole life of an order: the same requests at the same times as loadgen's closed load of users, from
// one thread that waits in epoll, with nothing parsed but the order's id, and nothing recorded but counts. No generator that sends each
// request when its time has come, and takes each answer when it is there, can cost less than this with one connection a user.
//
//   floor PORT USERS SECONDS POLL_GAP_MS
//
// Prints {"completed": n, "polls": n}.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  int socket;
  char id[64];
  long long sent; // when its last request was, in nanoseconds
} User;

static const char order[] =
    "POST /orders HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 68\r\n\r\n"
    "{\"user_id\":\"u-100000\",\"item_ids\":[\"item-001\"],\"total_amount\":250.75}";

static int poller;
static User *users;
// Users whose next poll is due so long after their last request: first come, first served, since all wait equally long.
static int *resting, first_resting, count_resting, user_count;
static long long completed, polls;

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void give_up(const char *what) {
  perror(what);
  exit(1);
}

static void send_all(User *user, const char *bytes, size_t count) {
  user->sent = now();
  if (send(user->socket, bytes, count, MSG_NOSIGNAL) != (ssize_t)count) give_up("send");
}

static void send_order(User *user) { send_all(user, order, sizeof order - 1); user->id[0] = 0; }

static void send_poll(User *user) {
  char request[256];
  int count = snprintf(request, sizeof request, "GET /orders/%s/status HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", user->id);
  send_all(user, request, count);
  polls += 1;
}

static void rest(int index) { resting[(first_resting + count_resting++) % user_count] = index; }

static void answered(int index) {
  static char answer[65536];
  User *user = &users[index];
  ssize_t count = recv(user->socket, answer, sizeof answer - 1, 0);
  if (count <= 0) give_up("recv");
  answer[count] = 0;
  if (user->id[0]) {
    if (!strstr(answer, "\"completed\"")) return rest(index);
    completed += 1;
    return send_order(user);
  }
  char *id = strstr(answer, "\"order_id\":\"");
  if (!id || sscanf(id + 12, "%63[^\"]", user->id) != 1) {
    fprintf(stderr, "no id in the answer to an order: %s\n", answer);
    exit(1);
  }
  rest(index);
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: floor PORT USERS SECONDS POLL_GAP_MS\n");
    return 64;
  }
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  user_count = atoi(argv[2]);
  long long gap = atoll(argv[4]) * 1000000;
  users = calloc(user_count, sizeof *users);
  resting = calloc(user_count, sizeof *resting);
  poller = epoll_create1(0);
  for (int index = 0; index < user_count; index++) {
    int one = 1, descriptor = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address)) give_up("connect");
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
    epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event);
    users[index].socket = descriptor;
  }
  long long end = now() + atoll(argv[3]) * 1000000000;
  for (int index = 0; index < user_count; index++) send_order(&users[index]);
  for (long long time; (time = now()) < end;) {
    while (count_resting && users[resting[first_resting]].sent + gap <= time) {
      send_poll(&users[resting[first_resting]]);
      first_resting = (first_resting + 1) % user_count;
      count_resting -= 1;
    }
    long long due = count_resting ? users[resting[first_resting]].sent + gap : end;
    long long wait = due - now();
    if (wait < 0) wait = 0;
    struct timespec timeout = {wait / 1000000000, wait % 1000000000};
    struct epoll_event events[256];
    int ready = epoll_pwait2(poller, events, 256, &timeout, NULL);
    for (int index = 0; index < ready; index++) answered(events[index].data.u32);
  }
  printf("{\"completed\": %lld, \"polls\": %lld}\n", completed, polls);
}
