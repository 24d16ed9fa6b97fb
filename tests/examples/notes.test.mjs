// SPDX-License-Identifier: Apache-2.0
// The tutorial's program does what the tutorial says.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { untilRefused } from '../support/limits.mjs';
import { temporaryFolder } from '../support/server.mjs';
import { Curl, programOf, startExample } from '../support/example.mjs';

async function started(t) {
  const app = await startExample(t, 'notes', { cwd: await temporaryFolder(t) });
  return { app, curl: new Curl(app.url) };
}

async function signIn(curl, password = 'correct horse battery', path = '/login') {
  return curl.post(path, { name: 'ada', password, csrf_token: await curl.token(path) });
}

test('the smallest program greets', async (t) => {
  const { url } = await startExample(t, 'hello');
  const answer = await new Curl(url).get('/');
  assert.equal(answer.text, 'Hello');
  assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
});

test('a program carries the style sheets of the layouts that it uses, and no others', async () => {
  assert.equal(await carries('notes', '/assets/pico-'), true);
  assert.equal(await carries('notes', '/assets/mvp-'), false);
  assert.equal(await carries('hello', '/assets/pico-'), false);
});

async function carries(name, text) {
  return (await readFile(programOf(name))).includes(text);
}

test('nobody sees notes, and comes back to where they wanted to go', async (t) => {
  const { curl } = await started(t);
  const sent = await curl.get('/');
  assert.equal(sent.status, 303);
  assert.equal(sent.location, '/login?next=%2F');
  const back = await signIn(curl, undefined, sent.location);
  assert.equal(back.status, 303, back.text);
  assert.equal(back.location, '/');
});

test('a way back to somewhere else leads home', async (t) => {
  const { curl } = await started(t);
  assert.equal((await signIn(curl, undefined, '/login?next=%2F%2Fevil.example')).location, '/');
});

test('the style sheet that a page names is served', async (t) => {
  const { curl } = await started(t);
  const [, href] = /<link[^>]* href="([^"]+\.css)"/.exec((await curl.get('/login')).text);
  const sheet = await curl.get(href);
  assert.equal(sheet.status, 200);
  assert.match(sheet.headers.get('content-type'), /^text\/css/);
});

test('notes are kept beyond a sign-out, and escaped', async (t) => {
  const { curl } = await started(t);
  await signIn(curl);
  const kept = await curl.post('/', { text: '<b>milk</b>', csrf_token: await curl.token('/') });
  assert.equal(kept.status, 303, kept.text);
  assert.match((await curl.get('/')).text, /<h1>Notes of ada<\/h1><ul><li>&lt;b&gt;milk&lt;\/b&gt;<\/li><\/ul>/);
  const empty = await curl.post('/', { text: '', csrf_token: await curl.token('/') });
  assert.equal(empty.status, 422);
  const thief = curl.copy();
  assert.equal((await curl.post('/logout', { csrf_token: await curl.token('/') })).location, '/login');
  assert.equal((await thief.get('/')).status, 303);
  await signIn(curl);
  assert.match((await curl.get('/')).text, /milk/);
});

test('a wrong password shows the form again, with a sentence', async (t) => {
  const { curl } = await started(t);
  const again = await signIn(curl, 'wrong');
  assert.equal(again.status, 401);
  assert.match(again.text, /<p>Wrong name or password<\/p><form/);
});

test('a browser is shown pages where it is refused, a program problem+json', async (t) => {
  const { curl } = await started(t);
  await signIn(curl);
  const empty = { text: '', csrf_token: await curl.token('/') };
  const shown = await curl.post('/', empty, { headers: { accept: 'text/html' } });
  assert.equal(shown.status, 422);
  assert.match(shown.text, /<h1>.*<li><strong>text<\/strong>: /s);
  assert.match((await curl.post('/', empty)).headers.get('content-type'), /^application\/problem\+json/);
});

test('five wrong passwords in a minute are enough; a form without fields is none', async (t) => {
  const { curl } = await started(t);
  for (let i = 0; i < 6; i += 1) {
    assert.equal((await curl.post('/login', { csrf_token: await curl.token('/login') })).status, 422);
  }
  await untilRefused(() => signIn(curl, 'wrong'), { burst: 5, every: 12 });
});

test('a form without its token changes nothing', async (t) => {
  const { curl } = await started(t);
  await signIn(curl);
  assert.equal((await curl.post('/', { text: 'x' })).status, 403);
});
