// SPDX-License-Identifier: Apache-2.0
// One-time codes against oathtool and pyotp, both ways, and QR codes read by zbarimg.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { launch, newPage } from '../browser/browser.mjs';
import { askPython } from '../support/programs.mjs';
import { cardea, temporaryFolder } from '../support/server.mjs';

const run = promisify(execFile);

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const times = [0, 59, 1111111109, 1234567890, 1700000000, 20000000000];
const formats = ['SHA1', 'SHA256', 'SHA512'].flatMap((algorithm) =>
  [6, 7, 8].flatMap((digits) => [30, 60].map((period) => ({ algorithm, digits, period }))));
const flags = ({ algorithm, digits, period }) => ['--algorithm', algorithm, '--digits', digits, '--period', period];

/** Runs `cardea totp`; what it prints, without the line's end. */
async function totp(command, args, input) {
  const { code, stdout, stderr } = await cardea(['totp', command, ...args.map(String)], { input });
  assert.equal(code, 0, stderr);
  return stdout.trimEnd();
}

/** What a Python program prints as JSON about the rows it is given. */
const python = (program, rows) => askPython(['-c', `import hashlib, json, pyotp, sys\nrows = json.load(sys.stdin)\n${program}`], rows);

const pyotp = `
def totp(row):
    digest = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA512": hashlib.sha512}[row["algorithm"]]
    return pyotp.TOTP(row["secret"], row["digits"], digest, interval=row["period"])
`;

/** Every format at every time, with our code for it. */
async function ourCodes() {
  const rows = [];
  for (const format of formats) {
    for (const at of times) {
      const code = await totp('code', [...flags(format), '--at', at], `${secret}\n`);
      rows.push({ ...format, secret, at, code });
    }
  }
  return rows;
}

test('codes are those of oathtool and of pyotp, in every format', async () => {
  const rows = await ourCodes();
  assert.equal(rows.length, 108);
  for (const { algorithm, digits, period, at, code } of rows) {
    const { stdout } = await run('oathtool', [
      `--totp=${algorithm.toLowerCase()}`, '--base32', `--digits=${digits}`, `--time-step-size=${period}s`, `--now=@${at}`, secret,
    ]);
    assert.equal(stdout.trim(), code, `oathtool ${algorithm} ${digits} ${period} ${at}`);
  }
  const theirs = await python(`${pyotp}print(json.dumps([totp(row).at(row["at"]) for row in rows]))`, rows);
  assert.deepEqual(rows.map(({ code }) => code), theirs);
  const verified = await python(`${pyotp}print(json.dumps([totp(row).verify(row["code"], row["at"]) for row in rows]))`, rows);
  assert.ok(verified.every(Boolean));
});

test('codes of pyotp and oathtool are verified, in the window and once', async () => {
  const at = 1700000000;
  const rows = formats.map((format) => ({ ...format, secret, at }));
  const codes = await python(`${pyotp}print(json.dumps([[totp(row).at(row["at"], step) for step in range(-2, 3)] for row in rows]))`, rows);
  for (const [i, format] of formats.entries()) {
    const step = Math.floor(at / format.period);
    for (const [j, code] of codes[i].entries()) {
      const verify = (...more) => cardea(['totp', 'verify', ...flags(format), '--at', at, '--json', ...more].map(String), { input: `${secret}\n${code}\n` });
      const { code: status, stdout } = await verify();
      const accepted = j >= 1 && j <= 3;
      assert.equal(status, accepted ? 0 : 1, stdout);
      if (accepted) assert.deepEqual(JSON.parse(stdout), { valid: true, step: step + j - 2 });
      if (accepted) assert.equal((await verify('--after', step + j - 2)).code, 1);
    }
  }
  const { stdout } = await run('oathtool', ['--totp', '--base32', `--now=@${at}`, secret]);
  assert.equal(await totp('verify', ['--at', at], `${secret}\n${stdout}`), `right, of step ${Math.floor(at / 30)}`);
});

const people = [
  { issuer: 'Secure App', account: 'alice@google.com' },
  { issuer: 'Ex:ample', account: 'a/b c+d&e' },
  { issuer: 'カルデア', account: 'été' },
];
const key = { algorithm: 'SHA256', digits: 8, period: 60 };

test('URIs are those of pyotp, and pyotp reads ours', async () => {
  const rows = people.flatMap((person) => [{ algorithm: 'SHA1', digits: 6, period: 30 }, key].map((format) => ({ ...format, ...person, secret })));
  const theirs = await python(`${pyotp}print(json.dumps([totp(row).provisioning_uri(row["account"], row["issuer"]) for row in rows]))`, rows);
  for (const [i, row] of rows.entries()) {
    const printed = await totp('qr', [...flags(row), '--issuer', row.issuer, '--account', row.account, '--json'], `${secret}\n`);
    assert.equal(JSON.parse(printed).uri, theirs[i]);
  }
  const made = JSON.parse(await totp('new', [...flags(key), '--issuer', 'Example', '--account', 'ada', '--json']));
  const [code] = await python('print(json.dumps([pyotp.parse_uri(row).at(1700000000) for row in rows]))', [made.uri]);
  assert.equal(code, await totp('code', [...flags(key), '--at', 1700000000], `${made.secret}\n`));
});

const scan = async (file) => (await run('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', file])).stdout.trimEnd();

/** The half blocks of a terminal as a picture: black and white pixels, eight for each module. */
function picture(blocks) {
  const scale = 8;
  const lines = blocks.replaceAll(/\x1b\[[0-9;]*m/g, '').split('\n').filter((line) => line !== '');
  const rows = lines.flatMap((line) => ['█▀', '█▄'].map((dark) => [...line].map((c) => dark.includes(c))));
  const pixels = rows.flatMap((row) => Array(scale).fill(row.flatMap((dark) => Array(scale).fill(dark ? 0 : 255))).flat());
  return Buffer.concat([Buffer.from(`P5\n${rows[0].length * scale} ${rows.length * scale}\n255\n`), Buffer.from(pixels)]);
}

test('zbarimg reads the QR code, as SVG in a browser and as blocks in a terminal', async (t) => {
  const folder = await temporaryFolder(t);
  const page = await newPage(await launch(t));
  for (const person of people) {
    const args = [...flags(key), '--issuer', person.issuer, '--account', person.account];
    const { uri } = JSON.parse(await totp('qr', [...args, '--json'], `${secret}\n`));

    await page.setContent(`<body style="margin:0"><div style="width:600px">${await totp('qr', [...args, '--svg'], `${secret}\n`)}</div>`);
    const drawn = join(folder, 'svg.png');
    await page.locator('svg').screenshot({ path: drawn });
    assert.equal(await scan(drawn), uri);

    const blocks = join(folder, 'blocks.pgm');
    await writeFile(blocks, picture(await totp('qr', args, `${secret}\n`)));
    assert.equal(await scan(blocks), uri);
  }
});
