-- Creates alone. The request never changes, so wrk formats it once and calls no Lua while it runs.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["User-Agent"] = "wrk/debian-4" -- as long as loadgen's: nginx has the same to read
wrk.body = '{"user_id":"u-100000","item_ids":["item-001"],"total_amount":250.75}'

dofile(os.getenv("BENCH_REPORT"))
