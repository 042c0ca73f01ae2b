-- A create and a poll in turn, both formatted once.
local body = '{"user_id":"u-100000","item_ids":["item-001"],"total_amount":250.75}'
local create, poll
local creates = false

function init(arguments)
  wrk.headers["User-Agent"] = "wrk/debian-4" -- as long as loadgen's: nginx has the same to read
  poll = wrk.format("GET", "/orders/0192f0c4-7b3e-7c1a-9d52-3f8e6a1b2c4d/status")
  wrk.headers["Content-Type"] = "application/json"
  create = wrk.format("POST", "/orders", nil, body)
end

function request()
  creates = not creates
  return creates and create or poll
end

dofile(os.getenv("BENCH_REPORT"))
