# Two commands matter: `make run` and `make test`. Both set up what they need first.
TARGET := $(or $(CARGO_TARGET_DIR),target)
SERVER := $(TARGET)/load/fluxer

TOOLCHAIN := $(or $(RUSTUP_TOOLCHAIN),$(shell scripts/toolchain))
ifneq ($(TOOLCHAIN),)
export RUSTUP_TOOLCHAIN := $(TOOLCHAIN)
endif

.DEFAULT_GOAL := help
.PHONY: help setup run server fluxrig release test check fmt bench bench-rig fuzz clean web web-api screenshots

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: ## build and start the platform on http://localhost:8080, data in ./data (ARGS="…" goes to `fluxer serve`)
	@scripts/setup run
	@scripts/build-web
	@echo "building the server (the first time takes some minutes)"
	@cargo build --profile load -p fluxer-server --locked
	@exec $(SERVER) serve $(ARGS)

test: setup ## everything: format, lints, arrows, licences, unit tests, black-box suite, bot, crash test
	@scripts/test

check: setup ## the quick half: format, lints, arrows, licences
	@scripts/test fmt arrows-self-test arrows licences clippy

bench: server ## measure the budgets of ARCHITECTURE.md (BENCH="…" picks some); bench/RESULTS.md says how to read it
	@cargo build --profile load -p bench --locked
	@$(TARGET)/load/bench --server $(SERVER) $(or $(BENCH),all)

bench-rig: fluxrig ## measure a switch of the rig: rack, hosts and terminals on this machine (BENCH="…" are flags of bench/rig.py)
	@bench/rig.py --binary $(TARGET)/load/fluxrig $(BENCH)

fuzz: setup ## fuzz for a minute per target (needs nightly and cargo-fuzz; without them a random smoke run)
	@scripts/fuzz

server: ## only the server, optimised
	@scripts/setup run
	@scripts/build-web
	@cargo build --profile load -p fluxer-server --locked

fluxrig: ## the message-orchestration engine, optimised: a rack and its tools in one program
	@cargo build --profile load -p rig-cli --locked
	@ls -l $(TARGET)/load/fluxrig

release: ## the binary to hand out: slower to build, smaller and faster
	@scripts/setup run
	@scripts/build-web
	@cargo build --release -p fluxer-server --locked
	@ls -l $(TARGET)/release/fluxer

web: ## only the web client, into web/dist
	@scripts/setup run
	@scripts/build-web

web-api: server ## web/src/api/{schemas,routes}.ts, from the server's own description
	@scripts/with-server $(SERVER) scripts/web-api

screenshots: server setup ## every page in three widths, light and dark, into web/screenshots
	@scripts/with-server $(SERVER) node web/tests/screenshots.mjs

fmt: ## format the source
	@cargo fmt --all
	@cd web && npm run --silent fix

setup:
	@scripts/setup

clean: ## remove what was built (not ./data)
	@cargo clean
	@rm -rf .venv web/dist web/node_modules
