#!/usr/bin/env python3
"""Style is a test: what a rule costs a reader to remember, this remembers. Each message says what to do.

  tidy.py ROOT      checks every source file under server/, client/ and tests/; exit 1 when something is off
  tidy.py --self    checks the checker: every rule must fire on its bad sample and stay silent on its good one
"""
import pathlib
import re
import sys

# One straight line of dependencies; a room may include itself and what stands before it.
LINE = ["base", "text", "claims", "story", "ledger", "store", "filter", "feed", "ingest", "rpc", "app"]
FILE_LINES_MAX = 500
FUNCTION_LINES_MAX = 50
LINE_LENGTH_MAX = 100
PURE = {"text", "claims", "story", "ledger"}
PURE_FORBIDDEN = [
    (r'#include\s*[<"]sqlite3', "is pure: no SQL here; pass the values in"),
    (r'#include\s*[<"]grpc', "is pure: no gRPC here; rpc/ translates"),
    (r"#include\s*[<\"](google/protobuf|claimwatch/v1)", "is pure: no proto here; rpc/ and store/ translate"),
    (r"absl::Now\(\)|std::chrono::\w+_clock|\btime\(nullptr\)", "is pure: time comes in by the door (base/clock.h)"),
    (r"\brand\(\)|std::random_device|absl::BitGen", "is pure: chance comes in by the door, seeded"),
    (r"std::locale|setlocale|std::to(upper|lower)\(", "must not depend on the locale: fold ASCII yourself"),
    (r"absl::Mutex|std::mutex|std::thread", "is pure: no locks or threads; the caller owns them"),
]


def function_problems(lines):
    """Functions at the left margin (or methods by their closing brace) that are too long."""
    start = None
    for number, line in enumerate(lines, 1):
        opens = re.match(r"^[A-Za-z_~].*\)[^;]*\{$|^    [^ ].*\)[^;=]*\{$", line)
        if start is None and line[:1].strip() and not re.match(r"^(namespace|struct|class|enum|union|extern|#|//|template|constexpr \w+ k|const \w+ k|\})", line):
            start = (number, line) if opens or line.rstrip().endswith(("(", ",", ")")) else None
            if start and not opens and not line.rstrip().endswith((",", "(")):
                start = None
        if line.startswith("}") and start is not None:
            if number - start[0] + 1 > FUNCTION_LINES_MAX and "{" in "".join(lines[start[0] - 1:number]):
                name = re.search(r"(\w+)\(", start[1])
                yield start[0], f"{name.group(1) if name else 'this function'} is {number - start[0] + 1} lines (limit {FUNCTION_LINES_MAX}): lift the branches, drop the loops into a helper"
            start = None
        elif line.startswith("}"):
            start = None


def problems(path, text):
    """Yields (line, message) for one file, given its path relative to the root."""
    parts, lines = path.split("/"), text.split("\n")
    room = parts[1] if parts[0] == "server" and len(parts) > 2 else None
    if len(lines) - 1 > FILE_LINES_MAX:
        yield 1, f"{len(lines) - 1} lines (limit {FILE_LINES_MAX}): is it still one idea? split it by idea"
    if parts[0] == "server" and path.endswith(".h") and "Tested " not in text:
        yield 1, 'header does not name its test ("Tested by tests/...")'
    for number, line in enumerate(lines, 1):
        if len(line) > LINE_LENGTH_MAX and "http" not in line and "R\"" not in line:
            yield number, f"{len(line)} columns (limit {LINE_LENGTH_MAX}): wrap it (clang-format)"
        if re.search(r"\b(TODO|FIXME|XXX)\b(?!\()", line):
            yield number, "a TODO without a name: do it, or say whose it is: TODO(name)"
        if "\t" in line:
            yield number, "a tab: indent with spaces"
        include = re.match(r'#include "server/(\w+)/', line)
        if room in LINE and include and include.group(1) in LINE and LINE.index(include.group(1)) > LINE.index(room):
            yield number, f"{room}/ must not know {include.group(1)}/: dependencies run {' <- '.join(LINE)}"
        if parts[0] == "client" and include and include.group(1) not in ("base", "auth"):
            yield number, "the client knows the server by its proto only: no server/ headers but base/ and auth/ (tokens)"
        if room in PURE:
            for pattern, message in PURE_FORBIDDEN:
                if re.search(pattern, line.split("//")[0]):
                    yield number, f"{room}/ {message}"
        if room and room != "base" and re.search(r"absl::Now\(\)", line.split("//")[0]):
            yield number, "no Now() outside base/clock.cc: take a Clock"
        # A load has a pace, so benchmarks may wait for their turn.
        is_test = parts[0] == "tests" and parts[1] != "bench"
        if is_test and re.search(r"\b(sleep_for|absl::SleepFor|usleep|sleep)\s*\(", line):
            yield number, "tests do not sleep: step a fake clock or wait for an event with a deadline"
    if path.endswith((".cc", ".h")):
        yield from function_problems(lines)


