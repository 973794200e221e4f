"""How long small commands take: measure_start.py FT900 CERTIFICATE FOLDER. The promise is half a second on a machine that has nothing else to do.

Prints a line for each that says whether the promise is kept, and exits 1 when one takes half as long again. What a machine that is slower or busy adds is seen by ./ft900 --version,
which only starts and ends: it runs in turns with each command, and where it takes longer than on the machine of the promise, the others may
by as much.
"""
import os
import subprocess
import sys
import time

PROMISE = 0.5
REFERENCE = ["--version"]
# Of the reference, on a machine with two processors and nothing else to do: docs/cli.md.
REFERENCE_SECONDS = 0.2
FAILURE = 1.5
SAMPLES = 7
# A machine that others use may be slow for a few seconds.
ATTEMPTS = 3


def once(*command):
    start = time.monotonic()
    status = subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if status != 0:
        sys.exit(f"expected {' '.join(command)} to succeed; it ended with {status}")
    return time.monotonic() - start


def middle(values):
    return sorted(values)[len(values) // 2]


def keeps_the_promise(launcher, arguments):
    pairs = [(once(launcher, *REFERENCE), once(launcher, *arguments)) for _ in range(SAMPLES)]
    reference = middle([first for first, _ in pairs])
    wall = middle([second for _, second in pairs])
    bound = PROMISE * max(1.0, reference / REFERENCE_SECONDS)
    kept = wall < FAILURE * bound
    print(
        f"./ft900 {' '.join(arguments)}: {wall:.2f} s in the middle of {SAMPLES}, {min(second for _, second in pairs):.2f} s at best; "
        f"./ft900 {' '.join(REFERENCE)} meanwhile {reference:.2f} s, so at most {bound:.2f} s; "
        f"load {os.getloadavg()[0]:.1f}" + ("" if wall < bound else "; longer than promised"),
        flush=True,
    )
    return kept


def main():
    launcher, certificate, folder = sys.argv[1:]
    late = []
    for arguments in (
        ["--help"],
        ["ca", "--help"],
        ["flash", "--help"],
        ["flash", "ports"],
        ["ca", "list"],
        ["ca", "show", "--id", "board8"],
        ["ca", "inspect", certificate],
        ["ca", "verify", certificate],
        ["ca", "issue", "--profile", "rest-client", "--cn", "client.measured", "--out", folder, "--overwrite"],
        ["ca", "revoke", "--id", "board7"],
        ["token", "list"],
        ["device", "list"],
        ["device", "show", "board8"],
    ):
        once(launcher, *arguments)
        if not any(keeps_the_promise(launcher, arguments) for _ in range(ATTEMPTS)):
            late.append(" ".join(arguments))
    if late:
        sys.exit("expected small commands to take about half a second at most; too long: " + ", ".join(late))


main()
