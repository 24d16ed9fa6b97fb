// SPDX-License-Identifier: Apache-2.0
// The operator's commands beside a running server: what they change is true there when they return.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { cardea, Client, freePort, program, startServer, temporaryFolder } from '../support/server.mjs';

const email = 'ada@example.com';
const password = 'correct horse battery staple';

async function signedIn(t, options) {
  const server = await startServer(t, options);
  const client = new Client(server.url);
  assert.equal((await client.post('/api/v1/register', { email, password })).status, 201);
  assert.equal((await client.post('/api/v1/login', { email, password })).status, 200);
  assert.equal((await client.get('/api/v1/session')).status, 200);
  const run = (...args) => cardea([...args, '--data', server.data]);
  return { server, client, run };
}

test('cardea session revoke acts at once on the running server', async (t) => {
  const { client, run } = await signedIn(t);
  const listed = JSON.parse((await run('session', 'list', email, '--json')).stdout);
  const { session } = (await client.get('/api/v1/session')).json;
  assert.ok(JSON.stringify(listed).includes(session.id));

  const revoked = await run('session', 'revoke', email, session.id);
  assert.equal(revoked.code, 0, revoked.stderr);
  assert.equal((await client.get('/api/v1/session')).status, 401);
});

test('asvs5_7_4_2 disabling an account ends its sessions and its sign-ins, enabling lets it in again', async (t) => {
  const { client, run } = await signedIn(t);
  assert.equal((await run('account', 'disable', email)).code, 0);
  assert.equal((await client.get('/api/v1/session')).status, 401);
  assert.equal((await client.post('/api/v1/login', { email, password })).status, 401);
  assert.equal((await run('account', 'enable', email)).code, 0);
  assert.equal((await client.post('/api/v1/login', { email, password })).status, 200);
});

test('an invitation opens a closed door once', async (t) => {
  const server = await startServer(t, { args: ['--registration', 'invitation'] });
  const client = new Client(server.url);
  const grace = { email: 'grace@example.com', password };
  assert.equal((await client.post('/api/v1/register', grace)).status, 403);

  const { code, stdout, stderr } = await cardea(['invite', '--data', server.data]);
  assert.equal(code, 0, stderr);
  const [invitation, link] = stdout.trim().split('\n');
  assert.equal(link, `${server.url}/register#${invitation}`);
  assert.equal((await client.post('/api/v1/register', { ...grace, invitation })).status, 201);
  assert.equal((await client.post('/api/v1/register', { email: 'eve@example.com', password, invitation })).status, 403);
});

test('where registration is closed, that is what command, API, page and log say', async (t) => {
  const server = await startServer(t, { args: ['--registration', 'closed'] });
  const client = new Client(server.url);
  const page = { headers: { Accept: 'text/html' } };

  const invite = await cardea(['invite', '--data', server.data]);
  assert.deepEqual([invite.code, invite.stdout], [2, '']);
  assert.match(invite.stderr, /registration is closed.*registration = "invitation"/);
  for (const sent of [{ email, password }, { email, password: 'short', invitation: 'made up' }]) {
    const refused = await client.post('/api/v1/register', sent);
    assert.deepEqual([refused.status, refused.json.detail], [403, 'Registration is closed.']);
  }
  const shown = await client.get('/register', page);
  assert.equal(shown.status, 403);
  assert.match(shown.text, /Registration is closed\. Ask the people/);
  const csrf_token = (await client.get('/login', page)).text.match(/name="csrf_token" value="([^"]+)"/)[1];
  const sent = await client.post('/register', undefined, { form: { csrf_token, login: 'no name @', password }, ...page });
  assert.equal(sent.status, 403);
  assert.match(sent.text, /Registration is closed\. Ask the people/);
  await server.stop();
  assert.equal(server.log().match(/ rule=registration_closed /g).length, 4, server.log());
  const alone = await cardea(['invite', '--data', server.data], { env: { CARDEA_REGISTRATION: 'closed' } });
  assert.match(alone.stderr, /registration is closed/);
});

