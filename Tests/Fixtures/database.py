#!/usr/bin/env python3
"""Runs a real database server for tests: database.py postgresql|mariadb [--no-sync]

It makes a server of its own in a temporary folder, reached by a socket there and by a free port of 127.0.0.1, and prints one line of JSON
with its URL. It stops the server and removes the folder on SIGTERM, and when whoever started it has ended, so that no server outlives its
test. SIGUSR2 kills the server without warning; SIGUSR1 does so, too, where it still runs, and starts it again, and prints another line.

Servers that refuse to be run by root are run by an unprivileged user.
"""
import glob, json, os, pwd, queue, shutil, signal, socket, subprocess, sys, tempfile, time


def fail(reason):
    print(json.dumps({"event": "failed", "reason": reason}), flush=True)
    sys.exit(1)


def program(*names):
    """The first of these that there is; Debian keeps PostgreSQL's own programs out of the path."""
    for name in names:
        found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin")
        folders = sorted(glob.glob("/usr/lib/postgresql/*/bin") + glob.glob("/opt/homebrew/opt/postgresql@*/bin"), reverse=True)
        found = found or next((os.path.join(f, name) for f in folders if os.path.exists(os.path.join(f, name))), None)
        if found:
            return found
    fail(f"there is no {' and no '.join(names)}: scripts/setup test installs it")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, sync):
        self.sync = sync
        self.folder = tempfile.mkdtemp(prefix="order-load-db-", dir="/tmp")
        self.port = free_port()
        self.account = {}
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self.account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self.log = open(os.path.join(self.folder, "log"), "ab")
        self.process = None

    def call(self, *command):
        done = subprocess.run(command, cwd=self.folder, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL, **self.account)
        if done.returncode != 0:
            self.explain(f"{command[0]} ended with {done.returncode}")

    def explain(self, reason):
        with open(os.path.join(self.folder, "log"), errors="replace") as log:
            tail = log.read()[-2000:]
        shutil.rmtree(self.folder, ignore_errors=True)
        fail(f"{reason}: {tail}")

    def start(self):
        # A session of its own: a Ctrl-C that is meant for the tests is not meant for the server.
        self.process = subprocess.Popen(
            self.command(), cwd=self.folder, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL, start_new_session=True,
            **self.account)
        for _ in range(6000):
            if self.process.poll() is not None:
                self.explain(f"the server ended with {self.process.returncode}")
            if self.is_ready():
                return
            time.sleep(0.02)
        self.explain("the server does not become ready")

    def announce(self):
        print(json.dumps({"event": "listening", "url": self.url()}), flush=True)

    def make_database(self):
        """One that is empty: the servers' own databases have tables of theirs."""
        self.call(*self.client(), "CREATE DATABASE orders")

    def kill(self):
        if self.process.poll() is None:
            self.process.send_signal(self.kill_signal)
            self.process.wait()

    def restart(self):
        self.kill()
        self.start()
        self.announce()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgreSQL(Server):
    # "Fast" lets go of all connections; SIGQUIT is the crash: no last checkpoint, and all of its processes end.
    stop_signal, kill_signal = signal.SIGINT, signal.SIGQUIT

    def __init__(self, sync):
        super().__init__(sync)
        self.call(program("initdb"), "-D", f"{self.folder}/data", "-U", "orders", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")

    def command(self):
        settings = {"unix_socket_directories": self.folder, "listen_addresses": "127.0.0.1", "port": self.port, "max_connections": 200,
                    "fsync": "on" if self.sync else "off", "synchronous_commit": "on", "shared_buffers": "128MB", "max_wal_size": "1GB"}
        return [program("postgres"), "-D", f"{self.folder}/data"] + [a for k, v in settings.items() for a in ("-c", f"{k}={v}")]

    def is_ready(self):
        ask = [program("pg_isready"), "-q", "-h", self.folder, "-p", str(self.port)]
        return subprocess.run(ask).returncode == 0

    def client(self):
        return [program("psql"), "-q", "-h", self.folder, "-p", str(self.port), "-U", "orders", "-d", "postgres", "-c"]

    def url(self):
        return f"postgresql://orders@/orders?host={self.folder}&port={self.port}"


class MariaDB(Server):
    stop_signal, kill_signal = signal.SIGTERM, signal.SIGKILL

    def __init__(self, sync):
        super().__init__(sync)
        install = program("mariadb-install-db", "mysql_install_db")
        self.call(install, "--no-defaults", f"--datadir={self.folder}/data", "--auth-root-authentication-method=normal",
                  "--skip-test-db", "--skip-name-resolve")

    def command(self):
        flush = 1 if self.sync else 0
        return [program("mariadbd", "mysqld"), "--no-defaults", f"--datadir={self.folder}/data", f"--socket={self.folder}/socket",
                f"--port={self.port}", "--bind-address=127.0.0.1", f"--pid-file={self.folder}/pid", "--max-connections=200",
                f"--innodb-flush-log-at-trx-commit={flush}", "--innodb-buffer-pool-size=128M", "--skip-name-resolve"]

    def is_ready(self):
        ask = [program("mariadb-admin", "mysqladmin"), "--no-defaults", f"--socket={self.folder}/socket", "-u", "root", "--silent", "ping"]
        return subprocess.run(ask, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0

    def client(self):
        return [program("mariadb", "mysql"), "--no-defaults", f"--socket={self.folder}/socket", "-u", "root", "-e"]

    def url(self):
        return f"mysql://root@127.0.0.1:{self.port}/orders?socket={self.folder}/socket"


def main():
    kinds = {"postgresql": PostgreSQL, "mariadb": MariaDB}
    if len(sys.argv) < 2 or sys.argv[1] not in kinds or set(sys.argv[2:]) - {"--no-sync"}:
        sys.exit(__doc__)
    server = kinds[sys.argv[1]](sync="--no-sync" not in sys.argv)
    # A signal's handler runs in between anything, also within a wait: what it puts here never waits for a lock, as an event's `set` may for good.
    wishes = queue.SimpleQueue()
    signal.signal(signal.SIGTERM, lambda *_: wishes.put("stop"))
    signal.signal(signal.SIGINT, lambda *_: wishes.put("stop"))
    signal.signal(signal.SIGUSR1, lambda *_: wishes.put("restart"))
    signal.signal(signal.SIGUSR2, lambda *_: wishes.put("kill"))
    parent = os.getppid()
    try:
        server.start()
        server.make_database()
        server.announce()
        while os.getppid() == parent:
            try:
                wish = wishes.get(timeout=0.5)
            except queue.Empty:
                continue
            match wish:
                case "stop":
                    return
                case "kill":
                    server.kill()
                case "restart":
                    server.restart()
    finally:
        server.stop()


main()
