// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';

/**
 * Tries until one is refused, and returns that answer: `burst` pass at once, and one more in `every` seconds, which a
 * slow machine may take. `attempt` is given a number from 0 on and returns an answer; those that pass have the status
 * `passed`. What `right` does next is refused as well, for as long as the refusal says.
 */
export async function untilRefused(attempt, { burst, every, passed = 401, right }) {
  const start = performance.now();
  for (let count = 0; ; count += 1) {
    const sent = performance.now();
    const answer = await attempt(count);
    const grown = Math.floor((performance.now() - start) / 1000 / every);
    if (answer.status === 429) {
      assert.ok(count >= burst, `refused after ${count} of ${burst}`);
      const wait = Number(answer.headers.get('retry-after'));
      assert.ok(wait >= 1, 'it says how long to wait');
      const late = await right?.();
      const isOver = performance.now() - sent > (wait - 1) * 1000;
      assert.ok(isOver || !late || late.status === 429, `${late?.status} before the wait is over`);
      return answer;
    }
    assert.equal(answer.status, passed, `try ${count}`);
    assert.ok(count < burst + grown, `${count + 1} tries passed, and ${burst} may`);
  }
}
