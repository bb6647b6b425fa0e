// The page runs and loads nothing but itself: its Content-Security-Policy, what the policy blocks, and that text from
// outside never becomes markup or code.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from './fixture.mjs';
import { natively, play } from './playing.mjs';
import { seal } from './records.mjs';
import { until } from './table.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** All directives of the policy, without the hashes of the scripts that are in the page itself. */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['offline'],
};

const download = async (url) => (await fetch(url)).text();

/** Returns the policy by its directives, and the hashes that were among them. */
function policyOf(html) {
  const [, content] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html) ?? [];
  assert.ok(content, 'the page has a policy');
  const hashes = [];
  const directives = content.split('; ').map((directive) => {
    const [name, ...values] = directive.split(' ');
    hashes.push(...values.filter((value) => value.startsWith("'sha")));
    return [name, values.filter((value) => !value.startsWith("'sha"))];
  });
  return { directives: Object.fromEntries(directives), hashes };
}

/** Returns the scripts of the page: the text of those in the page itself, and the addresses of the others. */
async function scriptsOf({ page }) {
  const scripts = await page.evaluate(() => [...document.scripts].map(({ src, textContent }) => ({ src, textContent })));
  return {
    inline: scripts.filter(({ src }) => !src).map(({ textContent }) => textContent),
    files: scripts.filter(({ src }) => src).map(({ src }) => src),
  };
}

test('The built page has a policy that allows its own files, the scripts in it by their hashes, and nothing else.', async (desk) => {
  const html = await download(desk.url);
  const { directives, hashes } = policyOf(html);
  assert.deepEqual(directives, POLICY);
  const { inline } = await scriptsOf(await desk.open());
  const expected = inline.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  assert.deepEqual(hashes, expected);
  // A policy applies only to what comes after it.
  const place = html.indexOf('http-equiv="Content-Security-Policy"');
  for (const tag of ['<script', '<link', '<style']) assert.ok(!html.slice(0, place).includes(tag), `${tag} before the policy`);
});

test('The markup of the built page has no code and no style in it.', async (desk) => {
  const html = await download(desk.url);
  for (const wrong of [/<[^>]*\son\w+\s*=/i, /<[^>]*\sstyle\s*=/i, /<style/i, /javascript:/i]) assert.doesNotMatch(html, wrong);
});

/** What turns text into markup or code, by its name in JavaScript and in web-sys. */
const SINKS = [
  /inner_?html/i,
  /outer_?html/i,
  /insert_?adjacent_?html/i,
  /set_?html_?unsafe/i,
  /\bdocument\s*\.\s*write/i,
  /create_?contextual_?fragment/i,
  /dom_?parser/i,
  /src_?doc\b/i,
  /\beval\s*\(/,
  /new Function\b/,
  /Function::new_(no|with)_args/,
];

function filesIn(folder) {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, path, name }) => join(parentPath ?? path, name));
}

test('Neither the sources nor the built scripts contain anything that turns text into markup or code.', async (desk) => {
  const sources = [...filesIn('src'), ...filesIn('www'), join(ROOT, 'index.html')];
  assert.ok(sources.length > 100, `${sources.length} sources`);
  const texts = sources.map((file) => [file, readFileSync(file, 'utf8')]);
  const { files } = await scriptsOf(await desk.open());
  const [, glue] = /import\(["'`]([^"'`]*blockers-[^"'`]*\.js)["'`]\)/.exec(await download(desk.url));
  for (const url of [...files, new URL(glue, desk.url).href]) texts.push([url, await download(url)]);
  const found = texts.flatMap(([name, text]) => SINKS.filter((sink) => sink.test(text)).map((sink) => `${name}: ${sink}`));
  assert.deepEqual(found, []);
});

/** Runs in the page before the program: records what the policy blocks. */
function noteViolations() {
  window.violations = [];
  window.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => window.violations.push(effectiveDirective));
}

/**
 * What injected code could try, and which directives may block it. Each runs in the page and gets the address of
 * another server; if it succeeds, `window.hit` is set, or the other server gets a request. While the developer tools
 * evaluate code in a page, `eval` is allowed, so the attack with `eval` runs later.
 */
const CODE = /^(require-trusted-types-for|script-src)/;
const ATTACKS = [
  [
    'a script with a text',
    CODE,
    () => {
      const script = document.createElement('script');
      script.append('window.hit = true');
      document.body.append(script);
    },
  ],
  [
    'a script of another server',
    CODE,
    (url) => {
      const script = document.createElement('script');
      script.src = url;
      document.body.append(script);
    },
  ],
  [
    'markup',
    CODE,
    () => {
      document.createElement('div').innerHTML = '<img src="icons/icon.svg" onload="window.hit = true">';
    },
  ],
  [
    'code in an attribute',
    CODE,
    () => {
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.hit = true');
      button.click();
    },
  ],
  [
    'eval',
    CODE,
    () =>
      setTimeout(() => {
        try {
          window.eval('window.hit = true');
        } catch {
          // This is what should happen.
        }
      }),
  ],
  ['a timer with a text', CODE, () => setTimeout('window.hit = true')],
  [
    'code in an address',
    CODE,
    () => {
      window.location.href = 'javascript:void (window.hit = true)';
    },
  ],
  ['a worker', /^(require-trusted-types-for|worker-src)/, (url) => new Worker(url)],
  ['a policy of its own', /^trusted-types/, () => window.trustedTypes.createPolicy('default', {})],
  ['a request', /^connect-src/, (url) => void fetch(url).catch(() => {})],
  ['a beacon', /^connect-src/, (url) => navigator.sendBeacon(url)],
  [
    'a picture',
    /^img-src/,
    (url) => {
      new Image().src = url;
    },
  ],
  [
    'a frame',
    /^frame-src/,
    (url) => {
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
    },
  ],
  [
    'a form',
    /^form-action/,
    (url) => {
      const form = document.createElement('form');
      form.action = url;
      document.body.append(form);
      form.submit();
    },
  ],
  [
    'a base',
    /^base-uri/,
    (url) => {
      const base = document.createElement('base');
      base.href = url;
      document.head.append(base);
    },
  ],
  [
    'a style',
    /^style-src/,
    () => {
      const style = document.createElement('style');
      style.append('body { display: none }');
      document.head.append(style);
    },
  ],
  ['a style in an attribute', /^style-src/, () => document.body.setAttribute('style', 'display: none')],
];

