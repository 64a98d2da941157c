#!/usr/bin/env python3
"""Holds server/LIMITS.md to the code: every bound of a limits.h is in it, with its value, and no other.

Usage: limits_table.py REPOSITORY
"""
import pathlib
import re
import sys

CONSTANT = re.compile(r"inline constexpr [\w:]+ (k\w+(?:Max|Min|Default)) =\s*([^;]+);")
ROW = re.compile(r"^\| .* \| `(k\w+)` = (.+?) \| ", re.M)


def main():
    root = pathlib.Path(sys.argv[1])
    told = dict(ROW.findall((root / "server/LIMITS.md").read_text()))
    values = {}
    for header in sorted((root / "server").glob("*/*.h")):
        found = re.findall(r"inline constexpr [\w:]+ (k\w+) =\s*([^;]+);", header.read_text())
        values.update({name: " ".join(value.split()).replace("absl::", "") for name, value in found})
    due = set()
    for header in sorted((root / "server").glob("*/limits.h")):
        if header.parent.name != "app":
            due.update(name for name, _ in CONSTANT.findall(header.read_text()))
    problems = [f"{name} is not in the table" for name in sorted(due - told.keys())]
    problems += [f"{name}: the table says {value}, the code {values.get(name)}"
                 for name, value in told.items() if values.get(name) != value]
    for problem in problems:
        print(f"server/LIMITS.md: {problem}")
    print(f"{len(told)} bounds, {len(problems)} problems")
    sys.exit(1 if problems or not told else 0)


main()
