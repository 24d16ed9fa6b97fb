// SPDX-License-Identifier: Apache-2.0
// The peer of examples/cookie_sessions and server_sessions: express-session with its store in memory.
const express = require('express');
const session = require('express-session');

const app = express();
app.use(session({
  secret: '0123456789abcdef0123456789abcdef',
  resave: false,
  saveUninitialized: false,
  cookie: { httpOnly: true, sameSite: 'lax', maxAge: 14 * 24 * 60 * 60 * 1000 },
}));

app.post('/login', (request, response) => {
  request.session.regenerate(() => {
    request.session.username = request.query.username;
    response.redirect(303, '/profile');
  });
});

app.get('/profile', (request, response) => {
  if (!request.session.username) return response.status(401).json({ detail: 'Not authenticated' });
  return response.json({ message: `Welcome, ${request.session.username}!` });
});

app.listen(Number(process.argv[2]), '127.0.0.1');
