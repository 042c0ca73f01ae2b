"""How often loadgen names the cause that an oracle finds alone, and whether it names one that the oracle refutes: see cause_oracle.py.

Each lie about figures that matrix.py lists is told in simulated runs. Of those in which it is found, the oracle says which kinds of defect can
explain every reading, and which of them is to be named.
"""

import argparse
import concurrent.futures
import json
import pathlib

import cause_oracle
import matrix

COLUMNS = {
    "runs": lambda one, planted: True,
    "found": lambda one, planted: one is not None,
    # The planted kind fits and no other does, and loadgen names it.
    "alone": lambda one, planted: one and one["fits"] == [planted],
    "named alone": lambda one, planted: one and one["fits"] == [planted] and one["named"] == planted,
    # The planted kind is the only one of the simplest that fit, and loadgen names it, or nothing, or another.
    "decidable": lambda one, planted: one and one["expected"] == planted,
    "named": lambda one, planted: one and one["expected"] == planted and one["named"] == planted,
    "nothing": lambda one, planted: one and one["expected"] == planted and one["named"] is None,
    # Of these, where the kind fits on one set of figures alone.
    "nothing, one place": lambda one, planted: one and one["expected"] == planted and one["named"] is None and one["places"] == 1,
    "another": lambda one, planted: one and one["expected"] == planted and one["named"] not in (None, planted),
    # In all runs: another than the planted one is named; one that does not fit; one that fits, and is not alone.
    "wrong": lambda one, planted: one and one["named"] not in (None, planted),
    "refuted": lambda one, planted: one and "why" in one,
    "not alone": lambda one, planted: one and one["named"] is not None and "why" not in one and one["named"] != one["expected"],
    # Where the planted kind does not fit, the oracle is wrong.
    "oracle wrong": lambda one, planted: one and planted not in one["fits"],
}
# As loadgen calls figures, and as the log does.
NAMES = {"total_orders": "total", "average_processing_time": "average_processing", "average_completion_time": "average_completion",
         "estimated_processing_time": "estimate"}


def lies():
    """Lies about figures that are told at every reading."""
    faults = [fault for family in matrix.FAULTS.values() for fault in family.split()]
    return [fault for fault in faults if matrix.planted(fault) and ":10%" not in fault and ":20%" not in fault]


def run(job):
    """What loadgen named in a run, and what the oracle says of it; None where nothing was found."""
    programs, fault, seed = job
    summary, log = matrix.Programs(programs).simulate(fault, matrix.simulated_load(seed))
    audit = summary["audit"]
    if audit["verdict"] != "contradicted":
        return None
    fits, expected, kinds = cause_oracle.judge(log)
    cause = audit["cause"] or {"kind": None, "sentence": "nothing", "figures": []}
    named, figures = cause["kind"], {NAMES.get(figure, figure.split(".")[-1]) for figure in cause["figures"]}
    told = {"fault": fault, "seed": seed, "fits": sorted(fits), "expected": expected, "named": named, "sentence": cause["sentence"],
            "places": len(smallest(fits.get(expected, [])))}
    if named and figures not in map(set, fits.get(named, [])):
        told["why"] = ("It fits on other figures only. " if named in fits else "") + why(kinds, named, figures)
    return told


def smallest(sets):
    """Those sets of figures that no other is a part of."""
    return {frozenset(one) for one in sets if not any(set(other) < set(one) for other in sets)}


def why(kinds, named, figures):
    """What refutes the kind that was named, on the figures that it was named of: the reading and the figure."""
    return next((f"Reading {refuted[0]}: {refuted[1]}" for kind, on, refuted in kinds.tries()
                 if kind == named and refuted and set(on) == figures), "Not tried")


def line(name, row):
    return f"| {name} | " + " | ".join(str(row[column]) for column in COLUMNS) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--programs", required=True, help="the folder with the built programs")
    add("--runs", type=int, default=40, help="how many runs of each lie (default: 40)")
    add("--only", default="", help="a part of the faults' texts: the others are left out")
    add("--faults", nargs="*", help="other lies than those of matrix.py")
    add("--at-once", type=int, default=2, help="how many runs at the same time (default: 2)")
    add("--log", help="where to write what was found of each run, one in a line")
    add("--out", help="the document to write (default: only show it)")
    options = parser.parse_args()
    faults = [fault for fault in options.faults or lies() if options.only in fault]
    rows, found = {}, []
    lines = ["| `--fault` | " + " | ".join(COLUMNS) + " |", "|" + "---|" * (len(COLUMNS) + 1)]
    with concurrent.futures.ProcessPoolExecutor(options.at_once) as pool:
        results = pool.map(run, [(options.programs, fault, seed) for fault in faults for seed in range(options.runs)])
        for fault in faults:
            told, planted = [next(results) for _ in range(options.runs)], matrix.planted(fault)
            rows[fault] = {column: sum(bool(counts(one, planted)) for one in told) for column, counts in COLUMNS.items()}
            found += filter(None, told)
            lines.append(line(f"`{fault}`", rows[fault]))
    whole = {column: sum(row[column] for row in rows.values()) for column in COLUMNS}
    lines += [line("all", whole), "", "## In all", "",
              f"Of {whole['decidable']:,} decidable runs the right cause was named in **{whole['named']:,} "
              f"({100 * whole['named'] / max(1, whole['decidable']):.1f}%)**, another one in {whole['another']}. In all {whole['runs']:,} runs another "
              f"one was named in **{whole['wrong']} ({100 * whole['wrong'] / max(1, whole['runs']):.2f}%)**, and one that the oracle refutes in "
              f"{whole['refuted']}.", ""]
    lines += [f"- `{one['fault']}`, seed {one['seed']}: {one['sentence']}. Fits: {', '.join(one['fits'])}. {one.get('why', 'Not refuted.')}"
              for one in found if "why" in one or COLUMNS["wrong"](one, matrix.planted(one["fault"]))]
    text = "\n".join(lines).rstrip() + "\n"
    print(text)
    if options.out:
        head = pathlib.Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
        pathlib.Path(options.out).write_text(head + "\n" + text, encoding="utf-8")
    if options.log:
        with open(options.log, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(one) + "\n" for one in found)


if __name__ == "__main__":
    main()
