// SPDX-License-Identifier: Apache-2.0
// The peer: npm jose. Prints the processor microseconds of one operation as JSON: { "verify hs256": 12.3, ... }
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(resolve(import.meta.dirname, '../../web/package.json'));
const jose = require('jose');
const now = 1_700_000_000;
const currentDate = new Date(now * 1000);
const claims = {
  iss: 'https://id.example.com', sub: '01890a5d-ac96-774b-bcce-b302099a8057', aud: 'https://api.example.com',
  iat: now, exp: now + 900, jti: '7Wn1yQwzRr2Gm3TjV8sK0A', scope: 'read:orders write:orders',
};

async function measure(act) {
  for (let i = 0; i < 200; i += 1) await act();
  const begin = process.cpuUsage();
  const end = performance.now() + Number(process.argv[2] ?? 1) * 1000;
  let count = 0;
  for (; performance.now() < end; count += 1) await act();
  const used = process.cpuUsage(begin);
  return (used.user + used.system) / count;
}

const results = {};
for (const alg of ['HS256', 'RS256', 'ES256', 'EdDSA']) {
  const pair = alg === 'HS256' ? null : await jose.generateKeyPair(alg);
  const secret = pair ? null : await jose.generateSecret(alg);
  const sign = () => new jose.SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT' }).sign(pair?.privateKey ?? secret);
  const token = await sign();
  const options = { algorithms: [alg], issuer: claims.iss, audience: claims.aud, currentDate };
  results[`sign ${alg.toLowerCase()}`] = await measure(sign);
  results[`verify ${alg.toLowerCase()}`] = await measure(() => jose.jwtVerify(token, pair?.publicKey ?? secret, options));
}
console.log(JSON.stringify(results));
