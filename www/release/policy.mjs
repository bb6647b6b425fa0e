// The page's Content-Security-Policy. The page needs its own files and nothing else, so nothing else is allowed; it stands in
// the page itself, because not every host lets one set headers. What only a header can say (who may frame the page) is left
// to the host.

import { createHash } from 'node:crypto';

/** The scripts that stand in the page and not in a file: trunk's loader is one. */
const INLINE = /<script(?![^>]*\ssrc\b)[^>]*>([^]*?)<\/script>/gi;

/** How a policy names a script that stands in the page: by what it says, to the letter. */
function named(script) {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/**
 * @param {string} html The page as it will be served.
 * @returns {string} The policy, for an attribute in double quotes.
 */
export function policyFor(html) {
  const inline = [...html.matchAll(INLINE)].map(([, script]) => named(script));
  return [
    "default-src 'none'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...inline].join(' '),
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    // No text becomes code or markup; www/offline.js, which needs an address for the worker, may vouch for that one.
    "require-trusted-types-for 'script'",
    'trusted-types offline',
  ].join('; ');
}
