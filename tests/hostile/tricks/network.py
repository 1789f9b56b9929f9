"""Call home, by every kind of socket.

No socket can be made at all, and the pair that asyncio needs leads nowhere. The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import socket
DOORS = {doors!r}

def attempt(what, call):
    try:
        call()
        print("LOO" "T", what)
    except (OSError, RuntimeError):
        pass

tcp, udp, stream, datagram, abstract = DOORS
attempt("tcp", lambda: socket.create_connection(("127.0.0.1", tcp), 1))
attempt("udp", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", udp)))
attempt("stream", lambda: socket.socket(socket.AF_UNIX).connect(stream))
attempt("abstract", lambda: socket.socket(socket.AF_UNIX).connect(chr(0) + abstract))
attempt("names", lambda: print(socket.gethostbyname("example.com")))
attempt("server", lambda: socket.create_server(("127.0.0.1", 0)))
for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
    try:
        here, there = socket.socketpair(socket.AF_UNIX, kind)
    except OSError:
        continue
    for path in (datagram, stream, "/dev/log", "/run/systemd/journal/socket"):
        attempt("a letter", lambda: here.sendto(b"x", path))
        attempt("a letter", lambda: here.sendmsg([b"x"], [], 0, path))
    attempt("a connection", lambda: here.connect(stream))
    attempt("a name", lambda: here.bind("mine.sock"))
"""


def play(work: Work) -> None:
    doors = work.doors
    numbers = (doors.tcp, doors.udp, doors.stream, doors.datagram, doors.abstract)
    work.first(SOURCE.replace("{doors!r}", repr(numbers)))


EXPECTED = Expected()
