"""Work 2 for Locust: users who each send an order, ask for it every 100 ms until it is completed, and begin again.

FastHttpUser is the faster of Locust's two clients.
"""

import json

import gevent
from locust import FastHttpUser, events, task

BODY = b'{"user_id":"u-100000","item_ids":["item-001"],"total_amount":250.75}'
JSON = {"Content-Type": "application/json"}
counts = {"completed": 0, "polls": 0}


class User(FastHttpUser):
    @task
    def order(self):
        created = self.client.post("/orders", data=BODY, headers=JSON)
        if created.status_code != 201:
            return
        path = f"/orders/{created.json()['order_id']}/status"
        while True:
            gevent.sleep(0.1)
            counts["polls"] += 1
            if self.client.get(path, name="/orders/{id}/status").json()["status"] == "completed":
                break
        counts["completed"] += 1


@events.quit.add_listener
def report(**_):
    print(json.dumps(counts), flush=True)
