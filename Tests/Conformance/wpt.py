#!/usr/bin/env python3
"""Runs the canvas pages of a web-platform-tests checkout.

    wpt.py --program PATH --wpt DIR [--only TEXT] [--jobs N] [--verbose]

Each page becomes one script: harness.js, the elements that the page declares, and the page's own scripts. A page with a reference is
drawn, and so is its reference. Failures must be listed in wpt-known-failures.txt, each with a reason; the exit status is 1 when
another test fails. Listed tests that pass are named, so that the list can shrink.
"""
import argparse
import concurrent.futures
import fnmatch
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDERS = ("html/canvas/element", "html/canvas/offscreen")
PROVIDED = ("/resources/testharness.js", "/resources/testharnessreport.js")


class Page(html.parser.HTMLParser):
    """What a page declares, as far as a script without a page can have it."""

    def __init__(self, wpt, path):
        super().__init__()
        self.wpt, self.path = wpt, path
        self.title, self.styles, self.elements, self.scripts = "", "", [], []
        self.reference, self.fuzzy, self.inside, self.canvas = None, [], None, None
        with open(os.path.join(wpt, path), encoding="utf-8", errors="replace") as file:
            self.feed(file.read())

    def handle_starttag(self, tag, attributes):
        attributes = {name: value or "" for name, value in attributes}
        self.inside = tag
        if tag == "script":
            self.scripts.append(attributes.get("src") or "")
            if not attributes.get("src"):
                kind = attributes.get("type", "")
                self.scripts[-1] = None if kind and "javascript" not in kind and kind != "module" else [""]
        elif tag == "link" and "match" in attributes.get("rel", "").split():
            self.reference = attributes.get("href")
        elif tag == "meta" and attributes.get("name") == "fuzzy":
            self.fuzzy = [int(number) for number in re.findall(r"\d+", attributes.get("content", ""))]
        elif tag in ("canvas", "img") or ("id" in attributes and tag not in ("html", "body", "ul", "style")):
            # What is inside a canvas is its fallback content, which can have the focus.
            self.elements.append({"tag": tag, "attributes": attributes, "parent": self.canvas})
            if tag == "canvas":
                self.canvas = len(self.elements) - 1

    def handle_endtag(self, tag):
        self.inside = None
        if tag == "canvas":
            self.canvas = None

    def handle_data(self, data):
        if self.inside == "title":
            self.title += data
        elif self.inside == "style":
            self.styles += data
        elif self.inside == "script" and self.scripts and isinstance(self.scripts[-1], list):
            self.scripts[-1][0] += data

    def file_of(self, address):
        """The path below the checkout of an address in the page."""
        if address.startswith("/"):
            return address[1:]
        return os.path.normpath(os.path.join(os.path.dirname(self.path), address))

    @property
    def fonts(self):
        faces = []
        for block in re.findall(r"@font-face\s*\{([^}]*)\}", self.styles):
            rules = dict(re.findall(r"([\w-]+)\s*:\s*([^;]+)", block))
            address = re.search(r"url\(\s*[\"']?([^\"')]+)", rules.get("src", ""))
            if address and "font-family" in rules:
                descriptors = {name[5:]: rules[name].strip() for name in ("font-weight", "font-style", "font-stretch") if name in rules}
                faces.append({
                    "family": rules["font-family"].strip(" \"'\n"),
                    "source": "url(/%s)" % self.file_of(address[1]), "descriptors": descriptors})
        return faces

    def script(self):
        """One script; raises OSError when a file is missing."""
        parts = []
        with open(os.path.join(HERE, "harness.js"), encoding="utf-8") as file:
            parts.append(file.read())
        for element in self.elements:
            source = element["attributes"].get("src")
            if source and not re.match(r"[a-z]+:", source):
                element["attributes"]["src"] = "/" + self.file_of(source)
        description = {"title": self.title.strip(), "elements": self.elements, "fonts": self.fonts}
        parts.append("Harness.build(%s);" % json.dumps(description))
        for script in self.scripts:
            if isinstance(script, list):
                parts.append(script[0])
            elif script and script not in PROVIDED:
                with open(os.path.join(self.wpt, self.file_of(script)), encoding="utf-8", errors="replace") as file:
                    parts.append(file.read())
        return "\n".join(parts)


