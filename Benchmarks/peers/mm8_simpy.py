"""mm8_simpy.py ORDERS SEED: Poisson arrivals at 7/s, eight workers, first come first served, exponential service with a mean of 1 s."""

import json
import random
import sys

import simpy

orders, seed = map(int, sys.argv[1:])
dice = random.Random(seed)
environment = simpy.Environment()
workers = simpy.Resource(environment, 8)
waited = took = 0.0


def order():
    global waited, took
    created = environment.now
    with workers.request() as turn:
        yield turn
        waited += environment.now - created
        yield environment.timeout(dice.expovariate(1.0))
    took += environment.now - created


def arrivals():
    for _ in range(orders):
        yield environment.timeout(dice.expovariate(7.0))
        environment.process(order())


environment.process(arrivals())
environment.run()
print(json.dumps({"orders": orders, "mean_wait": waited / orders, "mean_completion": took / orders}))
