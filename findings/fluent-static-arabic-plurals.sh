#!/usr/bin/env bash
# fluent-static chooses the wrong plural form for most Arabic numbers above 102, and for other languages as well.
#
# Packages:  fluent-static, intl_pluralrules (crates)
# Versions:  0.6.0, 7.0.2
# Behaviour: In Arabic the form depends on the last two digits: 3 to 10 are "few", and so are 103 to 110, 203 to 210
#            and so on. intl_pluralrules, from which fluent-static takes its rules, lost "the last two digits of"
#            where CLDR writes `n % 100` with a range, and "the last digit of" where it writes `n % 10`. In such rules
#            only small numbers are right. Arabic, Belarusian, Lithuanian, Latvian and Romanian are concerned. CLDR's
#            `i %` is right, and with it Russian and Polish. The Intl of JavaScript engines is right everywhere.
# Seen:      2026-11-30, Rust 1.95.0, Node.js 20.20.2:
#              ar 3: fluent-static few, Intl few
#              ar 11: fluent-static many, Intl many
#              ar 100: fluent-static other, Intl other
#              ar 103: fluent-static other, Intl few
#              ar 111: fluent-static other, Intl many
#              ar 211: fluent-static other, Intl many
#              ar: 873 of the numbers below 1000 are wrong, the first is 103
#              be: 798 of the numbers below 1000 are wrong, the first is 15
#              lt: 721 of the numbers below 1000 are wrong, the first is 22
#              lv: 81 of the numbers below 1000 are wrong, the first is 111
#              pl: 0 of the numbers below 1000 are wrong
#              ro: 171 of the numbers below 1000 are wrong, the first is 101
#              ru: 0 of the numbers below 1000 are wrong
# For us:    Players who read Arabic would be concerned: for 103 to 110, 203 to 210 and so on. In Spanish there are no
#            rules yet for the million. So the page has plural rules of its own, src/words/plurals.rs, and
#            tests/web/plurals.rs compares them with Intl.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export RUSTUP_TOOLCHAIN=1.95.0 CARGO_TARGET_DIR=$folder/target

mkdir src l10n
cat >Cargo.toml <<'TOML'
[package]
name = "try"
version = "0.0.0"
edition = "2024"

[dependencies]
fluent-static = "=0.6.0"
intl_pluralrules = "=7.0.2"
TOML
cat >l10n/ar.ftl <<'FTL'
form = { $number ->
    [zero] zero
    [one] one
    [two] two
    [few] few
    [many] many
   *[other] other
}
FTL
cat >src/main.rs <<'RUST'
use fluent_static::{MessageBundle, message_bundle};
use intl_pluralrules::{PluralRuleType, PluralRules};

#[message_bundle(resources = [("l10n/ar.ftl", "ar")], default_language = "ar")]
struct Words;

/// Prints the form of a message in Arabic, and the category of the whole numbers below 1000 in every language.
fn main() {
    let words = Words::get("ar").unwrap_or_default();
    for number in [3_u64, 11, 100, 103, 111, 211] {
        println!("message {number} {}", words.form(number));
    }
    for language in PluralRules::get_locales(PluralRuleType::CARDINAL) {
        let rules = PluralRules::create(language.clone(), PluralRuleType::CARDINAL).unwrap();
        for number in 0..1_000_u64 {
            println!("{language} {number} {}", format!("{:?}", rules.select(number).unwrap()).to_lowercase());
        }
    }
}
RUST
cat >compare.mjs <<'JS'
import { readFileSync } from 'node:fs';

const rows = readFileSync('categories.txt', 'utf8').trim().split('\n').map((line) => line.split(' '));
const intl = (language) => new Intl.PluralRules(language);
for (const [, number, form] of rows.filter(([what]) => what === 'message')) {
  console.log(`ar ${number}: fluent-static ${form}, Intl ${intl('ar').select(Number(number))}`);
}

for (const language of ['ar', 'be', 'lt', 'lv', 'pl', 'ro', 'ru']) {
  const rules = intl(language);
  const wrong = rows.filter(([name, number, form]) => name === language && rules.select(Number(number)) !== form);
  const first = wrong.length > 0 ? `, the first is ${wrong[0][1]}` : '';
  console.log(`${language}: ${wrong.length} of the numbers below 1000 are wrong${first}`);
}
JS
cargo build --quiet || { echo "Not tried: the program could not be built."; exit 2; }
target/debug/try >categories.txt
node compare.mjs | tee seen.txt

expected=$(cat <<'TEXT'
ar 3: fluent-static few, Intl few
ar 11: fluent-static many, Intl many
ar 100: fluent-static other, Intl other
ar 103: fluent-static other, Intl few
ar 111: fluent-static other, Intl many
ar 211: fluent-static other, Intl many
ar: 873 of the numbers below 1000 are wrong, the first is 103
be: 798 of the numbers below 1000 are wrong, the first is 15
lt: 721 of the numbers below 1000 are wrong, the first is 22
lv: 81 of the numbers below 1000 are wrong, the first is 111
pl: 0 of the numbers below 1000 are wrong
ro: 171 of the numbers below 1000 are wrong, the first is 101
ru: 0 of the numbers below 1000 are wrong
TEXT
)
[ "$(cat seen.txt)" = "$expected" ] || { echo "Changed: other numbers have the wrong plural form, or none."; exit 1; }
echo "As described."
