#!/usr/bin/env python3
"""composite.py ACTION_YML [--input NAME=VALUE …] [--cache-hit]: runs the steps of a composite GitHub action in the current folder, as GitHub's
runner would, and prints what came of it as JSON. Of `uses:` steps it says what they would be given, and skips them; --cache-hit says that
one with the id `cache` has found something.

composite.py ACTION_YML --scripts FOLDER: writes the shell of each step into a file of that folder, and runs nothing.

It knows as much of GitHub's expressions as actions need, and what it does not know is an error. So is an expression in a `run:`, where a
text from outside would become a command.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<sign>==|!=|&&|\|\||!|\(|\))|(?P<name>[A-Za-z_][\w.-]*))")
# A step may take this long, in seconds.
PATIENCE = 600


class Expression:
    """What stands between `${{` and `}}`: || before &&, both before == and !=, then !."""

    def __init__(self, text, contexts, status):
        self.tokens, place = [], 0
        text = text.strip()
        while place < len(text):
            found = TOKEN.match(text, place)
            if not found:
                raise ValueError(f"not known in an expression: {text[place:]!r}")
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            place = found.end()
        self.contexts, self.status, self.names_status = contexts, status, False

    def value(self):
        value = self.either()
        if self.tokens:
            raise ValueError(f"not expected in an expression: {self.tokens[0][1]!r}")
        return value

    def takes(self, *signs):
        if self.tokens and self.tokens[0][0] == "sign" and self.tokens[0][1] in signs:
            return self.tokens.pop(0)[1]
        return None

    def either(self):
        value = self.both()
        while self.takes("||"):
            other = self.both()
            value = value or other
        return value

    def both(self):
        value = self.compared()
        while self.takes("&&"):
            other = self.compared()
            value = value and other
        return value

    def compared(self):
        value = self.single()
        while sign := self.takes("==", "!="):
            # Without regard to case, as GitHub compares texts.
            same = str(value).lower() == str(self.single()).lower()
            value = same if sign == "==" else not same
        return value

    def single(self):
        if self.takes("!"):
            return not self.single()
        if self.takes("("):
            value = self.either()
            if not self.takes(")"):
                raise ValueError("a bracket is not closed")
            return value
        kind, text = self.tokens.pop(0)
        if kind == "text":
            return text[1:-1].replace("''", "'")
        if kind != "name":
            raise ValueError(f"not expected in an expression: {text!r}")
        if self.takes("("):
            if not self.takes(")"):
                raise ValueError(f"{text}: no function with arguments is known")
            self.names_status = True
            return {"always": True, "cancelled": False, "success": self.status, "failure": not self.status}[text]
        return self.looked_up(text.split("."))

    def looked_up(self, path):
        value = self.contexts
        for depth, key in enumerate(path):
            # What a step did not say, or a step that did not run, is an empty text; anything else that is not there is a slip of the pen.
            if key not in value and path[0] == "steps" and depth > 1:
                return ""
            value = value[key]
        return value


def filled(text, contexts):
    """The text with its expressions replaced."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: str(Expression(found[1], contexts, True).value()), str(text))


def is_wanted(step, contexts, status):
    condition = step.get("if")
    if condition is None:
        return status
    found = re.fullmatch(r"\s*\$\{\{(.*)\}\}\s*", str(condition))
    expression = Expression(found[1] if found else str(condition), contexts, status)
    value = bool(expression.value())
    return value if expression.names_status else value and status


def assignments(path):
    """Of a file to which a step has written NAME=VALUE, or NAME<<END, lines and END."""
    values, lines = {}, path.read_text().split("\n")
    while lines:
        line = lines.pop(0)
        if not line:
            continue
        name, sign, value = re.fullmatch(r"(.*?)(=|<<)(.*)", line).groups()
        if sign == "<<":
            held = []
            while (line := lines.pop(0)) != value:
                held.append(line)
            value = "\n".join(held)
        values[name] = value
    return values


