"""Types at a real interactive shell what a person would, presses Tab, and looks at what the line became.

complete.py SHELL FOLDER, where FOLDER holds completion.SHELL. Exits 1 when a completion is not offered.
"""
import sys

from terminal import Terminal

CASES = [
    ("ft900 doct", "ft900 doctor"),
    ("ft900 ca insp", "ft900 ca inspect"),
    ("ft900 flash por", "ft900 flash ports"),
    ("ft900 flash batch --lab", "ft900 flash batch --labels"),
    ("ft900 flash --wait-onl", "ft900 flash --wait-online"),
    ("ft900 ca revoke --reason key-comp", "ft900 ca revoke --reason key-compromise"),
]
START = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"]}


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
