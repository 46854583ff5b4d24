#!/usr/bin/env python3
"""Runs test262, the conformance suite of ECMAScript, against the program.

    git clone --depth 1 https://github.com/tc39/test262
    make test262 T262=test262

A test fails the run unless test262-known-failures.txt lists it; a listed test that passes is reported, so that the list can only
shrink. Features in SKIPPED_FEATURES and folders outside FOLDERS are not meant to be there and are left out.
"""

import argparse
import concurrent.futures
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDERS = ["language", "built-ins", "annexB"]

# What the language deliberately lacks (README: limits), by test262's own tags.
SKIPPED_FEATURES = {
    "Temporal", "ShadowRealm", "Atomics", "Atomics.pause", "Atomics.waitAsync", "decorators", "explicit-resource-management",
    "source-phase-imports", "import-defer", "import-attributes", "import-text", "import-bytes", "json-modules",
    "dynamic-import", "import.meta", "top-level-await", "tail-call-optimization", "IsHTMLDDA", "cross-realm",
    "host-gc-required", "legacy-regexp", "await-dictionary", "immutable-arraybuffer", "joint-iteration",
    "nonextensible-applies-to-private", "error-stack-accessor", "Array.fromAsync", "json-parse-with-source",
    "iterator-chunking", "iterator-includes", "Iterator.prototype.join", "upsert", "uint8array-base64", "canonical-tz",
}
SKIPPED_FOLDERS = ("language/module-code", "language/import", "language/expressions/dynamic-import",
                   "language/expressions/import.meta")
TIMEOUT = 10
ADDRESS_SPACE = 4 << 30
FINISHED = "test262-reached-the-end"
FRONT_MATTER = re.compile(r"/\*---(.*?)---\*/", re.S)


class Test:
    """One file of the suite, with what its front matter says."""

    def __init__(self, root, path):
        self.path = path
        with open(os.path.join(root, "test", path), encoding="utf-8", newline="") as file:
            self.source = file.read()
        found = FRONT_MATTER.search(self.source)
        front = found.group(1).replace("\r\n", "\n").replace("\r", "\n") if found else ""
        self.flags = self.names(front, "flags")
        self.features = self.names(front, "features")
        self.includes = self.names(front, "includes")
        negative = re.search(r"^negative:\s*\n((?:[ \t]+.*\n?)+)", front, re.M)
        self.phase = self.error = None
        if negative:
            self.phase = re.search(r"phase:\s*(\w+)", negative.group(1)).group(1)
            self.error = re.search(r"type:\s*(\w+)", negative.group(1)).group(1)

    @staticmethod
    def names(front, key):
        """The list under a key, written in brackets or one a line."""
        inline = re.search(rf"^{key}:\s*\[(.*?)\]", front, re.M | re.S)
        if inline:
            return [name.strip() for name in inline.group(1).split(",") if name.strip()]
        block = re.search(rf"^{key}:\s*\n((?:[ \t]*-[ \t]*\S.*\n?)+)", front, re.M)
        return [line.strip()[1:].strip() for line in block.group(1).splitlines()] if block else []

    @property
    def is_skipped(self):
        return ("module" in self.flags or "CanBlockIsFalse" in self.flags or not SKIPPED_FEATURES.isdisjoint(self.features)
                or self.path.startswith(SKIPPED_FOLDERS) or "$262" in self.source
                or "detachArrayBuffer.js" in self.includes)

    @property
    def modes(self):
        if "raw" in self.flags or "noStrict" in self.flags:
            return [False]
        return [True] if "onlyStrict" in self.flags else [False, True]


