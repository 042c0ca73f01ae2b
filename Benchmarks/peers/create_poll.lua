-- A create and a poll in turn, both formatted once.
local body = '{"user_id":"u-100000","item_ids":["item-001"],"total_amount":250.75}'
local create, poll
local creates = false

function init(arguments)
  create = wrk.format("POST", "/orders", { ["Content-Type"] = "application/json", ["Host"] = wrk.headers["Host"] }, body)
  poll = wrk.format("GET", "/orders/0192f0c4-7b3e-7c1a-9d52-3f8e6a1b2c4d/status")
end

function request()
  creates = not creates
  return creates and create or poll
end

dofile(os.getenv("BENCH_REPORT"))