class Job:
    def __init__(self, place, inputs, has_cached):
        self.action = yaml.safe_load(place.read_text())
        if self.action["runs"]["using"] != "composite":
            raise ValueError(f"{place}: not a composite action")
        for name in inputs.keys() - self.action["inputs"].keys():
            raise ValueError(f"{name}: the action has no such input")
        self.inputs = {name: inputs.get(name, str(said.get("default", ""))) for name, said in self.action["inputs"].items()}
        self.place, self.has_cached, self.results, self.status = place.resolve().parent, has_cached, [], True
        self.folder = Path(tempfile.mkdtemp(prefix="composite-", dir=os.environ.get("RUNNER_TEMP")))
        self.path = os.environ["PATH"]
        (self.folder / "temp").mkdir()
        self.contexts = {
            "inputs": self.inputs,
            "steps": {step["id"]: {"outputs": {}} for step in self.steps() if "id" in step},
            "runner": {"os": "Linux", "arch": "X64", "temp": str(self.folder / "temp")},
            "github": {"action_path": str(self.place)},
        }

    def steps(self):
        return self.action["runs"]["steps"]

    def run(self):
        for number, step in enumerate(self.steps()):
            result = {"name": step.get("name", f"step {number}"), "uses": step.get("uses"), "outcome": "skipped"}
            self.results.append(result)
            if not is_wanted(step, self.contexts, self.status):
                continue
            outputs = self.used(step, result) if "uses" in step else self.ran(step, result, number)
            if "id" in step:
                self.contexts["steps"][step["id"]]["outputs"] = outputs
        outputs = {name: filled(said["value"], self.contexts) for name, said in self.action.get("outputs", {}).items()}
        return {"conclusion": "success" if self.status else "failure", "outputs": outputs, "steps": self.results}

    def used(self, step, result):
        result["with"] = {name: filled(value, self.contexts) for name, value in step.get("with", {}).items()}
        result["outcome"] = "not run"
        return {"cache-hit": "true"} if self.has_cached and step.get("id") == "cache" else {}

    def ran(self, step, result, number):
        if step.get("shell") != "bash":
            raise ValueError(f"{result['name']}: a run of a composite action needs its shell, and bash is what this knows")
        told = {}
        for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"):
            told[name] = self.folder / f"{number}.{name}"
            told[name].touch()
        script = self.folder / f"{number}.sh"
        script.write_text(shell_of(step))
        environment = os.environ | {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(self.place),
            "GITHUB_WORKSPACE": os.getcwd(),
            "RUNNER_OS": "Linux",
            "RUNNER_ARCH": "X64",
            "RUNNER_TEMP": str(self.folder / "temp"),
            "PATH": self.path,
        }
        environment |= {name: str(path) for name, path in told.items()}
        environment |= {name: filled(value, self.contexts) for name, value in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE,
        )
        result |= {"outcome": "success" if done.returncode == 0 else "failure", "code": done.returncode}
        result["output"] = done.stdout.decode(errors="replace")
        result["summary"] = told["GITHUB_STEP_SUMMARY"].read_text()
        self.status = self.status and done.returncode == 0
        for line in told["GITHUB_PATH"].read_text().splitlines():
            self.path = f"{line}:{self.path}"
        return assignments(told["GITHUB_OUTPUT"])


def shell_of(step):
    if "${{" in step["run"]:
        raise ValueError(f"{step.get('name')}: an expression in a run: becomes a part of its text; give it by env:")
    return step["run"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("action", type=Path)
    parser.add_argument("--input", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--cache-hit", action="store_true")
    parser.add_argument("--scripts", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    job = Job(given.action, dict(text.split("=", 1) for text in given.input), given.cache_hit)
    if given.scripts:
        for number, step in enumerate(job.steps()):
            if "run" in step:
                (given.scripts / f"step-{number}.sh").write_text("#!/usr/bin/env bash\nset -eo pipefail\n" + shell_of(step))
        return
    json.dump(job.run(), sys.stdout, indent=1)


main()
