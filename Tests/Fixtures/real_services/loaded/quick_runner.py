"""What scrapyd runs in place of Scrapy: `list` names the spiders, `crawl SPIDER -a seconds=0.2 …` takes that long.
Like Scrapy's own runner it is started anew for each job, and its exit status is not told by scrapyd."""

import sys
import time

if sys.argv[1] == "list":
    print("sleeper")
else:
    arguments = dict(word.split("=", 1) for option, word in zip(sys.argv, sys.argv[1:]) if option == "-a")
    time.sleep(float(arguments.get("seconds", 0)))
