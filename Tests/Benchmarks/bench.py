#!/usr/bin/env python3
"""Times canvasrun on its own examples: the median of each phase that --time prints, and the whole process.

    bench.py --program .build/release/canvasrun [--rounds 5] [--only REGEX] [--json FILE]
    bench.py --program .build/release/canvasrun --quickjs PATH/TO/qjs

With --quickjs the scripts of the folder scripts/ are timed instead, in both engines, and the table is Markdown: processor time
of the whole process less that of an empty script in the same engine and round.

Scripts take turns, round by round, so that a busy spell hurts all alike. Compare numbers of one run only.
"""
import argparse
import json
import math
import os
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


def processor_time(command):
    """Milliseconds of user and system time that a process takes."""
    before = os.times()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    after = os.times()
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}\n{done.stderr}")
    return (after.children_user - before.children_user + after.children_system - before.children_system) * 1000


def compare(options):
    """Prints a table of the language benchmarks against QuickJS."""
    folder = pathlib.Path(__file__).resolve().parent / "scripts"
    scripts = [s for s in sorted(folder.glob("*.js")) if re.search(options.only, s.stem)]
    engines = {"canvasrun": [options.program, "--no-output"], "QuickJS": [options.quickjs]}
    samples = {(engine, script): [] for engine in engines for script in scripts}
    with tempfile.NamedTemporaryFile(suffix=".js") as empty:
        for _ in range(options.rounds):
            # The clock counts in hundredths of a second, so an empty script is run ten times.
            start = {e: sum(processor_time([*c, empty.name]) for _ in range(10)) / 10 for e, c in engines.items()}
            for script in scripts:
                for engine, command in engines.items():
                    time = sum(processor_time([*command, str(script)]) for _ in range(3)) / 3
                    samples[engine, script].append(time - start[engine])
    print("| script | canvasrun ms | QuickJS ms | ratio |\n| --- | ---: | ---: | ---: |")
    ratios = []
    for script in scripts:
        mine, theirs = (statistics.median(samples[engine, script]) for engine in engines)
        ratios.append(mine / max(theirs, 1))
        print(f"| {script.stem} | {mine:.0f} | {theirs:.0f} | {ratios[-1]:.2f} |")
    print(f"| geometric mean | | | {math.exp(sum(map(math.log, ratios)) / len(ratios)):.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", metavar="REGEX", default="")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--quickjs", metavar="PATH", help="compare the language with QuickJS")
    options = parser.parse_args()
    if options.quickjs:
        compare(options)
        return
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