test('an invitation can be revoked, beside a server and without one', async (t) => {
  const server = await startServer(t, { args: ['--registration', 'invitation'] });
  const client = new Client(server.url);
  const invite = async () => (await cardea(['invite', '--data', server.data])).stdout.trim().split('\n');
  const revoke = (input) => cardea(['invite', 'revoke', '--json', '--data', server.data], { input });
  const [[invitation], [, link]] = [await invite(), await invite()];

  const revoked = await revoke(invitation);
  assert.deepEqual([revoked.code, revoked.stdout], [0, '{"revoked":1}\n'], revoked.stderr);
  assert.equal((await client.post('/api/v1/register', { email, password, invitation })).status, 403);
  assert.match((await revoke(invitation)).stderr, /used or revoked before/);
  await server.stop();
  assert.equal((await revoke(link)).code, 0);
  assert.match((await revoke(link)).stderr, /used or revoked before/);
  const events = JSON.parse((await cardea(['audit', 'list', '--event', 'invitation.revoked', '--json', '--data', server.data])).stdout).events;
  assert.deepEqual(events.map((row) => [row.outcome, row.actor]), [
    ['success', 'operator'], ['success', 'operator'], ['replayed', 'operator'],
    ['success', 'operator'], ['success', 'operator'], ['replayed', 'operator'],
  ]);
});

test('a backup is whole, private, and never overwrites', async (t) => {
  const { run } = await signedIn(t);
  const target = join(await temporaryFolder(t), 'copy.db');
  const made = await run('backup', target);
  assert.equal(made.code, 0, made.stderr);
  assert.equal((await stat(target)).mode & 0o777, 0o600);
  assert.equal((await run('backup', target)).code, 1);
  assert.equal((await run('check')).code, 0);
  assert.equal((await run('audit', 'verify')).code, 0);
});

test('a backup is restored after a kill, and what was there is kept', async (t) => {
  const { server, client, run } = await signedIn(t);
  const backup = join(await temporaryFolder(t), 'copy.db');
  assert.equal((await run('backup', backup)).code, 0);
  assert.equal((await client.post('/api/v1/register', { email: 'later@example.com', password })).status, 201);
  const accounts = async (data) => (await cardea(['account', 'list', '--data', data])).stdout;

  const refused = await run('restore', backup);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, new RegExp(`is in use by process ${server.pid}`));
  await server.stop('SIGKILL');
  assert.ok((await stat(join(server.data, 'cardea.db-wal'))).size > 0, 'the log is what makes a copy by hand go wrong');

  const restored = await run('restore', backup, '--json');

  assert.equal(restored.code, 0, restored.stderr);
  const { kept } = JSON.parse(restored.stdout);
  assert.equal(kept, join(server.data, 'cardea.db.replaced-1'));
  assert.doesNotMatch(await accounts(server.data), /later@example\.com/);
  assert.match(await accounts(server.data), /ada@example\.com/);
  assert.equal((await stat(join(server.data, 'cardea.db'))).mode & 0o777, 0o600);
  assert.equal((await run('check')).code, 0);

  // The way back.
  assert.equal((await run('restore', kept)).code, 0);
  assert.match(await accounts(server.data), /later@example\.com/);
});

test('a restore that is killed leaves the one database or the other', async (t) => {
  const { server, client, run } = await signedIn(t);
  const backup = join(await temporaryFolder(t), 'copy.db');
  assert.equal((await run('backup', backup)).code, 0);
  assert.equal((await client.post('/api/v1/register', { email: 'later@example.com', password })).status, 201);
  await server.stop('SIGKILL');
  const newer = join(await temporaryFolder(t), 'newer.db');
  assert.equal((await run('backup', newer)).code, 0);

  const start = performance.now();
  assert.equal((await run('restore', newer)).code, 0);
  const whole = performance.now() - start;

  const rounds = 12;
  let killed = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const killAfter = Math.ceil((whole * round) / rounds);
    const { code, stderr } = await cardea(['restore', round % 2 ? backup : newer, '--data', server.data], { killAfter });
    assert.ok(code === null || code === 0, stderr);
    killed += code === null ? 1 : 0;
    assert.equal((await run('check')).code, 0, `after round ${round}`);
    const { stdout } = await run('account', 'list');
    assert.match(stdout, /ada@example\.com/);
  }
  assert.ok(killed > 0, `no restore was killed within ${whole} ms`);
  for (const [file, has] of [[newer, true], [backup, false]]) {
    assert.equal((await run('restore', file)).code, 0);
    assert.equal((await run('account', 'list')).stdout.includes('later@example.com'), has);
  }
});

test('why explains the reference that a refused person was shown', async (t) => {
  const { client, run } = await signedIn(t);
  const refused = await client.post('/api/v1/login', { email, password: 'something else entirely' });
  assert.equal(refused.status, 401);
  const why = await run('why', refused.json.reference);
  assert.equal(why.code, 0, why.stderr);
  assert.match(why.stdout, /wrong_password|does not match/);
  assert.equal((await run('why', 'aaaa-aaaa-aaaa-aaaa')).code, 1);
});

