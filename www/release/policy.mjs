// The Content-Security-Policy of the page, which allows only the page's own files. It is a meta element, because not
// every host can set headers. What only a header can set (who may frame the page) is left to the host.

import { createHash } from 'node:crypto';

/** Inline scripts, such as Trunk's loader. */
const INLINE = /<script(?![^>]*\ssrc\b)[^>]*>([^]*?)<\/script>/gi;

/** Returns the source expression of an inline script: the hash of its text. */
function named(script) {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/**
 * @param {string} html The page as it will be served.
 * @returns {string} The policy, without double quotes in it.
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
    // Strings cannot become code or markup. Only www/offline.js makes a trusted value: the address of the worker.
    "require-trusted-types-for 'script'",
    'trusted-types offline',
  ].join('; ');
}
