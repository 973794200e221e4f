"""How long small commands take: measure_start.py FT900 CERTIFICATE.

Exits 1 when one takes half a second or more at best on a machine that has nothing else to do. On a busy one the wall clock says nothing:
there a command fails that needs a second of processor time at best, which others stretch to no more than double.
"""
import os
import subprocess
import sys
import time

WALL_LIMIT = 0.5
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
        )
        print(words, flush=True)
        free = load < FREE_LOAD_PER_PROCESSOR * os.cpu_count()
        if wall[0] >= WALL_LIMIT if free else processor[0] >= BUSY_PROCESSOR_LIMIT:
            slow.append(words)
    if slow:
        sys.exit("expected small commands to take less than half a second:\n" + "\n".join(slow))


main()