test('why says which clock ended a session, and its client does not learn it', async (t) => {
  const args = ['--session-idle', '2s', '--session-absolute', '4s'];
  const { client, run } = await signedIn(t, { args });
  const live = async () => JSON.parse((await run('session', 'list', email, '--json')).stdout).sessions.length;
  while (await live() > 0); // looking at it does not use it
  const idle = await client.get('/api/v1/session');

  assert.equal((await client.post('/api/v1/login', { email, password })).status, 200);
  let over = await client.get('/api/v1/session');
  assert.equal(over.status, 200);
  while (over.status === 200) over = await client.get('/api/v1/session');

  for (const [refused, rule] of [[idle, 'session_idle'], [over, 'session_absolute']]) {
    const { reference, ...rest } = refused.json;
    assert.deepEqual(rest, { title: 'Unauthorized', status: 401, detail: 'Only signed-in people can see this.',
      code: 'unauthenticated' });
    assert.match((await run('why', reference)).stdout, new RegExp(rule));
  }
});

test('why says what to do about two credentials, a key where none is taken, and a request that is too long', async (t) => {
  const { client, run } = await signedIn(t);
  const ruleOf = async (reference) => JSON.parse((await run('why', reference, '--json')).stdout);

  const both = await client.get('/api/v1/session', { headers: { authorization: 'Bearer x' } });
  assert.equal(both.status, 400);
  assert.equal((await ruleOf(both.json.reference)).rule, 'two_credentials');
  const { key } = (await client.post('/api/v1/api-keys', { name: 'backup' })).json;
  const forwarded = await fetch(`${client.url}/auth/verify`, { headers: { 'x-api-key': key } });
  assert.equal(forwarded.status, 401);
  const { rule, explanation } = await ruleOf(forwarded.headers.get('x-auth-reference'));
  assert.equal(rule, 'key_not_taken_here');
  assert.match(explanation, /api_keys\.forward_auth = true/);
  const made = await fetch(`${client.url}/api/v1/api-keys`, { headers: { 'x-api-key': key } });
  assert.equal(made.status, 403);
  assert.equal((await ruleOf((await made.json()).reference)).rule, 'key_not_taken_here');
  const long = await client.post('/api/v1/login', { email, password: 'x'.repeat(100_000) });
  assert.equal(long.status, 413);
  assert.equal((await ruleOf(long.json.reference)).rule, 'too_large');
});

test('audit list shows what has happened, to this moment, beside a running server', async (t) => {
  const { client, run } = await signedIn(t);
  const refused = await client.post('/api/v1/login', { email, password: 'something else entirely' });

  const { events } = JSON.parse((await run('audit', 'list', '--json')).stdout);
  assert.deepEqual(events.map(({ event, outcome }) => [event, outcome]), [
    ['account.registered', 'success'], ['session.issued', 'success'], ['session.issued', 'credentials_wrong'],
  ]);
  assert.equal(events[2].reference, refused.json.reference);
  assert.equal(events[2].address, '127.0.0.1');
  const { sessions } = JSON.parse((await run('session', 'list', email, '--json')).stdout);
  assert.deepEqual(events.map(({ session }) => session), [null, sessions[0].id, null]);

  assert.equal((await run('session', 'revoke', email, sessions[0].id)).code, 0);
  const revoked = JSON.parse((await run('audit', 'list', '--event', 'session.revoked', '--json')).stdout).events;
  assert.deepEqual(revoked.map(({ session, actor }) => [session, actor]), [[sessions[0].id, 'operator']]);

  const lines = (await run('audit', 'list', '--account', email, '--since', '1h', '--event', 'session.issued')).stdout;
  assert.match(lines, /^AT +EVENT +OUTCOME/);
  assert.match(lines.trimEnd().split('\n').at(-1), /session\.issued +credentials_wrong/);
});

test('the start names the step that is next, for these data and in this folder', async (t) => {
  const { server } = await signedIn(t);
  assert.match(server.log(), /Open the address and create an account\./);
  await server.stop();
  const again = await startServer(t, { data: server.data });
  assert.match(again.log(), /Open the address and sign in\./);
  await again.stop();
  const closed = await startServer(t, { data: server.data, args: ['--registration', 'closed'] });
  assert.ok(closed.log().includes(`cardea account add --email you@example.com --data ${server.data}\n`), closed.log());
});

