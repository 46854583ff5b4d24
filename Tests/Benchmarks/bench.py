#!/usr/bin/env python3
"""Times canvasrun on its own examples: the median of each phase that --time prints, and the whole process.

    bench.py --program .build/release/canvasrun [--rounds 5] [--only REGEX] [--json FILE]

Scripts take turns, round by round, so that a busy spell hurts all alike. Compare numbers of one run only.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

PHASES = ["read", "parse", "run", "raster", "encode", "write"]
TRIVIAL = "ctx.fillRect(10, 10, 100, 50);\n"


def measure(program, script, output):
    start = time.perf_counter()
    done = subprocess.run([program, "--time", str(script), "-o", str(output)], capture_output=True, text=True)
    total = (time.perf_counter() - start) * 1000
    if done.returncode != 0:
        sys.exit(f"{script}: exit status {done.returncode}\n{done.stderr}")
    phases = {name: float(value) for name, value in re.findall(r"^(\w+): ([\d.]+) ms$", done.stderr, re.M)}
    return {**phases, "total": total}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", metavar="REGEX", default="")
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    examples = pathlib.Path(__file__).resolve().parents[2] / "examples"
    with tempfile.TemporaryDirectory() as folder:
        trivial = pathlib.Path(folder) / "start-up.cvs"
        trivial.write_text(TRIVIAL)
        scripts = [s for s in [trivial, *sorted(examples.glob("*.cvs"))] if re.search(options.only, s.stem)]
        samples = {script: [] for script in scripts}
        for _ in range(options.rounds):
            for script in scripts:
                samples[script].append(measure(options.program, script, pathlib.Path(folder) / "out.png"))
    print(f"{'median ms of ' + str(options.rounds):24}" + "".join(f"{name:>9}" for name in [*PHASES, "total"]))
    for script, rounds in samples.items():
        row = [statistics.median(sample.get(name, 0) for sample in rounds) for name in [*PHASES, "total"]]
        print(f"{script.stem:24}" + "".join(f"{value:9.2f}" for value in row))
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps({s.stem: r for s, r in samples.items()}, indent=1))


main()
