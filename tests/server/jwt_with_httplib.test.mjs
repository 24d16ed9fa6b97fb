// SPDX-License-Identifier: Apache-2.0
// The example that guards an API on another web server with tokens, as a client of it sees it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { cardea, freePort, temporaryFolder } from '../support/server.mjs';

const program = process.env.CARDEA_EXAMPLE ?? resolve(import.meta.dirname, '../../build/release/examples/jwt_with_httplib');

async function start(t) {
  const folder = await temporaryFolder(t);
  const key = join(folder, 'key.json');
  const keys = join(folder, 'keys.json');
  await writeFile(key, (await cardea(['jwk', 'new', '--alg', 'ES256'])).stdout);
  await writeFile(keys, (await cardea(['jwk', 'show', '--key', key])).stdout);
  const port = await freePort();
  const child = spawn(program, [keys, String(port)], { stdio: ['ignore', 'pipe', 'ignore'] });
  t.after(async () => {
    child.kill();
    await once(child, 'close');
  });
  await once(child.stdout, 'data');
  const sign = async (claims, ...options) => {
    const input = JSON.stringify({ sub: 'ada', exp: 4000000000, ...claims });
    const { code, stdout, stderr } = await cardea(['jwt', 'sign', '--key', key, ...options], { input });
    assert.equal(code, 0, stderr);
    return stdout.trim();
  };
  const get = async (authorization) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await fetch(`http://127.0.0.1:${port}/orders`, { headers: authorization ? { authorization } : {} });
      } catch (error) {
        // It says that it listens just before it does.
        if (tries === 50) throw error;
        await new Promise((resume) => { setTimeout(resume, 20); });
      }
    }
  };
  return { sign, get };
}

test('a token of the issuer for this API opens it, everything else is 401', async (t) => {
  const { sign, get } = await start(t);
  const ours = ['--iss', 'https://id.example', '--aud', 'orders'];
  const token = await sign({}, ...ours);

  const answer = await get(`Bearer ${token}`);
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), { orders_of: 'ada', orders: [] });

  const forged = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`;
  const refused = [
    undefined,
    'Basic YWRhOng=',
    `Bearer ${token}x`,
    `Bearer ${forged}`,
    `Bearer ${await sign({}, '--iss', 'https://id.example', '--aud', 'mail')}`,
    `Bearer ${await sign({}, '--iss', 'https://evil.example', '--aud', 'orders')}`,
    `Bearer ${await sign({ iat: 1, exp: 2 }, ...ours)}`,
  ];
  for (const authorization of refused) {
    const { status, headers } = await get(authorization);
    assert.equal(status, 401, authorization);
    assert.match(headers.get('www-authenticate'), /^Bearer/);
  }
});
