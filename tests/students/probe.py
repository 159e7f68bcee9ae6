#!/usr/bin/env python3
"""A small, slow and blocking checker of the student programs.

It keeps this corpus honest without the grader that the corpus tests: it waits with sleeps
and knows a few styles only. Its JSON has the shape of the grader's.

    probe.py EXERCISE HOST:PORT
    probe.py EXERCISE --run 'command with {port}' [--only CASE]
"""
import argparse
import glob
import json
import os
import random
import re
import shlex
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

HOST = "127.0.0.1"
# what stands for {data} where a program is started here: a table of keys
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kv-peer/data.txt")
QUIET = 0.25


# -- programs ---------------------------------------------------------------------------

def listening(port, udp):
    """Is the port, or the path, bound? Read from the kernel's tables: a connection could be the only one."""
    if isinstance(port, str):
        with open("/proc/net/unix") as f:
            return any(line.split()[-1] == port and line.split()[3] == "00010000" for line in f)
    for name in ("udp", "udp6") if udp else ("tcp", "tcp6"):
        try:
            with open(f"/proc/net/{name}") as f:
                next(f)
                for line in f:
                    col = line.split()
                    if int(col[1].rsplit(":", 1)[1], 16) == port and (udp or col[3] == "0A"):
                        return True
        except OSError:
            pass
    return False


def free_port():
    """A port below the ephemeral range that no socket of any state uses."""
    while True:
        port = random.randint(10240, 31000)
        try:
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                with socket.socket(socket.AF_INET, kind) as s:
                    s.bind(("", port))
            return port
        except OSError:
            continue


def spawn(words, **options):
    """Starts a program in a process group of its own. A shell that runs this script in the
    background ignores SIGINT for it, and an ignored signal is inherited: undo that."""
    return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True,
                            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL), **options)


