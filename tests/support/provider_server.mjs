// SPDX-License-Identifier: Apache-2.0
// `cardea serve` with real OpenID providers beside it.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clientId, clientSecret, startProvider } from './openid_provider.mjs';
import { freePort, startServer, temporaryFolder } from './server.mjs';

function entry(id, issuer, trustEmail) {
  return `[[providers]]\nid = "${id}"\nname = "The ${id}"\nissuer = "${issuer}"\n`
    + `client_id = "${clientId}"\nclient_secret_file = "secret"\ntrust_email = ${trustEmail}\n`;
}

/** A configuration file for these providers, and the file of their secret. */
export async function writeConfig(t, providers, lines = '', trustEmail = true) {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'client.secret'), `${clientSecret}\n`, { mode: 0o600 });
  const entries = Object.entries(providers).map(([id, issuer]) => entry(id, issuer, trustEmail)).join('\n');
  const file = join(folder, 'cardea.toml');
  const text = `${lines}\n[fetch]\nallowed_networks = ["127.0.0.0/8"]\n\n${entries}`;
  await writeFile(file, text.replaceAll('"secret"', `"${join(folder, 'client.secret')}"`));
  return file;
}

/** The server, with a provider for each id. Returns { server, url, providers }. */
export async function startWithProviders(t, { ids = ['staff'], lines = '', settings = {}, trustEmail = true } = {}) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const providers = {};
  for (const id of ids) {
    providers[id] = await startProvider(t, { redirectUri: `${url}/login/${id}/callback`, settings });
  }
  const issuers = Object.fromEntries(ids.map((id) => [id, providers[id].issuer]));
  const config = await writeConfig(t, issuers, lines, trustEmail);
  const server = await startServer(t, { port, args: ['--config', config] });
  return { server, url, providers };
}
