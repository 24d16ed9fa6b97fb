# The developers' door. Everything here is a line or two over CMake presets and the scripts in tools/.
.PHONY: help run check test build bench format lint fuzz tsan crash reference clean
.DEFAULT_GOAL := help

help: ## Show this list
	@sed -nE 's/^([a-z]+): ## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

run: ## Build the release and start the server at http://localhost:8080
	./run

check: ## Build and run the unit tests; needs no service
	tools/build dev unit_tests
	ctest --test-dir build/dev -L unit --parallel 2 --output-on-failure

test: ## Run every test: unit, lints, integration, browser
	./test

build: ## Build everything, debug
	tools/build dev

bench: ## Measure the server against its peers (docs/performance.md)
	tools/install-packages bench && tools/build release cardea
	bench/run --write

format: ## Lay out every C++ file
	tools/check-format -i

lint: ## Floors, coroutine forms, clock, foreign headers, layout, clang-tidy
	tools/install-packages test dev && tools/build dev
	ctest --test-dir build/dev -L lint --parallel 2 --output-on-failure
	tools/tidy

fuzz: ## Run every fuzzer for a minute
	tools/fuzz 60

tsan: ## Build and run the unit tests under ThreadSanitizer
	tools/build tsan unit_tests
	ctest --test-dir build/tsan -L unit --parallel 2 --output-on-failure --no-tests=error

crash: ## Kill the stores and the server 50 times under load, and look for what they had acknowledged
	tools/prepare build test && tools/build dev store_crash_test crash_server
	CARDEA_CRASH_ROUNDS=50 ctest --test-dir build/dev -R '^(store_crash_test|crash)\.' --output-on-failure --no-tests=error

reference: ## Write the C++ reference from the headers to build/reference/html
	tools/install-packages reference && mkdir -p build/reference
	doxygen docs/Doxyfile

clean: ## Remove what was built
	rm -rf build
