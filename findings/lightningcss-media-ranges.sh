#!/usr/bin/env bash
# Without targets, Lightning CSS rewrites media queries into a newer syntax, which older browsers ignore.
#
# Package:   lightningcss (npm; the crate 1.0.0-alpha.65 is the minifier of style sheets in trunk 0.21.14)
# Version:   1.30.2
# Behaviour: `@media (max-width: 420px)` becomes `@media (width <= 420px)`, even if the sheet is only parsed and printed
#            without minification. Safari understands that since version 16.4 and Chrome since 104, and a browser that
#            does not understand it ignores the whole block. Only with an explicit older target it stays as it is. trunk
#            sets no targets, and has no option for it.
# Seen:      2026-11-30, Node.js 20.20.2:
#              minified: @media (width<=420px){p{color:red}}
#              printed: @media (width <= 420px) {
#              for Safari 15.4: @media (max-width:420px){p{color:red}}
# For us:    www/release/sheets.mjs writes the older syntax back, and tests/browser/old-browsers.test.mjs checks the
#            served style sheet.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-audit --no-fund lightningcss@1.30.2 >/dev/null 2>&1 \
    || { echo "Not tried: the package could not be installed."; exit 2; }
cat >try.mjs <<'JS'
import { transform } from 'lightningcss';

const code = Buffer.from('@media (max-width: 420px) { p { color: red } }');
const written = (options) => String(transform({ filename: 'sheet.css', code, ...options }).code).split('\n')[0];
console.log(`minified: ${written({ minify: true })}`);
console.log(`printed: ${written({})}`);
console.log(`for Safari 15.4: ${written({ minify: true, targets: { safari: (15 << 16) | (4 << 8) } })}`);
JS
node try.mjs | tee seen.txt

{ grep -q '^minified: @media (width<=420px)' seen.txt && grep -q '^for Safari 15.4: @media (max-width:420px)' seen.txt; } \
    || { echo "Changed: without targets the media query stays as it is."; exit 1; }
echo "As described."
