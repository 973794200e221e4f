"""How long small commands take: measure_start.py FT900 CERTIFICATE. The promise is half a second on a machine that has nothing else to do.

Prints a line for each, and says where the promise was not kept. Exits 1 when one takes half as long again at best on a free machine; on a
slower one than those where it is promised, by as much longer as ./ft900 --version takes there. On a busy one the wall clock says nothing:
there a command fails that needs a second of processor time at best, which others stretch to no more than double.
"""
import os
import subprocess
import sys
import time

PROMISE = 0.5
WALL_LIMIT = 1.5 * PROMISE
USUAL_VERSION = 0.25
BUSY_PROCESSOR_LIMIT = 1.0
FREE_LOAD_PER_PROCESSOR = 0.7
SAMPLES = 9


def once(*command):
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if status != 0:
        sys.exit(f"expected {' '.join(command)} to succeed; it ended with {process.returncode}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime


def main():
    launcher, certificate = sys.argv[1:]
    slow = []
    slowness = 1.0
    for arguments in (
        ["--version"],
        ["--help"],
        ["flash", "--help"],
        ["flash", "ports"],
        ["ca", "list"],
        ["ca", "show", "--id", "board8"],
        ["ca", "inspect", certificate],
        ["ca", "revoke", "--id", "board7"],
    ):
        once(launcher, *arguments)
        load = os.getloadavg()[0]
        wall, processor = (sorted(column) for column in zip(*(once(launcher, *arguments) for _ in range(SAMPLES))))
        middle = SAMPLES // 2
        load = max(load, os.getloadavg()[0])
        words = (
            f"./ft900 {' '.join(arguments)}: {wall[middle]:.2f} s in the middle of {SAMPLES}, {wall[0]:.2f} s at best; "
            f"processor {processor[middle]:.2f} s, {processor[0]:.2f} s at best; load {load:.1f}"
            + ("" if wall[0] < PROMISE else "; longer than promised")
        )
        print(words, flush=True)
        free = load < FREE_LOAD_PER_PROCESSOR * os.cpu_count()
        if wall[0] >= WALL_LIMIT * slowness if free else processor[0] >= BUSY_PROCESSOR_LIMIT:
            slow.append(words)
        if arguments == ["--version"]:
            slowness = max(1.0, wall[0] / USUAL_VERSION)
    if slow:
        sys.exit("expected small commands to take about half a second at most:\n" + "\n".join(slow))


main()
