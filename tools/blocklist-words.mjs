// SPDX-License-Identifier: Apache-2.0
// Writes the common passwords of the npm package @zxcvbn-ts/language-common (MIT), one a line:
//     node tools/blocklist-words.mjs FILE
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../web/package.json", import.meta.url));
const words = require("@zxcvbn-ts/language-common").dictionary["passwords-common"];
if (words.length < 40_000) {
    throw new Error(`@zxcvbn-ts/language-common has only ${words.length} passwords: look what became of them`);
}
writeFileSync(process.argv[2], words.join("\n") + "\n");
