// Work 2 for k6: users who each send an order, ask for it every 100 ms until it is completed, and begin again.
import http from 'k6/http';
import { sleep } from 'k6';
import { Counter } from 'k6/metrics';

const completed = new Counter('completed');
const polls = new Counter('polls');
const body = '{"user_id":"u-100000","item_ids":["item-001"],"total_amount":250.75}';
const json = { headers: { 'Content-Type': 'application/json' }, tags: { name: 'create' } };
const status = { tags: { name: 'status' } };

export const options = {
  scenarios: {
    users: { executor: 'constant-vus', vus: Number(__ENV.BENCH_USERS), duration: `${__ENV.BENCH_SECONDS}s`, gracefulStop: '10s' },
  },
};

export default function () {
  const created = http.post(`${__ENV.BENCH_TARGET}/orders`, body, json);
  if (created.status !== 201) return;
  const url = `${__ENV.BENCH_TARGET}/orders/${created.json('order_id')}/status`;
  do {
    sleep(0.1);
    polls.add(1);
  } while (http.get(url, status).json('status') !== 'completed');
  completed.add(1);
}

export function handleSummary({ metrics }) {
  const count = (name) => (metrics[name] ? metrics[name].values.count : 0);
  return { stdout: `\n${JSON.stringify({ completed: count('completed'), polls: count('polls'), requests: count('http_reqs') })}\n` };
}
