// The texts of the page, in the files of the languages and in the page.

import { readFileSync } from 'node:fs';

/** Returns the messages of a language that are one line each. */
export function messagesOf(language) {
  const text = readFileSync(new URL(`../../l10n/${language}.ftl`, import.meta.url), 'utf8');
  return Object.fromEntries([...text.matchAll(/^([a-z-]+) = (.+)$/gm)].map(([, key, words]) => [key, words]));
}

/** Returns the text of every element that has a fixed one, by its key. */
export const fixedWords = (page) =>
  page.evaluate(() => [
    ...[...document.querySelectorAll('[data-word]')].map(({ dataset, textContent }) => [dataset.word, textContent]),
    ...[...document.querySelectorAll('[data-label]')].map(({ dataset, ariaLabel }) => [dataset.label, ariaLabel]),
  ]);