class Folders:
    """Folders for scripts in which a page's relative addresses lead where they lead in the checkout."""

    def __init__(self, wpt, scratch):
        self.wpt, self.scratch, self.made = wpt, scratch, set()

    def folder(self, path):
        """The stand-in of a folder of the checkout: real folders down to it, links for what lies beside them."""
        parts = path.split("/") if path else []
        for depth in range(len(parts) + 1):
            name = "/".join(parts[:depth])
            if name in self.made:
                continue
            self.made.add(name)
            os.makedirs(os.path.join(self.scratch, name), exist_ok=True)
            next_part = parts[depth] if depth < len(parts) else None
            for entry in os.listdir(os.path.join(self.wpt, name)):
                link = os.path.join(self.scratch, name, entry)
                if entry != next_part and not os.path.lexists(link):
                    os.symlink(os.path.join(self.wpt, name, entry), link)
            link = os.path.join(self.scratch, name, next_part or "")
            if next_part and os.path.islink(link):
                os.unlink(link)
        return os.path.join(self.scratch, path)


class Known:
    """The list of known failures: `PAGE [:: SUBTEST] # REASON`, with * for anything."""

    def __init__(self, path):
        self.entries = []
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                entry, _, reason = line.partition(" # ")
                if not entry.strip() or entry.startswith("#"):
                    continue
                if not reason.strip():
                    sys.exit("%s:%d: an entry needs a reason" % (path, number))
                page, _, subtest = entry.partition(" :: ")
                self.entries.append([page.strip(), subtest.strip() or "*", reason.strip(), 0, 0])

    @staticmethod
    def matches(text, pattern):
        return fnmatch.fnmatchcase(text, pattern.replace("[", "[[]"))

    def note(self, page, subtest, failed):
        """Whether a result is expected; counts for each entry what failed and what passed."""
        for entry in self.entries:
            if self.matches(page, entry[0]) and self.matches(subtest, entry[1]):
                entry[3 if failed else 4] += 1
                return True
        return not failed


def run(program, script_path, wpt, extra, timeout):
    command = [program, script_path, "--root", wpt, "--quiet"] + extra
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return "", "no end after %d s" % timeout
    error = done.stderr.decode("utf-8", "replace").strip().splitlines()
    problem = None if done.returncode == 0 else "exit status %d: %s" % (done.returncode, error[0] if error else "")
    return done.stdout.decode("utf-8", "replace"), problem


def results_of(output, problem):
    """(name, failure or None) for each test of a page."""
    results, order = {}, []
    decoder = json.JSONDecoder()
    for line in output.splitlines():
        kind, _, rest = line.partition(" ")
        if kind not in ("TEST", "PASS", "FAIL") or not rest.startswith('"'):
            continue
        name, end = decoder.raw_decode(rest)
        if kind == "TEST":
            order.append(name)
            results[name] = "never ended"
        else:
            results[name] = None if kind == "PASS" else json.loads(rest[end:].strip() or '""')
    if problem or not order:
        order.append("(page)")
        results["(page)"] = problem or "no test was made"
    return [(name, results[name]) for name in order]