class Runner:
    def __init__(self, options, work):
        self.program = os.path.abspath(options.program)
        self.root = options.test262
        self.work = work
        self.end = self.write("end.js", f'console.log("{FINISHED}");\n')
        self.empty = self.write("empty.js", "")
        self.preludes = {}

    def write(self, name, text):
        path = os.path.join(self.work, name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        return path

    def prepare(self, test):
        """The script that runs before the test: the harness files that it asks for."""
        if "raw" in test.flags:
            return self.empty
        names = ["assert.js", "sta.js"]
        if "async" in test.flags:
            names.append("doneprintHandle.js")
        names = tuple(names + [name for name in test.includes if name not in names])
        if names not in self.preludes:
            text = "var print = (...values) => console.log(...values);\n"
            for name in names:
                with open(os.path.join(self.root, "harness", name), encoding="utf-8", newline="") as file:
                    text += file.read() + "\n"
            self.preludes[names] = self.write(f"prelude-{len(self.preludes)}.js", text)
        return self.preludes[names]

    def run(self, test):
        """Nothing where the test passes in all its modes, else why it fails."""
        for is_strict in test.modes:
            reason = self.run_once(test, is_strict)
            if reason:
                return ("strict: " if is_strict else "") + reason
        return None

    def run_once(self, test, is_strict):
        path = os.path.join(self.root, "test", test.path)
        if is_strict:
            name = re.sub(r"\W", "-", test.path)[-150:] + f"-{os.getpid()}-{abs(hash(test.path))}.js"
            path = self.write(name, '"use strict";\n' + test.source)
        command = [self.program, self.prepare(test), path, self.end, "--no-output", "--timeout", f"{TIMEOUT}s"]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={"TZ": "America/Los_Angeles", "PATH": os.environ.get("PATH", "")})
        try:
            output, messages = process.communicate(timeout=TIMEOUT * 2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return "HANG"
        finally:
            if is_strict:
                os.unlink(path)
        return self.judge(test, process.returncode, output.decode("utf-8", "replace"), messages.decode("utf-8", "replace"))

    @staticmethod
    def judge(test, status, output, messages):
        if status < 0:
            return f"CRASH by {signal.Signals(-status).name}"
        if status in (124, 125):
            return f"LIMIT, exit status {status}"
        first = (messages.strip().splitlines() or [""])[0]
        first = first.split("error: ", 1)[-1][:150]
        if test.phase in ("parse", "early"):
            return None if status == 65 else f"parses, but must not (exit status {status})"
        if test.phase:
            if status == 1 and re.search(rf"\b{test.error}\b", messages):
                return None
            return f"must throw {test.error}: exit status {status}, {first}"
        if "async" in test.flags:
            if "Test262:AsyncTestComplete" in output:
                return None
            failed = re.search(r"Test262:AsyncTestFailure:(.*)", output)
            return (failed.group(1) if failed else f"does not call $DONE; {first}").strip()[:150]
        # A rejection that nobody handles ends the run after the test's own code; the suite does not mind it.
        if FINISHED in output and status == 0 or status == 1 and "unhandled rejection" in messages:
            return None
        return f"exit status {status}, {first}"


def tests_below(root, prefixes):
    for prefix in prefixes:
        top = os.path.join(root, "test", prefix)
        if os.path.isfile(top):
            yield prefix
        for folder, _, names in os.walk(top):
            for name in names:
                if name.endswith(".js") and "_FIXTURE" not in name:
                    yield os.path.relpath(os.path.join(folder, name), os.path.join(root, "test"))


def read_known(path):
    """Paths by reason: a line that begins with # is the reason of those that follow."""
    known, reason = {}, ""
    if not os.path.exists(path):
        return known
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.strip()
            if line.startswith("#"):
                reason = line[1:].strip()
            elif line:
                known[line] = reason
    return known


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, help="the canvasrun program")
    parser.add_argument("--test262", required=True, help="a checkout with harness/ and test/")
    parser.add_argument("--only", action="append", help="a folder or file below test/ (repeatable)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--known", default=os.path.join(HERE, "test262-known-failures.txt"))
    parser.add_argument("--write-failures", metavar="FILE", help="write every failure with its reason")
    options = parser.parse_args()
    if not os.path.isdir(os.path.join(options.test262, "harness")):
        sys.exit(f"{options.test262}: no checkout of test262")
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE * 2, ADDRESS_SPACE * 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    known = read_known(options.known)
    paths = sorted(set(tests_below(options.test262, options.only or FOLDERS)))
    if not paths:
        sys.exit("no tests there")
    counts = {"passed": 0, "skipped": 0, "known": 0}
    failures, repaired = [], []
    begun = time.time()

    with tempfile.TemporaryDirectory(prefix="test262-") as work:
        runner = Runner(options, work)

        def examine(path):
            test = Test(options.test262, path)
            return path, "skipped" if test.is_skipped else runner.run(test)

        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for number, (path, reason) in enumerate(pool.map(examine, paths), 1):
                if reason == "skipped":
                    counts["skipped"] += 1
                elif reason is None:
                    counts["passed"] += 1
                    if path in known:
                        repaired.append(path)
                else:
                    failures.append((path, reason))
                    # A crash or a hang is never a known failure.
                    is_known = path in known and not reason.startswith(("CRASH", "HANG", "strict: CRASH", "strict: HANG"))
                    counts["known"] += is_known
                    if not is_known:
                        print(f"FAIL {path}\n     {reason}", flush=True)
                if number % 500 == 0 and sys.stderr.isatty():
                    print(f"\r{number}/{len(paths)}", end="", file=sys.stderr, flush=True)

    if options.write_failures:
        with open(options.write_failures, "w", encoding="utf-8") as file:
            file.writelines(f"{path}\t{reason}\n" for path, reason in failures)
    new = len(failures) - counts["known"]
    for path in repaired:
        print(f"PASSES NOW, take it off the list: {path}")
    run = counts["passed"] + len(failures)
    print(f"{counts['passed']} of {run} pass ({100 * counts['passed'] / max(run, 1):.2f} %), {counts['known']} known failures, "
          f"{new} new, {len(repaired)} listed that pass now, {counts['skipped']} skipped; {time.time() - begun:.0f} s")
    sys.exit(1 if new or repaired else 0)


if __name__ == "__main__":
    main()
