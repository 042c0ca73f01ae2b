// Work 3 for k6: creates at a constant arrival rate. k6 gives no number to an arrival that it drops, so the body says instead when the
// arrival was taken up, in microseconds of k6's own clock.
import http from 'k6/http';
import exec from 'k6/execution';

const json = { headers: { 'Content-Type': 'application/json' }, tags: { name: 'create' } };
const users = Number(__ENV.BENCH_USERS);

export const options = {
  summaryTrendStats: ['p(50)', 'p(90)', 'p(99)', 'p(99.9)', 'max'],
  scenarios: {
    arrivals: {
      executor: 'constant-arrival-rate', rate: Number(__ENV.BENCH_RATE), timeUnit: '1s', duration: `${__ENV.BENCH_SECONDS}s`,
      preAllocatedVUs: users, maxVUs: users, gracefulStop: '10s',
    },
  },
};

export default function () {
  const body = `{"user_id":"u-${Math.round(exec.instance.currentTestRunDuration * 1000)}","item_ids":["item-001"],"total_amount":250.75}`;
  http.post(`${__ENV.BENCH_TARGET}/orders`, body, json);
}

export function handleSummary({ metrics }) {
  const of = metrics.http_req_duration.values;
  const dropped = metrics.dropped_iterations ? metrics.dropped_iterations.values.count : 0;
  const said = { p50: of['p(50)'], p90: of['p(90)'], p99: of['p(99)'], p99_9: of['p(99.9)'], max: of.max, dropped };
  return { stdout: `\n${JSON.stringify(said)}\n` };
}