def types_of(path, text):
    """Yields (line, full name) of each type that a file defines for others to link with."""
    inside = []
    for number, line in enumerate(text.split("\n"), 1):
        if opened := re.match(r"namespace\s*([\w:]*)\s*\{", line):
            inside.append(opened.group(1))
        elif re.match(r"\}\s*// namespace", line) and inside:
            inside.pop()
        elif (made := re.match(r"(?:struct|class|enum class|enum) (\w+)(?!\w|::)[^;]*\{", line)) and "" not in inside:
            yield number, "::".join(inside + [made.group(1)])


def twins(types):
    """Of (path, line, name): those of one name. Two such types share their templates, and the linker picks one."""
    first = {}
    for path, line, name in types:
        if first.setdefault(name, path) != path:
            yield path, line, f"{name} is also a type of {first[name]}: rename one, or put it into an unnamed namespace"


SAMPLES = [  # (path, bad text, good text)
    ("server/text/a.cc", '#include "server/store/claim_store.h"\n', '#include "server/base/check.h"\n'),
    ("server/text/a.cc", '#include "sqlite3.h"\n', "// no sqlite3.h here\n"),
    ("server/story/a.cc", "auto t = absl::Now();\n", "auto t = clock.Now();\n"),
    ("server/ledger/a.h", "#pragma once\n", "// Tested by tests/ledger/a_test.cc.\n#pragma once\n"),
    ("server/feed/a.cc", "int x;\n" * 501, "int x;\n" * 499),
    ("server/feed/a.cc", "int F(int a) {\n" + "  a++;\n" * 60 + "}\n", "int F(int a) {\n" + "  a++;\n" * 40 + "}\n"),
    ("client/cli/a.cc", '#include "server/store/claim_store.h"\n', '#include "client/lib/connection.h"\n'),
    ("tests/feed/a.cc", "absl::SleepFor(d);\n", "clock.Advance(d);\n"),
    ("server/rpc/a.cc", "// TODO later\n", "// Done.\n"),
    ("server/rpc/a.cc", "x" * 101 + "\n", "x" * 100 + "\n"),
]


def self_test():
    for path, bad, good in SAMPLES:
        if not list(problems(path, bad)):
            sys.exit(f"tidy: no rule fires on the bad sample for {path}: {bad[:60]!r}")
        if found := list(problems(path, good)):
            sys.exit(f"tidy: a rule fires on the good sample for {path}: {found}")
    for other, count in (("namespace n {\nstruct A {\n", 1), ("namespace n {\nnamespace {\nstruct A {\n", 0),
                         ("namespace m {\nclass A : B {\n", 0), ("namespace n {\nstruct A::Impl {\nstruct A;\n", 0)):
        texts = [("server/a.h", "namespace n {\nclass A final {\n"), ("server/b.h", other)]
        if len(list(twins((path, *found) for path, text in texts for found in types_of(path, text)))) != count:
            sys.exit(f"tidy: {count} twins expected with {other!r}")
    print(f"tidy: {len(SAMPLES)} rules fire on their bad sample and only there")


def main():
    if sys.argv[1:] == ["--self"]:
        return self_test()
    root, count, files, types = pathlib.Path(sys.argv[1]), 0, 0, []
    for folder in ("server", "client", "tests"):
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root).as_posix()
            if file.suffix not in (".cc", ".h") or "node_modules" in path:
                continue
            files += 1
            text = file.read_text(encoding="utf-8", errors="replace")
            types += [(path, *found) for found in types_of(path, text)]
            for line, message in problems(path, text):
                print(f"{path}:{line}: {message}")
                count += 1
    for path, line, message in twins(types):
        print(f"{path}:{line}: {message}")
        count += 1
    print(f"tidy: {files} files, {count} problems")
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
