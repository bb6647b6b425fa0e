/**
 * Runs in the page. Defines `window.contrastOf(element, root)`, which returns the contrast of an element's text, or of
 * its fill in a drawing, to the background behind it, as WCAG defines it. Backgrounds that let something through are
 * mixed. Without an opaque background in `root` it returns null: then what is behind `root` shows through.
 */
export function defineContrast() {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return { channels: [red, green, blue], alpha: alpha / 255 };
  };
  const over = ({ channels, alpha }, back) => channels.map((one, n) => one * alpha + back[n] * (1 - alpha));
  const luminance = (channels) => {
    const linear = channels.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  /** Returns what is behind the content of an element; null if nothing opaque is. */
  const behind = (element, root) => {
    const own = rgba(getComputedStyle(element).backgroundColor);
    if (own.alpha === 1) return own.channels;
    const back = element === root || !element.parentElement ? null : behind(element.parentElement, root);
    return back && over(own, back);
  };
  window.contrastOf = (element, root) => {
    const back = behind(element, root);
    if (!back) return null;
    const { color, fill } = getComputedStyle(element);
    const [dark, light] = [over(rgba(element instanceof SVGElement ? fill : color), back), back].map(luminance).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
}
