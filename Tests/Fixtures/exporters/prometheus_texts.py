#!/usr/bin/env python3
"""Random Prometheus texts, and what prometheus_client's own parsers read in them.

`prometheus_texts.py SEED COUNT` prints a line of JSON for each text:
`{"text": …, "open": whether it is OpenMetrics, "samples": [[name, {label: value}, number as text], …], "error": …}`. Where the parser refuses
the text, there are no samples. Half of the texts are as a server would write them, the others have been damaged in one to three places.
"""

import json
import random
import sys

from prometheus_client import openmetrics
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_open
from prometheus_client.parser import text_string_to_metric_families as read_text

assert openmetrics

NAMES = ["orders", "http_requests_total", "order_seconds", "a", "up", "x:y", "_z9", "process_start_time_seconds"]
QUOTED_NAMES = ["my.metric", "größe", "a b", 'q"q', "back\\slash", "line\nfeed"]
LABELS = ["status", "code", "le", "path", "_a", "quantile", "method"]
QUOTED_LABELS = ["dot.ted", "straße", "s p"]
VALUES = ["", "completed", "200", "+Inf", "0.5", "a\\b", 'say "hi"', "line\nfeed", "{}", "a,b", "a=b", "#", " ", "ü€😀", "\\n", 'x"', "\\", "}"]
NUMBERS = ["0", "1", "-1", "3.0", "0.25", "1e5", "1.5E-3", "+7", ".5", "5.", "NaN", "+Inf", "-Inf", "Inf", "inf", "nan", "1234567890123456789", "1e400"]
DAMAGE = list("{}\"\\=,#\n\t \r0123456789abcdefEe+-._:TYPE HELP") + ["# EOF\n", "# TYPE ", "\\n", "é", "NaN", "\n\n", "  "]


def escaped(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def quoted(text):
    return f'"{escaped(text)}"'


class Writer:
    def __init__(self, draw, is_open):
        self.draw = draw
        self.is_open = is_open

    def blank(self):
        if self.is_open:
            return " "
        return self.draw.choice([" "] * 6 + ["  ", "\t", " \t"])

    def labels(self, also=None):
        draw = self.draw
        pairs = [also] if also else []
        names = draw.sample(LABELS, draw.choice([0, 0, 1, 1, 2, 3]))
        pairs += [f"{name}={quoted(draw.choice(VALUES))}" for name in names]
        if draw.random() < 0.1:
            pairs.append(f"{quoted(draw.choice(QUOTED_LABELS))}={quoted(draw.choice(VALUES))}")
        if not pairs:
            return draw.choice(["", "", "{}"])
        comma = "," if self.is_open else draw.choice([",", ",", ",", ", "])
        end = draw.choice(["", "", ","]) if not self.is_open else ""
        return "{" + comma.join(pairs) + end + "}"

    def tail(self, has_exemplar):
        draw = self.draw
        text = ""
        if not self.is_open and draw.random() < 0.2:
            text += self.blank() + draw.choice(["1700000000", "1700000000000", "0", "1.5"])
        if has_exemplar and draw.random() < 0.5:
             # Its parser of exemplars takes an escaped quote for a quote.
            text += " # {trace_id=" + quoted(draw.choice([value for value in VALUES if '"' not in value])) + "} " + draw.choice(["0.5", "1", "7e-2"])
            if draw.random() < 0.5:
                text += " 1700000000.123"
        return text

    def sample(self, name, has_exemplar=False):
        number = self.draw.choice(NUMBERS)
        if self.draw.random() < (0 if self.is_open else 0.1):
            head = self.labels(also=quoted(self.draw.choice(QUOTED_NAMES)))
        else:
            head = name + self.labels()
        if not self.is_open and head.endswith("}") and self.draw.random() < 0.1:
            return head + number + self.tail(has_exemplar)
        return head + self.blank() + number + self.tail(has_exemplar)

    def text(self):
        draw = self.draw
        lines = []
        for name in draw.sample(NAMES, draw.randint(1, 5)):
            if draw.random() < 0.5:
                lines.append(f"# HELP {name} {escaped(draw.choice(VALUES)) or 'help'} text")
            if self.is_open and draw.random() < 0.3:
                lines = [line for line in lines if f" {name} " not in line]
                name = "counted_" + name.replace("_total", "")
                lines.append(f"# TYPE {name} counter")
                lines.append(f"{name}_total{self.labels()} {draw.choice(['0', '7', '3.0', '1e5'])}{self.tail(True)}")
                continue
            if draw.random() < 0.5:
                kinds = ["gauge", "unknown"] if self.is_open else ["counter", "gauge", "histogram", "summary", "untyped"]
                lines.append(f"# TYPE {name} {draw.choice(kinds)}")
            for _ in range(draw.randint(0, 1 if self.is_open else 4)):
                lines.append(self.sample(name))
            if not self.is_open and draw.random() < 0.2:
                lines.append(draw.choice(["", "# a comment", "#", "#TYPE a b", "# HELP", "   "]) if draw.random() < 0.7 else "# HELP a")
        if self.is_open:
            lines.append("# EOF")
        end = draw.choice(["\n", "\n", "\n", "", "\r\n"]) if not self.is_open else draw.choice(["\n", "\n", "\n", ""])
        return "\n".join(lines) + end


def damaged(text, draw):
    for _ in range(draw.randint(1, 3)):
        place = draw.randint(0, len(text))
        what = draw.random()
        if what < 0.35:
            text = text[:place] + text[place + draw.randint(1, 3):]
        elif what < 0.8:
            text = text[:place] + draw.choice(DAMAGE) + text[place:]
        elif what < 0.9:
            start = draw.randint(0, len(text))
            text = text[:place] + text[start:start + draw.randint(1, 12)] + text[place:]
        else:
            text = text[:place]
    return text


def read(text, is_open):
    samples = []
    for family in (read_open if is_open else read_text)(text):
        for sample in family.samples:
            name = sample.name
            # The reader of plain text renames the counters of families whose names do not end so.
            if not is_open and family.type == "counter" and name == family.name + "_total" and family.name + "_total" not in text:
                name = family.name
            if sample.value is None:
                raise ValueError("native histogram")
            samples.append([name, sample.labels, repr(float(sample.value))])
    return samples


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    for number in range(count):
        draw = random.Random(f"{seed}/{number}")
        is_open = draw.random() < 0.4
        text = Writer(draw, is_open).text()
        if draw.random() < 0.5:
            text = damaged(text, draw)
        line = {"text": text, "open": is_open}
        try:
            line["samples"] = read(text, is_open)
        except Exception as error:  # whatever its parser ends with
            line["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(line))


main()