test('where the port is left to the system, the start names the one that it chose, and answers there', async (t) => {
  const data = await temporaryFolder(t);
  const child = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--data', data], { env: { PATH: process.env.PATH } });
  t.after(() => child.kill('SIGKILL'));
  let output = '';
  await new Promise((started) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('data in')) started();
    });
  });

  const [, url, port] = output.match(/is ready at (http:\/\/localhost:(\d+))\n/);
  assert.ok(output.includes(`Listening on 127.0.0.1:${port};`), output);
  assert.equal((await new Client(url).get('/login')).status, 200);
  const { stdout } = await cardea(['invite', '--data', data]);
  assert.ok(stdout.includes(`${url}/register#`), stdout);
});

test('every refused sign-in is a line of the log, with the reference that was shown', async (t) => {
  const { server, client } = await signedIn(t);
  const lines = (reference) => server.log().split('\n').filter((line) => line.includes(`reference=${reference}`));

  const wrong = await client.post('/api/v1/login', { email, password: 'something else entirely' });
  assert.equal(lines(wrong.json.reference).length, 1, server.log());
  assert.match(lines(wrong.json.reference)[0], /level=info event=account\.refused .*rule=wrong_password action=session\.issued client=127\.0\.0\.1$/);

  const short = await client.post('/api/v1/register', { email: 'bob@example.com', password: 'short' });
  assert.equal(short.status, 422);
  assert.equal(lines(short.json.reference).length, 1, server.log());
  const why = await cardea(['why', short.json.reference, '--data', server.data]);
  assert.match(why.stdout, /password_policy/);
});

test('forward authentication names the refusal of what was shown, and keeps its body empty', async (t) => {
  const { server } = await signedIn(t);
  const verify = (headers) => new Client(server.url).get('/auth/verify', { headers });

  const nobody = await verify({});
  assert.equal(nobody.headers.get('x-auth-reference'), null);
  const refused = await verify({ 'X-API-Key': `cardea_${'a'.repeat(49)}` });

  assert.equal(refused.status, 401);
  assert.equal(refused.text, '');
  const reference = refused.headers.get('x-auth-reference');
  assert.ok(!server.log().includes(reference), 'anybody could fill the log with those');
  const why = await cardea(['why', reference, '--data', server.data]);
  assert.match(why.stdout, /api_key_form/);
});

test('a wrong setting stops the start with a sentence', async (t) => {
  const data = await temporaryFolder(t);
  const cases = [
    [['--listen', '0.0.0.0:8080'], /public[_-]url/],
    [['--public-url', 'http://id.example.com'], /https/],
  ];
  for (const [args, sentence] of cases) {
    const { code, stderr } = await cardea(['serve', '--data', data, ...args]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, sentence);
  }
  const weak = await cardea(['serve', '--data', data], { env: { CARDEA_SECRET: 'a'.repeat(40) } });
  assert.notEqual(weak.code, 0);
  assert.doesNotMatch(weak.stderr, /aaaaaaaa/, 'the secret is never repeated');
});

test('the admin listener answers to inner names alone, so that no page of a stranger reads it', async (t) => {
  const port = await freePort();
  await startServer(t, { args: ['--admin-listen', `127.0.0.1:${port}`] });
  const status = async (host) => {
    const request = get({ host: '127.0.0.1', port, path: '/metrics', headers: { host } });
    const [answer] = await once(request, 'response');
    answer.resume();
    return answer.statusCode;
  };
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'cardea', '[::1]:9090', '10.0.0.7:9090']) {
    assert.equal(await status(host), 200, host);
  }
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', 'localhost.']) {
    assert.equal(await status(host), 421, host);
  }
});

test('cardea why says of a refusal under another host that it was one', async (t) => {
  const server = await startServer(t);
  const request = get({ host: '127.0.0.1', port: server.port, path: '/login', headers: { host: 'evil.example' } });
  const [answer] = await once(request, 'response');
  const problem = JSON.parse(Buffer.concat(await answer.toArray()));
  assert.equal(answer.statusCode, 421);

  const { stdout } = await cardea(['why', problem.reference, '--json', '--data', server.data]);
  assert.equal(JSON.parse(stdout).rule, 'host');
});

test('the start tells what may be meant and is dangerous otherwise', async (t) => {
  const server = await startServer(t, { url: 'https://id.example.com' });
  assert.match(server.log(), /^ {2}Warning: proxy\.trust: all people seem to have the address of the proxy/m);
});

test('the memory of a hash is mapped by the program, in huge pages', async () => {
  const { code, stderr } = await cardea(['version'], { env: { LD_DEBUG: 'bindings' } });
  assert.equal(code, 0);
  assert.match(stderr, /binding file \S*libsodium\S* \[0\] to \S*cardea \[0\]: normal symbol `mmap'/);
});