class Program:
    """A student's program. Where its command has a {path}, that is its port."""

    def __init__(self, run, udp, cwd=None, log=subprocess.DEVNULL):
        self.run, self.udp, self.cwd, self.log = run, udp, cwd, log
        self.folder = tempfile.TemporaryDirectory(prefix="probe-") if "{path}" in run else None
        self.port = os.path.join(self.folder.name, "socket") if self.folder else free_port()
        self.proc = None

    def start(self, patience=20.0):
        words = shlex.split(self.run)
        words = [a.replace("{peer}", "").replace("{data}", DATA) for a in words]
        for name in ("{port}", "{path}"):
            words = [a.replace(name, str(self.port)) for a in words]
        self.proc = spawn(words, stderr=self.log, cwd=self.cwd)
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if listening(self.port, self.udp):
                return True
            if self.proc.poll() is not None:
                return False
            time.sleep(0.01)
        return False

    def up(self):
        return self.proc is not None and listening(self.port, self.udp)

    def stop(self):
        """Seconds until the program had gone after SIGTERM, or None if it had to be killed."""
        began = time.monotonic()
        took = None
        try:
            os.killpg(self.proc.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        try:
            self.proc.wait(2)
            took = time.monotonic() - began
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(self.proc.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.proc.wait()
        return took

    def pids(self):
        found = []
        for stat in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(stat) as f:
                    rest = f.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(rest[2]) == self.proc.pid:
                found.append((int(stat.split("/")[2]), int(rest[11]) + int(rest[12])))
        return found

    def cpu(self):
        return sum(t for _, t in self.pids()) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        total = 0
        for pid, _ in self.pids():
            try:
                with open(f"/proc/{pid}/status") as f:
                    total += sum(int(x.split()[1]) for x in f if x.startswith("VmHWM"))
            except OSError:
                pass
        return total * 1024


# -- a blocking client ------------------------------------------------------------------

class Failure(Exception):
    def __init__(self, cause, text):
        super().__init__(f"{cause}: {text}")
        self.cause = cause


def need(condition, cause, text=""):
    if not condition:
        raise Failure(cause, text)


class Tcp:
    def __init__(self, port, timeout=5.0):
        self.got = b""
        self.ended = False
        if isinstance(port, str):
            self.s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.s.settimeout(timeout)
            self.s.connect(port)
            return
        self.s = socket.create_connection((HOST, port), timeout)
        self.s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data):
        try:
            self.s.sendall(data)
        except OSError:
            self.ended = True

    def bytewise(self, data, pause=0.004):
        for i in range(len(data)):
            self.send(data[i:i + 1])
            time.sleep(pause)

    def half(self):
        try:
            self.s.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def take(self, timeout):
        """One recv; False at the end or when nothing came in time."""
        self.s.settimeout(max(timeout, 0.001))
        try:
            data = self.s.recv(1 << 18)
        except socket.timeout:
            return False
        except OSError:
            data = b""
        if not data:
            self.ended = True
            return False
        self.got += data
        return True

    def until(self, test, timeout=2.0):
        end = time.monotonic() + timeout
        while not test(self.got):
            left = end - time.monotonic()
            if left <= 0 or self.ended or not self.take(left):
                break
        return bool(test(self.got))

    def quiet(self, timeout=QUIET):
        while self.take(timeout):
            pass
        return self.got

    def to_end(self, timeout=4.0):
        end = time.monotonic() + timeout
        while not self.ended and end > time.monotonic():
            self.take(end - time.monotonic())
        return self.ended

    def clear(self):
        old, self.got = self.got, b""
        return old

    def reset(self):
        self.s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.s.close()

    def close(self):
        self.s.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def looks_like_now(text):
    """Does the text hold the present time, to two seconds, in a usual format?"""
    now = time.time()
    for d in (0, -1, 1, -2, 2):
        t = time.gmtime(now + d)
        if time.strftime("%H:%M:%S", t) in text:
            day = [time.strftime(f, t) for f in ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y")]
            month_en = time.strftime("%b", t)
            month_fr = ("janv févr mars avri mai juin juil août sept octo nove déce"
                        .split()[t.tm_mon - 1])
            words = (month_en in text or month_fr in text.lower()) and str(t.tm_year) in text \
                and re.search(rf"\b0?{t.tm_mday}\b", text)
            if any(x in text for x in day) or words:
                return True
    return any(abs(float(x) - now) < 2 or abs(float(x) / 1000 - now) < 2
               for x in re.findall(r"\d{10,13}(?:\.\d+)?", text))


# -- exercises --------------------------------------------------------------------------

PLUS = re.compile(r"plus grand|trop petit|greater|higher|bigger|too low|too small|^[^\w]*[+>]|>\s*$", re.I)
MOINS = re.compile(r"plus petit|trop grand|smaller|lower|less|too high|too big|^[^\w]*[-<]|<\s*$", re.I)
WON = re.compile(r"gagn|trouv|bravo|found|\bwin|\bwon|correct", re.I)
LOST = re.compile(r"perdu|lost|lose|game over", re.I)


def is_printable(raw):
    return all(32 <= b < 127 or b in b"\t\r\n" for b in raw)


def is_rfc868(raw):
    return len(raw) == 4 and abs(struct.unpack("!I", raw)[0] - 2208988800 - time.time()) < 3


def plain(raw):
    return raw.decode("utf-8", "replace").replace("é", "e").replace("É", "E")


def parameters(greeting):
    """n and k: the greatest integer of the greeting, and another one that is not 1."""
    numbers = [int(x) for x in re.findall(r"\d+", plain(greeting))]
    others = [x for x in numbers if x not in (1, max(numbers))]
    need(others, "wrong-answer", f"no parameters in {greeting!r}")
    return max(numbers), others[-1]


def play(port, wrong_first=()):
    """Plays one game by bisection. Returns its secret, or None when it was lost."""
    with Tcp(port) as c:
        need(c.until(lambda g: b"\n" in g), "wrong-answer", "no parameters")
        c.quiet()
        n, k = parameters(c.clear())
        low, high, used, guess = 1, n, 0, None
        for w in wrong_first:
            c.send(w)
            need(c.until(lambda g: b"\n" in g), "wrong-answer", f"no line for {w!r}")
            c.clear()
        while low <= high and used < k:
            guess = (low + high) // 2
            used += 1
            c.send(b"%d\n" % guess)
            need(c.until(lambda g: b"\n" in g), "missing-newline" if c.got else "wrong-answer", "no hint")
            answer = plain(c.clear())
            if WON.search(answer):
                need(c.to_end(2), "never-closes", "after the game")
                return guess
            if LOST.search(answer):
                need(2 ** k <= n, "wrong-answer", "bisection lost")
                return None
            if PLUS.search(answer):
                low = guess + 1
            else:
                need(MOINS.search(answer), "wrong-answer", f"hint {answer!r}")
                high = guess - 1
        if used < k:
            raise Failure("wrong-answer", "contradictory hints")
        c.quiet()
        need(LOST.search(plain(c.got)), "wrong-answer", "neither won nor lost")
        need(2 ** k <= n, "wrong-answer", "bisection lost")
        return None


def exchange(c, request, test, cause="wrong-answer", timeout=2.0):
    c.clear()
    c.send(request)
    need(c.until(test, timeout), cause, f"{request[:60]!r} -> {c.got[:80]!r}")


def trivial(ex, port, patience=2.0):
    """The first exchange of all. Raises Failure."""
    if ex.endswith("-udp"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.connect((HOST, port))
            s.settimeout(patience)
            if ex == "discard-udp":
                s.send(b"bonjour")
                s.settimeout(QUIET)
                try:
                    raise Failure("extra-output", repr(s.recv(65536)))
                except socket.timeout:
                    return
                except OSError as e:
                    raise Failure("not-listening", str(e))
            try:
                s.send(b"" if ex == "time-udp" else b"bonjour")
                data = s.recv(65536)
            except OSError as e:
                raise Failure("no-answer", str(e))
            if ex == "daytime-udp":
                need(looks_like_now(data.decode(errors="replace")) and len(data) < 100, "wrong-time", repr(data))
            elif ex == "chargen-udp":
                need(is_printable(data), "wrong-answer", repr(data))
            elif ex == "time-udp":
                need(is_rfc868(data), "wrong-time", repr(data))
            else:
                want = b"bonjour" if ex == "echo-udp" else b"BONJOUR"
                need(data == want, "wrong-answer", repr(data))
        return
    if ex == "mystery-number":
        play(port)
        return
    with Tcp(port) as c:
        if ex == "daytime-tcp":
            need(c.to_end(patience), "never-closes", repr(c.got))
            need(looks_like_now(c.got.decode(errors="replace")), "wrong-time", repr(c.got))
        elif ex in ("discard-tcp", "line-printer"):
            c.send(b"Bonjour\n")
            c.quiet()
            c.send(b"encore")
            c.half()
            need(c.to_end(patience), "never-closes", repr(c.got))
            need(c.got == b"", "extra-output", repr(c.got))
        elif ex == "chargen-tcp":
            need(c.until(lambda g: len(g) > 200, patience), "no-answer", repr(c.got))
            need(is_printable(c.got), "wrong-answer", repr(c.got[:200]))
        elif ex == "time-tcp":
            c.half()
            need(c.to_end(patience), "never-closes", repr(c.got))
            need(is_rfc868(c.got), "wrong-time", repr(c.got))
        elif ex == "unix-successor":
            exchange(c, b"A", lambda g: g == b"B", timeout=patience)
            need(c.to_end(patience), "never-closes", repr(c.got))
        elif ex == "echo-tcp":
            exchange(c, b"Bonjour\n", lambda g: b"Bonjour\n" in g, timeout=patience)
        elif ex == "upper-tcp":
            exchange(c, b"bonjour\n", lambda g: b"BONJOUR\n" in g, timeout=patience)
        elif ex == "text-commands":
            exchange(c, b"UPPER bonjour\n", lambda g: b"BONJOUR" in g, timeout=patience)
            exchange(c, b"LOWER Monde\n", lambda g: b"monde" in g, timeout=patience)
            exchange(c, b"DATENOW\n", lambda g: looks_like_now(g.decode(errors="replace")), timeout=patience)
        elif ex in ("kv", "kv-peer"):
            exchange(c, b"mi\n", lambda g: b"lion" in g, timeout=patience)
            exchange(c, b"li\n", lambda g: b"nez" in g, timeout=patience)
            c.send(b"FIN\n")
            need(c.to_end(patience), "never-closes", "after FIN")
        elif ex == "web":
            c.send(b"GET /folder/inside.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            need(c.until(lambda g: g.startswith(b"HTTP/1.") and b" 200 " in g and b"dossier" in g, patience),
                 "wrong-answer", repr(c.got[:80]))
        elif ex == "files":
            exchange(c, b"GET folder/inside.txt\n", lambda g: b"OK 33\n" in g and b"dossier" in g, timeout=patience)


SCRIPT = {
    "echo-tcp": ("Où est l'été ?\n€ 😀\nfin".encode(), None),
    "upper-tcp": ("Où est l'été ?\n€ 😀\nfin".encode(), None),
    "text-commands": ("UPPER l'été\nLOWER  ÇA va \n\nUPPER fin\r\nBOF\nUPPER z\n".encode(),
                      ["L'ÉTÉ", " ça va ", "FIN", "Z"]),
    "kv": ("fa\ninconnue é\nmi\r\n\n li \n".encode(), ["sill", "lion", "nez"]),
    "mystery-number": (b"0\n0\r\nabc\n", None),
}


class Probe:
    def __init__(self, ex, program, serving):
        self.ex, self.p, self.serving = ex, program, serving
        self.udp = ex.endswith("-udp")
        self.results = []
        self.restarted = True

    def fresh(self):
        """The server for a new client; a one-shot server is restarted."""
        if self.p.proc is None:
            return
        if self.serving == "one-shot" and self.ex not in ("daytime-tcp", "daytime-udp"):
            for _ in range(20):
                if self.p.proc.poll() is not None:
                    break
                time.sleep(0.01)
            self.p.stop()
            need(self.p.start(), "does-not-start", "again")

    def again(self):
        """After a case: is a new client served? Brings the server back if not."""
        try:
            self.fresh()
            if self.serving != "one-shot" and self.p.proc is not None:
                need(self.p.up(), "dies", "the program has gone")
            trivial(self.ex, self.p.port)
        except (Failure, OSError) as e:
            if self.p.proc is not None:
                self.p.stop()
                if not self.p.folder:
                    self.p.port = free_port()
                self.p.start()
            raise Failure("dies", f"next client: {e}")

    def case(self, name, check, survive=True):
        if self.only and name != self.only:
            return
        cause = text = None
        try:
            self.fresh()
            check()
        except Failure as e:
            cause, text = e.cause, str(e)
        except OSError as e:
            cause, text = "refused", str(e)
        if survive and name != "works":
            try:
                self.again()
            except Failure as e:
                cause, text = cause or e.cause, text or str(e)
        self.results.append({"id": f"{self.ex}/{name}", "status": "fail" if cause else "pass",
                             "level": 5 if name == "program" else 1,
                             "diagnosis": {"cause": cause, "text": text} if cause else None})

    # -- TCP --

    def stream(self, data, bytewise=False, crlf=False):
        """Everything a half-closing client reads."""
        self.fresh()
        with Tcp(self.p.port) as c:
            if bytewise:
                c.bytewise(data)
            else:
                c.send(data)
            c.half()
            need(c.to_end(), "never-closes", f"half-close, got {c.got[-80:]!r}")
            return c.got

    def segmentation(self):
        data, words = SCRIPT[self.ex]
        whole = self.stream(data)
        if words:
            at = 0
            for w in words:
                i = whole.find(w.encode(), at)
                need(i >= 0, "wrong-answer", f"{w!r} not in {whole!r}")
                at = i + len(w.encode())
            need(whole.count(b"\n") >= data.count(b"\n"), "missing-newline", repr(whole))
        elif self.ex == "echo-tcp":
            need(whole.endswith(data), "wrong-answer", repr(whole))
        elif self.ex == "upper-tcp":
            ok = (data.upper(), data.decode().upper().encode())
            need(whole.endswith(ok), "wrong-answer", repr(whole))
        else:
            need(whole.count(b"\n") >= 4, "one-recv-one-message", repr(whole))
        split = self.stream(data, bytewise=True)
        need(split == whole, "segmentation", f"{split!r} instead of {whole!r}")
        if self.ex not in ("echo-tcp", "upper-tcp"):
            crlf = self.stream(data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
            need(crlf == whole, "keeps-carriage-return", f"{crlf!r} instead of {whole!r}")

    def step(self, c, request, word):
        exchange(c, request, lambda g: word in g and (self.bytes or b"\n" in g))

    @property
    def bytes(self):
        return self.ex in ("echo-tcp", "upper-tcp")

    def valid(self, c):
        """A valid request on an open connection, answered at once."""
        if self.ex == "echo-tcp":
            self.step(c, b"suite\n", b"suite\n")
        elif self.ex == "upper-tcp":
            self.step(c, b"suite\n", b"SUITE\n")
        elif self.ex == "text-commands":
            self.step(c, b"UPPER suite\n", b"SUITE")
        elif self.ex == "kv":
            self.step(c, b"fa\n", b"sill")
        elif self.ex == "mystery-number":
            exchange(c, b"0\n", lambda g: b"\n" in g and PLUS.search(plain(g).split("\n")[0]))

    def steps(self):
        with Tcp(self.p.port) as c:
            c.quiet()
            for _ in range(3):
                self.valid(c)
                c.quiet(0.1)
            need(self.bytes or c.got.count(b"\n") >= 1, "missing-newline")

    def bad_bytes(self):
        bad = {"text-commands": b"UPPER \xe9t\xe9 \xff\n", "kv": b"\xff\xfe\n"}.get(self.ex, b"\xe9t\xe9 \xff\n")
        with Tcp(self.p.port) as c:
            c.quiet()
            c.send(bad)
            c.quiet()
            if self.ex == "echo-tcp":
                need(c.got.endswith(bad), "wrong-answer", repr(c.got))
            need(not c.ended, "closes-on-invalid-utf8")
            self.valid(c)

    def empty_line(self):
        with Tcp(self.p.port) as c:
            c.quiet()
            c.send(b"\n\r\n")
            c.quiet()
            need(not c.ended, "dies-on-empty-line")
            if self.ex == "text-commands":
                c.send(b"UPPER\n")
                c.quiet()
            self.valid(c)

    def nul(self):
        if self.ex == "text-commands":
            want, got = b"A\0B", self.stream(b"UPPER a\0b\n")
        elif self.ex == "echo-tcp":
            want, got = b"a\0b\0", self.stream(b"a\0b\0")
        else:
            want, got = b"A\0B\0", self.stream(b"a\0b\0")
        need(want in got, "nul-terminated", repr(got))

    def long_line(self):
        if self.ex == "text-commands":
            text = "é" * 100 + "a" * 65_000
            got = self.stream(b"UPPER " + text.encode() + b"\n")
            need(text.upper().encode() in got, "truncates-at-buffer", f"{len(got)} bytes")
            self.fresh()
        with Tcp(self.p.port) as c:
            c.quiet()
            before = self.p.memory() if self.p.proc else 0
            try:
                c.s.settimeout(3)
                for _ in range(48):
                    c.s.sendall(b"a" * (1 << 20))
            except OSError:
                pass
            time.sleep(0.3)
            if self.p.proc and self.p.proc.poll() is None:
                grown = self.p.memory() - before
                need(grown < 16 << 20, "unbounded-line", f"{grown >> 20} MiB")

    def resets(self):
        data = SCRIPT[self.ex][0]
        for part in (data[:2], data, b""):
            self.fresh()
            c = Tcp(self.p.port)
            c.send(part)
            time.sleep(0.05)
            c.reset()
            time.sleep(0.05)
        for _ in range(5):
            self.fresh()
            c = Tcp(self.p.port)
            c.send(data * 20)
            c.half()
            c.reset()
            time.sleep(0.02)

    def eof_rest(self):
        if self.p.proc is None:
            return
        with Tcp(self.p.port) as c:
            c.quiet()
            self.valid(c)
            c.half()
            need(c.to_end(3), "never-closes", "half-close")
            if self.p.proc.poll() is None:
                time.sleep(0.2)
                before = self.p.cpu()
                time.sleep(0.6)
                need(self.p.cpu() - before < 0.3, "spins-at-eof", "CPU")
        if self.p.proc.poll() is None:
            fds = self.fds()
            for _ in range(12):
                self.fresh()
                c = Tcp(self.p.port)
                c.half()
                c.to_end(2)
                c.close()
            time.sleep(0.2)
            need(self.fds() < fds + 8, "never-closes", "descriptors leak")

    def fds(self):
        n = 0
        for pid, _ in self.p.pids():
            try:
                n += len(os.listdir(f"/proc/{pid}/fd"))
            except OSError:
                pass
        return n

    def neighbours(self):
        asked = {"upper-tcp": b"\xc3", "kv": b"f", "text-commands": b"UPPER a", "echo-tcp": b"x",
                 "mystery-number": b"10"}[self.ex]
        idle = [Tcp(self.p.port) for _ in range(14)]
        try:
            first = idle[0]
            first.quiet()
            first.clear()
            first.send(asked)
            time.sleep(0.1)
            if self.ex == "mystery-number":
                tries = parameters(idle[1].quiet())[1]
                for c in idle[1:3]:
                    c.quiet()
                    for _ in range(tries - 1):
                        exchange(c, b"0\n", lambda g: b"\n" in g, "shared-state")
                first.clear()
                first.send(b"00000\n")
                need(first.until(lambda g: b"\n" in g), "isolation", "the first game is over")
                need(MOINS.search(plain(first.got)), "shared-state", repr(first.got))
                return
            with Tcp(self.p.port) as c:
                c.quiet()
                try:
                    self.valid(c)
                except Failure as e:
                    raise Failure("one-client-at-a-time", str(e))
                if self.bytes or self.ex == "kv":
                    c.quiet()
                    need("\ufffd" not in plain(c.got), "shared-state", repr(c.got))
            if self.ex == "kv":
                exchange(first, b"a\n", lambda g: b"sill" in g, "shared-state")
            elif self.ex == "upper-tcp":
                first.send(b"\xa9\n")
                need(first.until(lambda g: "É".encode() in g or "é".encode() in g), "shared-state", repr(first.got))
        finally:
            for c in idle:
                c.close()

    def big(self):
        data = ("été 0123456789 abc\0\n" * 900_000).encode()
        with Tcp(self.p.port) as c:
            c.quiet()
            greeting = len(c.clear())
            pid = os.fork()
            if pid == 0:
                try:
                    c.s.settimeout(30)
                    c.s.sendall(data)
                    c.s.shutdown(socket.SHUT_WR)
                finally:
                    os._exit(0)
            time.sleep(0.7)
            parts, end = [], time.monotonic() + 20
            while time.monotonic() < end:
                c.s.settimeout(3)
                try:
                    d = c.s.recv(1 << 20)
                except OSError:
                    break
                if not d:
                    c.ended = True
                    break
                parts.append(d)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            got = b"".join(parts)
            ok = (data,) if self.ex == "echo-tcp" else (data.upper(), data.decode().upper().encode())
            need(got in ok, "loses-tail", f"{len(got)} of {len(data)}")
            need(c.ended, "never-closes", "after much data")

    def games(self):
        secrets = set()
        for _ in range(5):
            self.fresh()
            secrets.add(play(self.p.port))
            time.sleep(0.3 if self.serving == "one-shot" else 0)
        need(len(secrets) > 1, "constant-secret", str(secrets))
        for bad in ((b"abc\n",), (b"\n",), (b"12345678901234567890123456789\n",), (b"+5\n",), ("é\n".encode(),),
                    (b"--5\n",), (b"3.5\n",)):
            self.fresh()
            play_with = Tcp(self.p.port)
            play_with.quiet()
            exchange(play_with, bad[0], lambda g: b"\n" in g, "dies-on-bad-input")
            self.valid(play_with)
            play_with.close()
        self.fresh()
        with Tcp(self.p.port) as c:
            c.send(b"0\n" * parameters(c.quiet())[1])
            need(c.to_end(3), "never-closes", "game over")
            need(LOST.search(plain(c.got)), "wrong-answer", "lost, and nothing says so")

    # -- the program itself --

    def program(self):
        """Arguments, port in use, signals, restart."""
        run = shlex.split(self.p.run)

        def ends(words, what):
            p = spawn(words, stderr=subprocess.PIPE)
            try:
                err = p.communicate(timeout=6)[1]
            except subprocess.TimeoutExpired:
                os.killpg(p.pid, signal.SIGKILL)
                raise Failure(what, "goes on")
            need(p.returncode != 0 and err, what, f"exit {p.returncode}, {err!r}")

        ends([w for w in run if w != "{port}"], "usage")
        for bad in ("abc", "70000"):
            ends([w.replace("{port}", bad) for w in run], "port-check")
        if not self.udp:
            with socket.socket() as s:
                s.bind(("", 0))
                s.listen()
                ends([w.replace("{port}", str(s.getsockname()[1])) for w in run], "port-in-use")
        for sig in (signal.SIGINT, signal.SIGTERM):
            client = None if self.udp else Tcp(self.p.port)
            time.sleep(0.1)
            os.kill(self.p.proc.pid, sig)
            try:
                self.p.proc.wait(2)
            except subprocess.TimeoutExpired:
                if self.serving != "one-shot" or self.p.up():
                    raise Failure("signals", sig.name)
            if client:
                client.close()
            need(not self.p.up(), "signals", f"{sig.name}: the port is still bound")
            if self.p.proc.poll() is None:
                self.p.stop()
            need(self.p.start(), "restart", f"after {sig.name}")
            trivial(self.ex, self.p.port)
            self.fresh()

    def dates(self):
        for wait in (0, 3.2, 0):
            time.sleep(wait)
            with Tcp(self.p.port) as c:
                need(c.to_end(2), "never-closes" if c.got else "waits-for-request")
                need(looks_like_now(c.got.decode(errors="replace")), "wrong-time", repr(c.got))
                need(c.got.endswith(b"\n") and c.got.count(b"\n") == 1, "missing-newline", repr(c.got))
        for _ in range(10):
            c = Tcp(self.p.port)
            c.reset()
        idle = Tcp(self.p.port)
        time.sleep(0.1)
        trivial(self.ex, self.p.port)
        idle.close()

    def successors(self):
        for byte in (0, 9, 65, 127, 128, 195, 254, 255):
            with Tcp(self.p.port) as c:
                c.send(bytes([byte]))
                need(c.to_end(2), "never-closes", repr(c.got))
                need(c.got == bytes([(byte + 1) % 256]), "wrong-answer", f"{byte}: {c.got!r}")

    def leavers(self):
        for _ in range(10):
            Tcp(self.p.port).close()
            with Tcp(self.p.port) as c:
                c.send(b"A")

    # -- UDP --

    def ask(self, s, data, timeout=1.5):
        s.settimeout(timeout)
        s.send(data)
        try:
            return s.recv(70_000)
        except OSError:
            return None

    def sock(self):
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.connect((HOST, self.p.port))
        return s

    def right(self, q, a):
        if self.ex == "echo-udp":
            return a == q
        if self.ex == "daytime-udp":
            return a is not None and looks_like_now(a.decode(errors="replace"))
        return a in (q.upper(), q.decode(errors="replace").upper().encode())

    def sizes(self):
        with self.sock() as s:
            for n in (1, 2, 64, 128, 129, 256, 257, 1000, 1024, 1025, 1472, 2048, 8192, 65_507):
                q = ("aé" + "x" * n).encode()[:n] if n > 3 else b"z" * n
                a = self.ask(s, q)
                need(self.right(q, a), "truncates-at-buffer", f"{n}: {a and len(a)}")

    def leaks(self):
        with self.sock() as s, self.sock() as t:
            for q, c in ((b"x" * 300, s), (b"ab", t), (b"a\0b", s), (b"c\n", t), (b"\r\n", s)):
                a = self.ask(c, q)
                need(self.right(q, a), "leaks-previous-datagram", f"{q[:10]!r}: {a and a[:40]!r}")
            need(self.ex != "daytime-udp" or a.endswith(b"\n"), "missing-newline", repr(a))
            a = self.ask(s, b"")
            if self.ex == "echo-udp":
                need(a == b"", "stops-at-empty-datagram", repr(a))
            elif self.ex == "daytime-udp":
                need(self.right(b"", a), "stops-at-empty-datagram", repr(a))
            need(self.right(b"d", self.ask(t, b"d")), "stops-at-empty-datagram")

    def bad_datagrams(self):
        with self.sock() as s:
            for q in (b"\xff\xfe", b"caf\xe9", "été".encode()[:1], b"a" * 65_000 + "ŉ".encode() * 250):
                a = self.ask(s, q, 0.4)
                if self.ex == "echo-udp":
                    need(a == q, "wrong-answer", repr(a and a[:20]))
        gone = self.sock()
        gone.send(b"bye")
        gone.close()
        with self.sock() as s:
            need(self.right(b"ici", self.ask(s, b"ici")), "dies-on-invalid-utf8")

    def accents(self):
        with self.sock() as s:
            for w in ("été", "ça", "あいう", "😀", "ŉ", "naïve"):
                q = w.encode()
                need(self.right(q, self.ask(s, q)), "wrong-answer", w)

    def udp_times(self):
        with self.sock() as s:
            for wait in (0, 3.2):
                time.sleep(wait)
                a = self.ask(s, b"")
                need(a is not None, "stops-at-empty-datagram")
                need(self.right(b"", a), "wrong-time", repr(a))
                need(a.endswith(b"\n") and b"\0" not in a, "missing-newline", repr(a))

    def all(self, only=None):
        self.only = only
        ex = self.ex
        self.case("works", lambda: trivial(ex, self.p.port))
        if ex == "daytime-tcp":
            self.case("dates", self.dates)
        elif ex == "unix-successor":
            self.case("bytes", self.successors)
            self.case("leavers", self.leavers)
        elif ex == "daytime-udp":
            self.case("dates", self.udp_times)
            self.case("clients", self.leaks)
        elif self.udp:
            self.case("sizes", self.sizes)
            self.case("leaks", self.leaks)
            self.case("accents", self.accents)
            self.case("bad-datagrams", self.bad_datagrams)
        else:
            self.case("steps", self.steps)
            self.case("segmentation", self.segmentation)
            self.case("bad-bytes", self.bad_bytes)
            self.case("empty-line", self.empty_line)
            if self.bytes or ex == "text-commands":
                self.case("nul", self.nul)
            if self.bytes:
                self.case("big", self.big)
            else:
                self.case("long-line", self.long_line)
            self.case("resets", self.resets)
            self.case("eof-rest", self.eof_rest)
            if self.serving == "parallel" or ex in ("upper-tcp", "kv"):
                self.case("neighbours", self.neighbours)
            if ex == "mystery-number":
                self.case("games", self.games)
        if self.p.proc is not None:
            self.case("program", self.program, survive=False)
        return self.results


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    a.add_argument("exercise")
    a.add_argument("address", nargs="?")
    a.add_argument("--run")
    a.add_argument("--only")
    a.add_argument("--serving", default="parallel")
    o = a.parse_args()
    udp = o.exercise.endswith("-udp")
    program = Program(o.run or "", udp)
    if o.run:
        if not program.start():
            print(json.dumps({"error": "the program does not start"}))
            return 2
    else:
        program.port = int(o.address.rsplit(":", 1)[1])
    try:
        cases = Probe(o.exercise, program, o.serving).all(o.only)
    finally:
        if program.proc is not None:
            program.stop()
    failed = sum(c["status"] == "fail" for c in cases)
    print(json.dumps({"summary": {"pass": len(cases) - failed, "fail": failed},
                      "score": (len(cases) - failed) / max(len(cases), 1), "cases": cases},
                     ensure_ascii=False, indent=1))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
