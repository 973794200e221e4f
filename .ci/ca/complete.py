"""Types at a real interactive shell what a person would, presses Tab, and looks at what the line became.

complete.py SHELL FOLDER, where FOLDER holds completion.SHELL. Exits 1 when a completion is not offered.
"""
import os
import pty
import re
import select
import sys
import time

PATIENCE = 60
CASES = [
    ("ft900 doct", "ft900 doctor"),
    ("ft900 ca insp", "ft900 ca inspect"),
    ("ft900 flash por", "ft900 flash ports"),
    ("ft900 flash batch --lab", "ft900 flash batch --labels"),
    ("ft900 flash --wait-onl", "ft900 flash --wait-online"),
    ("ft900 ca revoke --reason key-comp", "ft900 ca revoke --reason key-compromise"),
]
START = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"]}


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
        sys.exit(f"expected {pattern!r} of the shell; it said {self.seen!r}")


def main():
    shell, folder = sys.argv[1:]
    terminal = Terminal(START[shell])
    # The quotes keep what is typed, and echoed, apart from what is answered.
    terminal.type(f"cd {folder}; source ./completion.{shell}; echo re''ady\n")
    terminal.wait_for(r"[\r\n]ready")
    for typed, expected in CASES:
        # Tab; then the line, whatever became of it, is quoted, printed and thus no command.
        terminal.type(f"{typed}\t\x01echo 'G''OT<\x05>'\n")
        got = terminal.wait_for(r"GOT<([^>]*)>").group(1).strip()
        if got != expected:
            sys.exit(f"{shell}: expected Tab after '{typed}' to give '{expected}'; got '{got}'")
    print(f"{shell}: {len(CASES)} completions of nouns, verbs, options and values")
    terminal.type("exit\n")


main()
