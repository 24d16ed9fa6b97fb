# SPDX-License-Identifier: Apache-2.0
"""Runs the scenarios, prints their table and, with --write, puts it into docs/performance.md."""
import argparse
import os
import platform
import re
import sys

import frameworks
import machine
import scenarios
import servers

ALL = [*scenarios.ALL, frameworks.frameworks]
DOCUMENT = servers.ROOT / "docs/performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def arguments():
    parser = argparse.ArgumentParser(
        prog="bench/run",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"{one.__name__:<14} {one.__doc__.splitlines()[0]}" for one in ALL),
    )
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *(one.__name__ for one in ALL)])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="length of one run of wrk")
    parser.add_argument("--write", action="store_true", help="put the table, or the rows of the named, into docs/performance.md")
    return parser.parse_args()


def machine_line(options):
    model = re.search(r"^model name\s*: (.*)$", machine.read("/proc/cpuinfo"), re.M)
    return (f"{os.cpu_count()} cores ({model[1] if model else platform.machine()}), Linux {platform.release()};"
            f" {options.rounds} rounds, wrk for {options.seconds} s each; medians, in brackets the least and the greatest.")


HEAD = ["", "| what | bar | measured | detail |", "| --- | --- | --- | --- |"]


def line(row):
    measured = row.measured if row.holds else f"**{row.measured}: below the bar**"
    return f"| {row.what} | {row.bar} | {measured} | {row.detail} |"


def in_place(table, lines):
    """The table with these lines in the place of those that begin alike; what is new follows."""
    fresh = {text.split(" | ")[0]: text for text in lines}
    kept = [fresh.pop(text.split(" | ")[0], text) for text in table]
    return kept + list(fresh.values())


def write(options, lines):
    """All rows anew, or those of the scenarios that are named."""
    document = DOCUMENT.read_text()
    before, _, rest = document.partition(BEGIN)
    table, _, after = rest.partition(END)
    lines = in_place(table.strip().split("\n"), lines) if options.names else [machine_line(options), *HEAD, *lines]
    DOCUMENT.write_text(before + "\n".join([BEGIN, *lines, END]) + after)


def main():
    options = arguments()
    if os.cpu_count() < 2:
        sys.exit("bench/run needs two cores: one for the server, one for the load")
    machine.raise_priority()
    rows = []
    for scenario in ALL:
        if not options.names or scenario.__name__ in options.names:
            print(scenario.__doc__.splitlines()[0], file=sys.stderr, flush=True)
            rows += scenario(options.rounds, options.seconds)
    lines = [line(row) for row in rows]
    print("\n".join([machine_line(options), *HEAD, *lines]))
    if options.write:
        write(options, lines)
    sys.exit(0 if all(row.holds for row in rows) else 1)


main()
