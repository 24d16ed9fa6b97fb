// SPDX-License-Identifier: Apache-2.0
// asvs5_6_3_8: known and unknown users cannot be told apart by the time of a refused sign-in.
// 2,000 interleaved tries each; the two samples may not differ by more than chance (Mann-Whitney U, two-sided) or,
// where so many tries make a tiny difference visible, by more than what noise on a network hides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, startServer } from '../support/server.mjs';

const tries = Number(process.env.CARDEA_TIMING_TRIES ?? 2000);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Two-sided z of the Mann-Whitney U test, normal approximation (no ties in nanoseconds). */
function mannWhitneyZ(a, b) {
  const all = [...a.map((value) => [value, 0]), ...b.map((value) => [value, 1])].sort((x, y) => x[0] - y[0]);
  let ranks = 0;
  all.forEach(([, group], index) => { if (group === 0) ranks += index + 1; });
  const u = ranks - (a.length * (a.length + 1)) / 2;
  const mean = (a.length * b.length) / 2;
  return (u - mean) / Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
}

test('refused sign-ins take the same time for known and unknown users', async (t) => {
  const server = await startServer(t, { env: { CARDEA_LIMITS_ENABLED: 'false' } });
  const client = new Client(server.url);
  await client.post('/api/v1/register', { email: 'known@example.com', password: 'correct horse battery staple' });
  const samples = { known: [], unknown: [] };

  for (let i = 0; i < tries; i += 1) {
    const order = Math.random() < 0.5 ? ['known', 'unknown'] : ['unknown', 'known'];
    for (const who of order) {
      const start = process.hrtime.bigint();
      const answer = await client.post('/api/v1/login', { email: `${who}@example.com`, password: 'not the right one' });
      samples[who].push(Number(process.hrtime.bigint() - start) / 1e6);
      assert.equal(answer.status, 401);
    }
  }

  const difference = median(samples.known) - median(samples.unknown);
  const z = mannWhitneyZ(samples.known, samples.unknown);
  t.diagnostic(`medians: known ${median(samples.known).toFixed(3)} ms, unknown ${median(samples.unknown).toFixed(3)} ms, ` +
    `difference ${difference.toFixed(4)} ms, z ${z.toFixed(2)}, ${tries} tries each`);
  assert.ok(Math.abs(z) < 3.3 || Math.abs(difference) < 0.05, `z ${z}, difference ${difference} ms`);
});
