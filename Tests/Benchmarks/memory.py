#!/usr/bin/env python3
"""Measures what an animation of a million frames keeps: resident memory after a tenth of them and at the end.

    memory.py --program .build/release/canvasrun [--frames N] [--growth MIB]

Fails where the end is more than --growth MiB above the tenth.
"""
import argparse
import pathlib
import subprocess
import sys
import time


def resident(process):
    """MiB that the process has in memory."""
    pages = int(pathlib.Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--frames", type=int, default=1_000_000)
    parser.add_argument("--growth", type=float, default=16)
    options = parser.parse_args()
    script = pathlib.Path(__file__).with_name("memory.cvs")
    begun = time.perf_counter()
    process = subprocess.Popen(
        [options.program, str(script), "--no-output", "--frames", str(options.frames), "--timeout", "0", "--set", f"frames={options.frames}"],
        stderr=subprocess.PIPE, text=True)
    sizes = []
    for line in process.stderr:
        if not line.startswith("frame "):
            sys.exit(line)
        sizes.append(resident(process))
        print(f"{line.strip()}: {sizes[-1]:.1f} MiB after {time.perf_counter() - begun:.1f} s", flush=True)
    if process.wait() != 0 or len(sizes) != 2:
        sys.exit(f"exit status {process.returncode}")
    growth = sizes[1] - sizes[0]
    print(f"growth: {growth:.1f} MiB")
    sys.exit(1 if growth > options.growth else 0)


if __name__ == "__main__":
    main()
