"""Fill the disk while talking all the time.

A grader that looks at the folder only when nothing comes from the student never looks. The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import os, socket, struct, threading, time

def lines():
    for number in range(3, 64):
        try:
            yield socket.socket(fileno=os.dup(number))
        except OSError:
            pass

def chatter():
    body = b'{"callback": 99, "args": [], "named": {}}'
    for line in lines():
        for _ in range(3000):
            line.sendall(struct.pack("!I", len(body)) + body)
            line.recv(4)
            line.recv(1000)

threading.Thread(target=chatter, daemon=True).start()
for number in range(400):
    with open(f"file-{number}", "wb") as file:
        file.write(b"x" * (1 << 20))
    time.sleep(0.005)
print("LOO" "T the whole flood went through")
"""


def play(work: Work) -> None:
    work.first(SOURCE)


EXPECTED = Expected()
