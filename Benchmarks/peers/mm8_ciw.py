"""mm8_ciw.py ORDERS SEED: Poisson arrivals at 7/s, eight workers, first come first served, exponential service with a mean of 1 s."""

import json
import sys

import ciw

orders, seed = map(int, sys.argv[1:])
network = ciw.create_network(
    arrival_distributions=[ciw.dists.Exponential(rate=7.0)], service_distributions=[ciw.dists.Exponential(rate=1.0)], number_of_servers=[8])
ciw.seed(seed)
simulation = ciw.Simulation(network)
simulation.simulate_until_max_customers(orders, method="Finish")
waited = took = 0.0
records = simulation.get_all_records()
for record in records:
    waited += record.waiting_time
    took += record.waiting_time + record.service_time
print(json.dumps({"orders": len(records), "mean_wait": waited / len(records), "mean_completion": took / len(records)}))
