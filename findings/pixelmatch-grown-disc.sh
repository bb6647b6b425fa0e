#!/usr/bin/env bash
# pixelmatch finds no difference between a smooth disc and one that is a whole pixel larger all around.
#
# Package:   pixelmatch (npm)
# Version:   7.2.0
# Behaviour: By default the library leaves out pixels that it takes for anti-aliasing. It decides that for each pixel
#            by its neighbours, and looks for anti-aliasing in either picture. The whole edge of a curved shape
#            qualifies, so the shape may grow or move by a pixel without a single pixel being counted, although
#            hundreds of pixels turn from white to black. `threshold: 0` does not help, because the exclusion is
#            independent of it. `includeAA: true` counts the pixels.
# Seen:      2026-11-30, Node.js 20.20.2:
#              radius 40 and 41: 516 pixels are not equal, by up to 254 of 255 levels
#              threshold 0.1: 0 pixels differ
#              threshold 0: 0 pixels differ
#              threshold 0.1, includeAA: 460 pixels differ
# For us:    tests/browser/pictures.mjs compares pictures of the page with the default. It notices a wrong colour, a
#            missing part and a straight edge that moved. The size and place of what is drawn are checked as numbers,
#            in tests/view/ and tests/browser/layout.mjs.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --loglevel=error pixelmatch@7.2.0 >npm.log 2>&1 \
    || { cat npm.log; echo "Not tried: the package could not be installed."; exit 2; }

cat >try.mjs <<'JS'
import pixelmatch from 'pixelmatch';

const SIDE = 100;

/** A black disc on white. The pixels on its edge are grey by how much of them it covers. */
function disc(radius) {
  const picture = new Uint8Array(SIDE * SIDE * 4);
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const outside = Math.hypot(x - (SIDE - 1) / 2, y - (SIDE - 1) / 2) - radius;
      const grey = Math.round(255 * Math.min(1, Math.max(0, outside + 0.5)));
      picture.set([grey, grey, grey, 255], (y * SIDE + x) * 4);
    }
  }
  return picture;
}

const [small, large] = [disc(40), disc(41)];
const distances = small.map((level, place) => Math.abs(level - large[place])).filter((_, place) => place % 4 === 0);
const unequal = distances.filter((distance) => distance > 0);
console.log(`radius 40 and 41: ${unequal.length} pixels are not equal, by up to ${Math.max(...unequal)} of 255 levels`);
const compare = (options) => pixelmatch(small, large, null, SIDE, SIDE, options);
console.log(`threshold 0.1: ${compare({})} pixels differ`);
console.log(`threshold 0: ${compare({ threshold: 0 })} pixels differ`);
console.log(`threshold 0.1, includeAA: ${compare({ includeAA: true })} pixels differ`);
JS
node try.mjs | tee seen.txt

expected='radius 40 and 41: 516 pixels are not equal, by up to 254 of 255 levels
threshold 0.1: 0 pixels differ
threshold 0: 0 pixels differ
threshold 0.1, includeAA: 460 pixels differ'
[ "$(cat seen.txt)" = "$expected" ] || { echo "Changed: pixelmatch counts other pixels than it did."; exit 1; }
echo "As described."