/** Starts another server, which counts its requests. */
async function serveOther(desk) {
  const other = { requests: 0 };
  const server = createServer((request, response) => {
    other.requests += 1;
    response.setHeader('Access-Control-Allow-Origin', '*').end('window.hit = true');
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  desk.atTheEnd(() => server.close().closeAllConnections());
  other.url = `http://127.0.0.1:${server.address().port}/other.js`;
  return other;
}

test('Everything that injected code could try is blocked, no other server gets a request, and the game goes on.', async (desk) => {
  const other = await serveOther(desk);
  const table = await desk.open({ before: noteViolations, noisy: true, strays: true });
  const { page } = table;
  const violations = () => page.evaluate(() => window.violations);
  for (const [what, directive, attack] of ATTACKS) {
    const before = (await violations()).length;
    // Some of them throw, as they should.
    await page.evaluate(attack, other.url).catch(() => {});
    const isBlocked = async () => (await violations()).slice(before).some((one) => directive.test(one));
    await until(isBlocked, `${what} to be blocked`);
  }
  assert.equal(other.requests, 0);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await table.failure.isVisible(), false);
  // Playwright would wait for the navigation that was blocked.
  await page.reload();
  await (await table.ready()).isPlayable();
});

test('The page sends requests only to its own server, and none while a game is played.', async (desk) => {
  const requests = [];
  const note = (page) => page.on('request', (request) => requests.push(request.url()));
  const game = await natively(desk, 7);
  const table = await desk.open({ query: '?seed=7', prepare: note });
  await table.page.waitForLoadState('networkidle');
  assert.ok(requests.length > 3, 'requests are seen');
  assert.deepEqual(requests.filter((url) => !url.startsWith(desk.url)), []);
  const before = requests.length;
  await play(table, game);
  assert.ok(game.over);
  await until(() => table.over.isVisible(), 'the end of the game');
  // The browser may load the icon of the tab at any time.
  assert.deepEqual(requests.slice(before).filter((url) => !url.includes('/icons/')), []);
});

const HOSTILE = [
  '<img src=x onerror="window.hit=1">',
  '"><script>window.hit=1</script>',
  "'-(window.hit=1)-'",
  '<svg/onload=window.hit=1>',
  '&lt;img src=x onerror=window.hit=1&gt;',
  'javascript:window.hit=1',
];

/** Checks that nothing was injected. If a text is given, the notice must show it. */
async function isText(table, text) {
  const { hit, injected, title } = await table.page.evaluate(() => ({
    hit: window.hit,
    injected: document.querySelectorAll('img, iframe, object, embed, base, main script, [role=alert] *').length,
    title: document.title,
  }));
  assert.deepEqual({ hit, injected, title }, { hit: undefined, injected: 0, title: 'Blockers' });
  if (text) assert.ok((await table.notice()).includes(text), `'${await table.notice()}' shows '${text}'`);
  assert.equal(await table.failure.isVisible(), false);
}

for (const text of HOSTILE) {
  test(`The text ${text} is never more than text: as a seed, a link, a record and a file.`, async (desk) => {
    // A notice quotes only the beginning of a text.
    const beginning = text.slice(0, 16);
    const asSeed = await desk.open({ query: `?seed=${encodeURIComponent(text)}` });
    await isText(asSeed, beginning);
    const asLink = await desk.open({ query: `#g=${encodeURIComponent(text)}` });
    await until(() => asLink.notice(), 'a notice');
    await isText(asLink);
    const stored = { 'blockers.sound': text, 'blockers.game.0': text, 'blockers.bests': seal(`${text.replaceAll(' ', '/')} 1`) };
    const asRecord = await desk.open({ stored });
    await isText(asRecord, beginning.replaceAll(' ', '/'));
    const file = { name: `${text.replaceAll('/', '')}.txt`, mimeType: 'text/plain', buffer: Buffer.from(text) };
    await asRecord.page.getByRole('button', { name: 'Dismiss' }).click();
    await until(async () => (await asRecord.notice()) === '', 'the notice to be closed');
    await asRecord.page.locator('#import-file').setInputFiles(file);
    await until(() => asRecord.notice(), 'a notice');
    await isText(asRecord);
    await asRecord.isPlayable();
  });
}
