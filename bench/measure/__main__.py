# SPDX-License-Identifier: Apache-2.0
"""Runs the scenarios, prints their table and, with --write, puts it into docs/performance.md."""
import argparse
import datetime
import os
import platform
import re
import subprocess
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


def output_of(*command):
    done = subprocess.run(command, cwd=servers.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout.strip()


def run_line(options):
    """What was measured, and how often."""
    commit = output_of("git", "describe", "--always", "--dirty", "--abbrev=10")
    return f"commit {commit} on {datetime.date.today()}, {options.rounds} rounds, wrk for {options.seconds} s each"


def machine_line(options):
    model = re.search(r"^model name\s*: (.*)$", machine.read("/proc/cpuinfo"), re.M)
    nginx = re.search(r"nginx/\S+", output_of("nginx", "-v"))[0]
    wrk = re.search(r"wrk \S+", output_of("wrk", "-v"))[0]
    return (f"{os.cpu_count()} cores ({model[1] if model else platform.machine()}), Linux {platform.release()}, {nginx}, {wrk};"
            f" {run_line(options)}; medians, in brackets the least and the greatest.")


HEAD = ["", "| what | bar | measured | detail |", "| --- | --- | --- | --- |"]


def line(row, remark=""):
    measured = row.measured if row.holds else f"**{row.measured}: below the bar**"
    return f"| {row.what} | {row.bar} | {measured} | {row.detail}{remark} |"


def in_place(table, lines):
    """The table with these lines in the place of those that begin alike; what is new follows."""
    fresh = {text.split(" | ")[0]: text for text in lines}
    kept = [fresh.pop(text.split(" | ")[0], text) for text in table]
    return kept + list(fresh.values())


def write(options, rows):
    """All rows anew, or those of the scenarios that are named, which say then that they are of another run."""
    document = DOCUMENT.read_text()
    before, _, rest = document.partition(BEGIN)
    table, _, after = rest.partition(END)
    if options.names:
        lines = in_place(table.strip().split("\n"), [line(row, f"; {run_line(options)}") for row in rows])
    else:
        lines = [machine_line(options), *HEAD, *map(line, rows)]
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
    print("\n".join([machine_line(options), *HEAD, *map(line, rows)]))
    if options.write:
        write(options, rows)
    sys.exit(0 if all(row.holds for row in rows) else 1)


main()
