// SPDX-License-Identifier: Apache-2.0
// The peer of examples/jwt_api: an HS256 token in the Authorization header, by jsonwebtoken on Express.
const { randomBytes, scryptSync, timingSafeEqual } = require('node:crypto');
const express = require('express');
const jwt = require('jsonwebtoken');

const secret = '0123456789abcdef0123456789abcdef';
const users = new Map();
const app = express();
app.use(express.json());

app.post('/register', (request, response) => {
  const salt = randomBytes(16);
  users.set(request.body.username, { salt, hash: scryptSync(request.body.password, salt, 32) });
  response.status(201).json({ message: `User ${request.body.username} created successfully` });
});

app.post('/login', (request, response) => {
  const user = users.get(request.body.username);
  if (!user || !timingSafeEqual(user.hash, scryptSync(request.body.password, user.salt, 32))) {
    return response.status(401).json({ detail: 'Invalid credentials' });
  }
  const access_token = jwt.sign({ sub: request.body.username }, secret, { algorithm: 'HS256', expiresIn: '24h' });
  return response.json({ access_token, token_type: 'bearer' });
});

app.get('/profile', (request, response) => {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  try {
    if (scheme !== 'Bearer') throw new Error('no token');
    const { sub } = jwt.verify(token, secret, { algorithms: ['HS256'] });
    if (!users.has(sub)) throw new Error('user not found');
    return response.json({ username: sub, message: 'This is your private profile' });
  } catch {
    return response.status(401).json({ detail: 'Could not validate credentials' });
  }
});

app.listen(Number(process.argv[2]), '127.0.0.1');
