// Removes the English texts of panels from the page, because the program writes the texts of all elements when it
// starts, and these panels cannot open before that. The table keeps its texts: it is shown while the program loads. So
// do the panels behind `main`, which can open if the program does not start.

/** The first panel in `main`, and its end. */
const FIRST_PANEL = /<section [^>]*\bid="?over\b/;
const END = '</main>';

/** The text after the start tag of an element with a word. */
const TEXT = /(<\w+[^>]*\sdata-word=[^>]*>)[^<]+/g;

/** A label, in a start tag that says which one it is. */
const LABEL = /(<\w+(?=[^>]*\sdata-label=)[^>]*?)\saria-label=(?:"[^"]*"|[^\s">]+)/g;

/**
 * @param {string} html The page.
 * @returns {string} The page without the texts and labels that the program writes.
 */
export function withoutPanelTexts(html) {
  const [start, end] = [html.search(FIRST_PANEL), html.indexOf(END)];
  if (start < 0 || end < start) throw new Error('index.html has no section `over` in `main`.');
  const panels = html.slice(start, end).replace(TEXT, '$1').replace(LABEL, '$1');
  return html.slice(0, start) + panels + html.slice(end);
}
