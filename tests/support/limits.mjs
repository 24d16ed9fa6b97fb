// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';

/**
 * Tries until one is refused: `burst` pass at once, and one more in `every` seconds, which a slow machine may take.
 * `attempt` is given a number from 0 on and returns a status; those that pass have the status `passed`.
 */
export async function untilRefused(attempt, { burst, every, passed = 401 }) {
  const start = performance.now();
  for (let count = 0; ; count += 1) {
    const status = await attempt(count);
    const grown = Math.floor((performance.now() - start) / 1000 / every);
    if (status === 429) {
      assert.ok(count >= burst, `refused after ${count} of ${burst}`);
      return;
    }
    assert.equal(status, passed, `try ${count}`);
    assert.ok(count < burst + grown, `${count + 1} tries passed, and ${burst} may`);
  }
}