def check_reference(options, page, script_path, folders):
    """Draws a page and its reference, which has to look the same."""
    reference = Page(options.wpt, page.file_of(page.reference))
    if not any(element["tag"] == "canvas" for element in reference.elements):
        return [("(reference)", "the reference is no canvas")]
    folder = folders.folder(os.path.dirname(reference.path))
    reference_path = os.path.join(folder, os.path.basename(reference.path) + ".reference.cvs")
    with open(reference_path, "w", encoding="utf-8") as file:
        file.write(reference.script())
    pictures = []
    for path in (script_path, reference_path):
        pictures.append(path + ".png")
        _, problem = run(options.program, path, options.wpt, ["-o", pictures[-1]], options.timeout)
        if problem:
            return [("(reference)", problem)]
    values = json.dumps({"first": pictures[0], "second": pictures[1]})
    output, problem = run(options.program, os.path.join(HERE, "compare.cvs"), "/", ["--data", values, "--no-output"], options.timeout)
    numbers = output.split()
    if problem or len(numbers) != 3:
        return [("(reference)", problem or "the sizes differ")]
    count, most, inked = (int(number) for number in numbers)
    allowed_most, allowed_count = (page.fuzzy[1], page.fuzzy[3]) if len(page.fuzzy) == 4 else (0, 0)
    failed = not inked or count > allowed_count or most > allowed_most
    return [("(reference)", "%d pixels differ by up to %d" % (count, most) if failed else None)]


def check(options, folders, path):
    try:
        page = Page(options.wpt, path)
        folder = folders.folder(os.path.dirname(path))
        script_path = os.path.join(folder, os.path.basename(path) + ".cvs")
        with open(script_path, "w", encoding="utf-8") as file:
            file.write(page.script())
        if page.reference:
            return path, check_reference(options, page, script_path, folders)
    except OSError as error:
        return path, [("(page)", "%s is missing" % error.filename)]
    return path, results_of(*run(options.program, script_path, options.wpt, ["--no-output"], options.timeout))


def pages_of(options):
    for top in FOLDERS:
        for folder, _, names in os.walk(os.path.join(options.wpt, top)):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(folder, name), options.wpt)
                is_page = name.endswith(".html") and not re.search(r"(-manual|-expected|-ref|-expected-\w+|\.w)\.html$", name)
                if is_page and options.only in path:
                    yield path


def main():
    parser = argparse.ArgumentParser(description="Runs the canvas pages of a web-platform-tests checkout.")
    parser.add_argument("--program", required=True)
    parser.add_argument("--wpt", required=True)
    parser.add_argument("--only", default="", help="pages whose path has this text")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--timeout", type=int, default=20, help="seconds for a page")
    parser.add_argument("--verbose", action="store_true", help="name known failures too")
    options = parser.parse_args()
    options.wpt, options.program = os.path.realpath(options.wpt), os.path.realpath(options.program)
    known = Known(os.path.join(HERE, "wpt-known-failures.txt"))
    pages = sorted(pages_of(options))
    if not pages:
        sys.exit("no pages in %s" % options.wpt)
    counts = {"pages": 0, "tests": 0, "passed": 0, "known": 0, "unexpected": 0}
    with tempfile.TemporaryDirectory(prefix="canvasrun-wpt-") as scratch:
        folders = Folders(options.wpt, scratch)
        for path in pages:
            folders.folder(os.path.dirname(path))
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for path, results in pool.map(lambda page: check(options, folders, page), pages):
                counts["pages"] += 1
                for name, failure in results:
                    counts["tests"] += 1
                    expected = known.note(path, name, failure is not None)
                    if failure is None:
                        counts["passed"] += 1
                    else:
                        counts["known" if expected else "unexpected"] += 1
                    if failure is not None and (options.verbose or not expected):
                        print("%s %s :: %s\n    %s" % ("known" if expected else "FAILED", path, name, failure[:300]))
    if not options.only:
        for page, subtest, reason, failed, passed in known.entries:
            if failed == 0:
                print("%s: %s :: %s (%s)" % ("passes now" if passed else "matches nothing", page, subtest, reason))
    print("%(pages)d pages, %(tests)d tests: %(passed)d pass, %(known)d known failures, %(unexpected)d others fail" % counts)
    sys.exit(1 if counts["unexpected"] else 0)


if __name__ == "__main__":
    main()
