-- SPDX-License-Identifier: Apache-2.0
-- wrk: signs in with a name and a password, again and again.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"email":"ada@example.com","password":"correct horse battery staple"}'
