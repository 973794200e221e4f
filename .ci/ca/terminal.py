"""A program at a real terminal, and somebody who types there."""
import os
import pty
import re
import select
import sys
import time

PATIENCE = 300


class Terminal:
    def __init__(self, command):
        self.seen = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm", PS1="$ ", HISTFILE="", LC_ALL="C.UTF-8")
            for name in ("EDITOR", "VISUAL", "ZDOTDIR"):
                os.environ.pop(name, None)
            os.execvp(command[0], command)

    def type(self, text):
        os.write(self.fd, text.encode())

    def wait_for(self, pattern):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            match = re.search(pattern, self.seen)
            if match:
                self.seen = self.seen[match.end():]
                return match
            if select.select([self.fd], [], [], 0.5)[0]:
                try:
                    self.seen += os.read(self.fd, 4096).decode(errors="replace")
                except OSError:
                    break
        sys.exit(f"expected {pattern!r} at the terminal; it showed {self.seen!r}")

    def wait_for_end(self):
        """Reads until the program ends. Returns its exit code."""
        while True:
            try:
                if not os.read(self.fd, 4096):
                    break
            except OSError:
                break
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
