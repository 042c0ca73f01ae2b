"""read_hlog.py LOG SUMMARY: reads latencies.hlog by PyPI's hdrhistogram, and holds every count of it against summary.json.

Prints how many blocks and values there are, as JSON; ends with 1 and a sentence at the first difference.
"""

import json
import sys
from collections import Counter

from hdrh.histogram import HdrHistogram
from hdrh.log import HistogramLogReader

TAGS = {"accept": "accept", "completion.lower": "completion_lower", "completion.upper": "completion_upper"}


def check(condition, words):
    if not condition:
        sys.exit(words)


def bucket(index):
    """The value of an index of HdrHistogram's counts, at three significant digits, and how many values there are in it."""
    doublings = max(0, (index >> 10) - 1)
    return (index - (doublings << 10)) << doublings, 1 << doublings


def main(log, summary):
    with open(summary, encoding="utf-8") as file:
        summary = json.load(file)
    with open(log, encoding="utf-8") as file:
        printed = [line.split(",")[3] for line in file if line.startswith("Tag=")]
    reader = HistogramLogReader(log, HdrHistogram(1, (1 << 47) - 1, 3))
    blocks, sums = summary["blocks"], {tag: Counter() for tag in TAGS}
    for block in blocks["items"]:
        for tag, key in TAGS.items():
            read = reader.get_next_interval_histogram()
            check(read is not None, f"the log ends before the block at {block['t']}")
            where = f"{tag} at {block['t']}"
            check(read.get_tag() == tag, f"{where} has the tag {read.get_tag()}")
            begin, end = read.get_start_time_stamp(), read.get_end_time_stamp()
            check(begin == block["t"] * 1000 and end - begin == blocks["seconds"] * 1000, f"{where} is from {begin} to {end} ms")
            # By index, and by value, for each that it can hold: the sum of all counts leaves none for other indices.
            counts = {index: read.get_count_at_index(index) for index, _ in block[key]}
            others = sum(read.counts) - sum(counts.values())
            check(counts == dict(block[key]) and others == 0, f"{where} has {counts} and {others} others, and the summary {block[key]}")
            for index, count in block[key]:
                lowest, width = bucket(index)
                check(read.get_value_from_index(index) == lowest, f"index {index} is {read.get_value_from_index(index)}, not {lowest}")
                for value in (lowest, lowest + width - 1):
                    check(read.get_count_at_value(value) == count, f"{where}: {value} ns is there {read.get_count_at_value(value)} times")
            check(read.get_total_count() == sum(counts.values()), f"{where} has {read.get_total_count()} values in all")
            longest = printed.pop(0)
            check(float(longest) == round(read.get_max_value() / 1e6, 3), f"{where}: Interval_Max is {longest}, of {read.get_max_value()} ns")
            sums[tag].update(counts)
    check(reader.get_next_interval_histogram() is None, "the log goes on after the last block")
    for tag, sum_of_blocks in sums.items():
        whole = Counter()
        # Blocks have eight indices of the whole run's histogram in one, at their middle.
        for index, count in summary["histograms"][tag]["pairs"]:
            whole[index // 8 * 8 + 4] += count
        check(sum_of_blocks == whole, f"{tag}: the blocks have {sum_of_blocks - whole} that the run has not, and lack {whole - sum_of_blocks}")
    print(json.dumps({"blocks": len(blocks["items"]), "values": {tag: sum(counts.values()) for tag, counts in sums.items()}}))


main(*sys.argv[1:])
