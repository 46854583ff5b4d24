#!/usr/bin/env python3
"""Compare measureText of canvasrun with Chromium's: 500 texts x 12 fonts x 5 sizes.

    compare.py --program .build/release/canvasrun [--chromium chromium] [--worst 20] [--save FILE]

Needs Chromium and the Debian packages fonts-dejavu, fonts-liberation, fonts-noto-core, fonts-noto-cjk and fonts-noto-color-emoji; without
them the figures say little. Widths must agree within 0.05 px; the exit status is 1 when fewer than --least per cent do.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = 0.05
# Hinting would round outlines to the pixels of one size; canvasrun never hints.
FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include>/etc/fonts/fonts.conf</include>
%s</fontconfig>""" % "".join(
    '<match target="%s"><edit name="hinting" mode="assign"><bool>false</bool></edit>'
    '<edit name="hintstyle" mode="assign"><const>hintnone</const></edit></match>' % target for target in ("pattern", "font"))


def measure_chromium(program):
    with tempfile.TemporaryDirectory() as home:
        config = os.path.join(home, "fonts.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(FONTCONFIG)
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--disable-lcd-text",
                   "--allow-file-access-from-files", "--user-data-dir=" + os.path.join(home, "profile"),
                   "--virtual-time-budget=600000", "--dump-dom", "file://" + os.path.join(HERE, "page.html")]
        output = subprocess.run(command, env=dict(os.environ, FONTCONFIG_FILE=config, LANG="C.UTF-8"), capture_output=True, text=True).stdout
    begin, end = output.rfind("BEGIN"), output.rfind("END")
    if begin < 0 or end < begin:
        sys.exit("compare.py: no answer from " + program)
    return json.loads(urllib.parse.unquote(output[begin + 5:end]))


def measure_canvasrun(program):
    command = [program, os.path.join(HERE, "texts.js"), os.path.join(HERE, "measure.js"), "--no-output", "--quiet", "--timeout", "0"]
    run = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ, LANG="C.UTF-8"))
    if run.returncode != 0:
        sys.exit("compare.py: %s ended with %d: %s" % (program, run.returncode, run.stderr[-500:]))
    return json.loads(run.stdout.strip().splitlines()[-1])


def compare_widths(reference, ours, worst):
    differences = []
    total = 0
    for f, font in enumerate(reference["fonts"]):
        for s, size in enumerate(reference["sizes"]):
            for t, text in enumerate(reference["texts"]):
                total += 1
                expected, actual = reference["widths"][f][s][t], ours["widths"][f][s][t]
                if not abs(expected - actual) <= TOLERANCE:
                    differences.append((abs(expected - actual), font.replace("SIZE", size), text, expected, actual))
    differences.sort(key=lambda d: -d[0])
    for difference, font, text, expected, actual in differences[:worst]:
        print("%-36s %r: Chromium %.3f, canvasrun %.3f" % (font, text, expected, actual))
    share = 100 * (total - len(differences)) / total
    print("width: %d of %d within %.2f px of Chromium's (%.2f %%)" % (total - len(differences), total, TOLERANCE, share))
    return share


def compare_members(reference, ours):
    names = reference["members"]
    right, total, example = [0] * len(names), [0] * len(names), [None] * len(names)
    for f, font in enumerate(reference["fonts"]):
        for s, size in enumerate(reference["sizes"]):
            for b, baseline in enumerate(reference["baselines"]):
                for expected_row, actual_row in zip(reference["metrics"][f][s][b], ours["metrics"][f][s][b]):
                    for m, (expected, actual) in enumerate(zip(expected_row, actual_row)):
                        total[m] += 1
                        # A member that Chromium lacks is null there.
                        if expected is None or (actual is not None and abs(expected - actual) <= TOLERANCE):
                            right[m] += 1
                        elif example[m] is None:
                            example[m] = "%s, %s: %.3f, not %s" % (font.replace("SIZE", size), baseline, expected, actual)
    for m, name in enumerate(names):
        print("%s: %d of %d%s" % (name, right[m], total[m], "" if example[m] is None else "  (" + example[m] + ")"))


def compare_settings(reference, ours):
    for s, setting in enumerate(reference["settings"]):
        pairs = [pair for expected, actual in zip(reference["set"], ours["set"]) for pair in zip(expected[s], actual[s])]
        right = sum(abs(expected - actual) <= TOLERANCE for expected, actual in pairs)
        print("width with %s: %d of %d" % (json.dumps(setting), right, len(pairs)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="canvasrun")
    parser.add_argument("--chromium", default="chromium")
    parser.add_argument("--worst", type=int, default=20, help="how many differences are printed")
    parser.add_argument("--least", type=float, default=99.9, help="per cent of widths that must agree")
    parser.add_argument("--save", help="keep Chromium's answer in a file, or take it from there")
    arguments = parser.parse_args()
    if arguments.save and os.path.exists(arguments.save):
        with open(arguments.save, encoding="utf-8") as file:
            reference = json.load(file)
    else:
        if not shutil.which(arguments.chromium):
            sys.exit("compare.py: %s was not found" % arguments.chromium)
        reference = measure_chromium(arguments.chromium)
        if arguments.save:
            with open(arguments.save, "w", encoding="utf-8") as file:
                json.dump(reference, file)
    ours = measure_canvasrun(arguments.program)
    share = compare_widths(reference, ours, arguments.worst)
    compare_members(reference, ours)
    compare_settings(reference, ours)
    sys.exit(0 if share >= arguments.least else 1)


if __name__ == "__main__":
    main()
