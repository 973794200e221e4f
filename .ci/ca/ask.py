"""What commands ask somebody who sits at a terminal: ask.py FT900 CERTIFICATES PORT.

FT900_STATE names a state folder whose passphrase ("sesame-of-the-keys") is kept nowhere; at PORT a board answers. Exits 1 when a question
does not come, or the answer does not count.
"""
import subprocess
import sys

from terminal import Terminal

SECRET = "sesame-of-the-keys"
CTRL_D = "\x04"


def expect(what, terminal, code):
    ended = terminal.wait_for_end()
    if ended != code:
        sys.exit(f"expected {what} to end with {code}; it ended with {ended}, and showed {terminal.seen!r}")


def main():
    launcher, folder, port = sys.argv[1:]
    issue = [launcher, "ca", "issue", "--profile", "board", "--cn", "asked", "--out", folder]
    passphrase = "Passphrase of the authority's keys: "

    terminal = Terminal(issue)
    terminal.wait_for(passphrase)
    terminal.type(SECRET + "\n")
    expect("ca issue with the passphrase typed", terminal, 0)

    terminal = Terminal(issue + ["--overwrite"])
    terminal.wait_for(passphrase)
    terminal.type(CTRL_D)
    terminal.wait_for("the input ended")
    expect("ca issue with Ctrl-D", terminal, 4)

    terminal = Terminal([launcher, "flash", "--port", port, "--id", "asked-board", "--broker", "localhost:8883"])
    terminal.wait_for(passphrase)
    terminal.type(SECRET + "\n")
    terminal.wait_for("Done: asked-board")
    expect("flash with the passphrase typed", terminal, 0)

    for answer, code in (("no", 3), ("yes", 0)):
        terminal = Terminal([launcher, "flash", "erase", "--port", port])
        terminal.wait_for("This will erase asked-board .*Type yes: ")
        terminal.type(answer + "\n")
        expect(f"flash erase with the answer {answer}", terminal, code)

    for command, code in ((issue + ["--overwrite"], 4), ([launcher, "flash", "erase", "--port", port], 2)):
        run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
        if run.returncode != code:
            sys.exit(f"expected {' '.join(command)} without a terminal to end with {code}; it ended with {run.returncode}: {run.stderr}")
    print("asked at a terminal: a passphrase by ca issue and flash, a confirmation by flash erase; without one, nothing")


main()
