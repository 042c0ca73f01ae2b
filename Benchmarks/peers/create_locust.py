"""Work 3 for Locust: users who send one order after the other."""

import json

from locust import FastHttpUser, events, task

BODY = b'{"user_id":"u-100000","item_ids":["item-001"],"total_amount":250.75}'
JSON = {"Content-Type": "application/json"}


class User(FastHttpUser):
    @task
    def create(self):
        self.client.post("/orders", data=BODY, headers=JSON)


@events.quitting.add_listener
def report(environment, **_):
    total = environment.stats.total
    said = {name: total.get_response_time_percentile(share) for name, share in
            {"p50": 0.5, "p90": 0.9, "p99": 0.99, "p99_9": 0.999}.items()}
    print(json.dumps({**said, "max": total.max_response_time}), flush=True)
