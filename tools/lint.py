# SPDX-License-Identifier: Apache-2.0
"""What the small lints share: the tree's C++ files, their #include lines, and how problems are reported."""
import hashlib
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ("cardea", "server", "tests", "fuzz", "bench", "examples")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
COMMENT = re.compile(r"//.*")


def sources():
    """Yields (path from the root, list of lines) of every C++ file."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".h", ".cc"):
                yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8").splitlines()


def includes(lines):
    """Yields (line number, name) of every #include."""
    for number, line in enumerate(lines, 1):
        if match := INCLUDE.match(line):
            yield number, match.group(2)


def digest(*paths):
    """Hashes files and every header of ours that they include."""
    queue, seen, whole = list(paths), set(), hashlib.sha256()
    while queue:
        path = queue.pop()
        if path in seen or not path.is_file():
            continue
        seen.add(path)
        text = path.read_text("utf-8")
        whole.update(text.encode())
        queue += [ROOT / name for _, name in includes(text.splitlines())]
    return whole.hexdigest()


def is_test(path):
    return path.startswith("tests/") or path.endswith("_test.cc")


def check(problems_in):
    """Runs `problems_in(path, lines)`, a generator of (line, sentence), over the tree; exits 1 if there are any."""
    found = [f"{path}:{line}: {text}" for path, lines in sources() for line, text in problems_in(path, lines)]
    print("\n".join(found) if found else "no problems", file=sys.stderr if found else sys.stdout)
    sys.exit(1 if found else 0)


def expect(problems_in, path, line, wanted):
    """Self-test: whether one line of a file is a problem."""
    if bool(list(problems_in(path, [line]))) != wanted:
        sys.exit(f"self-test: {line!r} in {path} should {'' if wanted else 'not '}be a problem")
