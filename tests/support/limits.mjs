// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';

/**
 * Tries until one is refused, and returns that answer: `burst` pass at once, and one more in `every` seconds, which a
 * slow machine may take. `attempt` is given a number from 0 on and returns an answer; those that pass have one of the
 * statuses `passed`.
 */
export async function untilRefused(attempt, { burst, every, passed = [401] }) {
  const start = performance.now();
  for (let count = 0; ; count += 1) {
    const answer = await attempt(count);
    const grown = Math.floor((performance.now() - start) / 1000 / every);
    if (answer.status === 429) {
      assert.ok(count >= burst, `refused after ${count} of ${burst}`);
      return answer;
    }
    assert.ok(passed.includes(answer.status), `try ${count}: ${answer.status}`);
    assert.ok(count < burst + grown, `${count + 1} tries passed, and ${burst} may`);
  }
}
