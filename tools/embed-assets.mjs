// SPDX-License-Identifier: Apache-2.0
// Prepares browser assets for embedding: node tools/embed-assets.mjs OUT_DIR FUNCTION NAME=FILE[+FILE ...] ...
//
// Every file gets a fingerprint in its address (/assets/style-3f9a0c21d4e5.css), so browsers may keep it for ever,
// and lies in OUT_DIR as it is and compressed with brotli and gzip where that is smaller. assets.S takes the bytes
// into the program, assets.cc defines FUNCTION (`cardea::server::assets`), which returns the table. A style sheet's
// url(NAME) of another asset becomes that asset's address; those stand before it. A picture that it carries as a data:
// URL becomes an asset as well. Files that did not change are left alone, so that nothing is compressed or compiled
// twice. Several files of one name stand behind each other in it.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const types = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
};

// What stands in a package, and what we make of it. Our pages load nothing from another host: an image of no bytes makes
// Redoc leave its logo out. MVP.css is dark where the page asks by an attribute of its own; ours follow the browser.
const changes = {
    "redoc.standalone.js": ["https://cdn.redoc.ly/redoc/logo-mini.svg", "data:,"],
    "mvp.css": [':root[color-mode="user"] {', ":root {\n    color-scheme: dark;"],
};

const [outDir, functionName, ...inputs] = process.argv.slice(2);
// Of the symbols, so that two tables go into one program: "cardea_identity_assets".
const prefix = functionName.replaceAll("::", "_");
mkdirSync(outDir, { recursive: true });
const assets = [];
for (const input of inputs) {
    const [name, files] = input.split("=", 2);
    assets.push(prepare(name, Buffer.concat(files.split("+").map((file) => readFileSync(file)))));
}
write("assets.S", assembly());
write("assets.cc", table());

function prepare(name, source) {
    const type = types[extname(name)];
    if (!type) {
        throw new Error(`${name}: no content type for ${extname(name)}; add one to tools/embed-assets.mjs`);
    }
    const changed = change(name, source);
    const bytes = extname(name) === ".css" ? linkUrls(name, changed) : changed;
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
    const address = `/assets/${name.slice(0, -extname(name).length)}-${hash}${extname(name)}`;
    return { name, type, hash, address, parts: compressed(name, hash, bytes) };
}

/** Only addresses of our own assets are rewritten; the style sheets of npm packages name none. */
function linkUrls(name, css) {
    const stem = name.slice(0, -extname(name).length);
    return Buffer.from(
        css
            .toString("utf8")
            .replace(/url\("data:image\/svg\+xml,([^"]+)"\)/g, (_, svg) => `url("${picture(stem, decodeURIComponent(svg))}")`)
            .replace(/url\("([^":]+)"\)/g, (all, other) => {
                const asset = assets.find((one) => one.name === other);
                return asset ? `url("${asset.address}")` : all;
            }),
    );
}

/** The policy of our pages takes images from their own origin alone, so what a style sheet carries gets an address. */
function picture(stem, svg) {
    const bytes = Buffer.from(svg);
    const known = assets.find((asset) => asset.source?.equals(bytes));
    if (known) {
        return known.address;
    }
    const number = assets.filter((asset) => asset.source).length + 1;
    const asset = { ...prepare(`${stem}-${number}.svg`, bytes), source: bytes };
    assets.push(asset);
    return asset.address;
}

function change(name, source) {
    if (!changes[name]) {
        return source;
    }
    const [there, instead] = changes[name];
    const text = source.toString("utf8");
    if (!text.includes(there)) {
        throw new Error(`${name} has no ${there} any more: look what it is like now`);
    }
    return Buffer.from(text.replaceAll(there, instead));
}

/** File names of the encodings, by ending; null where compressing does not pay. */
function compressed(name, hash, bytes) {
    const parts = {};
    const make = {
        identity: () => bytes,
        br: () =>
            brotliCompressSync(bytes, {
                params: {
                    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
                    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
                },
            }),
        gzip: () => gzipSync(bytes, { level: 9 }),
    };
    for (const [coding, encode] of Object.entries(make)) {
        const file = join(outDir, `${name}-${hash}.${coding}`);
        if (!existsSync(file)) {
            writeFileSync(file, encode());
        }
        const size = readFileSync(file).length;
        parts[coding] = coding === "identity" || size < bytes.length * 0.95 ? file : null;
    }
    return parts;
}

function* symbols() {
    for (const [number, asset] of assets.entries()) {
        for (const [coding, file] of Object.entries(asset.parts)) {
            if (file) {
                yield { symbol: `${prefix}_${number}_${coding}`, file };
            }
        }
    }
}

function assembly() {
    const lines = ["    .section .rodata"];
    for (const { symbol, file } of symbols()) {
        lines.push(
            `    .global ${symbol}, ${symbol}_end`,
            `    .hidden ${symbol}, ${symbol}_end`,
            `${symbol}:`,
            `    .incbin ${JSON.stringify(file)}`,
            `${symbol}_end:`,
        );
    }
    return [...lines, '    .section .note.GNU-stack,"",@progbits', ""].join("\n");
}

function table() {
    const [, namespace, name] = functionName.match(/^(.*)::([^:]+)$/);
    const part = (number, coding) =>
        assets[number].parts[coding]
            ? `{${prefix}_${number}_${coding}, ${prefix}_${number}_${coding}_end}`
            : "{}";
    const rows = assets.map(
        ({ name: asset, type, hash, address }, number) =>
            `    {"${asset}", "${address}", "${type}", "${hash}",\n` +
            `     ${part(number, "identity")}, ${part(number, "br")}, ${part(number, "gzip")}},`,
    );
    return `// Made by tools/embed-assets.mjs.
#include "cardea/web/assets.h"

extern "C" {
${[...symbols()].map(({ symbol }) => `extern const char ${symbol}[];\nextern const char ${symbol}_end[];`).join("\n")}
}

namespace ${namespace} {
std::span<const cardea::web::Asset> ${name}();

std::span<const cardea::web::Asset> ${name}() {
    static const cardea::web::Asset table[] = {
${rows.join("\n")}
    };
    return table;
}
}  // namespace ${namespace}
`;
}

function write(name, text) {
    const file = join(outDir, name);
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
        writeFileSync(file, text);
    }
}
