-- SPDX-License-Identifier: Apache-2.0
-- wrk: twenty people sign in by turns with a name and a password, again and again.
wrk.headers["Content-Type"] = "application/json"

local people, turn = 20, 0

function request()
   turn = turn % people + 1
   local body = '{"email":"ada' .. turn .. '@example.com","password":"correct horse battery staple"}'
   return wrk.format("POST", nil, nil, body)
end
