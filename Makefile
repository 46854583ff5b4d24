# canvasrun: make run, make test. See README.md.

SWIFT ?= swift
PREFIX ?= /usr/local
SCRIPT ?=
ARGUMENTS ?=
SECONDS ?= 30
SEED ?= 1
TARGET ?=
T262 ?= test262
QJS ?=

PROGRAM := .build/release/canvasrun
BUILD := $(SWIFT) build -c release --static-swift-stdlib --product canvasrun
PACKAGES := pkg-config libfreetype-dev libharfbuzz-dev libpng-dev zlib1g-dev libfontconfig-dev libfribidi-dev \
  libjpeg62-turbo-dev libwebp-dev libexpat1-dev fonts-dejavu-core

.PHONY: run build test fuzz test262 wpt measure-text bench bench-memory pictures format install uninstall dependencies clean

## run: draw SCRIPT (out/NAME.png), or every example as a gallery (out/gallery/index.html)
run: build
	@mkdir -p out
ifeq ($(SCRIPT),)
	$(PROGRAM) batch examples -o out/gallery $(ARGUMENTS)
else
	$(PROGRAM) "$(SCRIPT)" -o "out/$(basename $(notdir $(SCRIPT))).png" $(ARGUMENTS)
	@echo "out/$(basename $(notdir $(SCRIPT))).png"
endif

## build: the program, optimised, with Swift's library inside
build: dependencies
	$(BUILD)

## test: the unit tests, then scripts, pictures and the command line through the optimised program
test: build fuzz
	CANVASRUN="$(CURDIR)/$(PROGRAM)" FONTCONFIG_FILE="$(CURDIR)/Tests/fonts.conf" $(SWIFT) test

## fuzz: mutated scripts, patterns, JSON, numbers and fonts, SECONDS each; SEED chooses the cases
fuzz: dependencies
	$(SWIFT) build -c release --static-swift-stdlib --product fuzz
	.build/release/fuzz $(TARGET) --seconds $(SECONDS) --seed $(SEED)

## test262: the conformance suite of ECMAScript in the checkout T262=DIR, against the list of known failures
test262: build
	python3 Tests/Conformance/test262.py --program $(PROGRAM) --test262 "$(T262)" $(ARGUMENTS)

## bench-memory: what an animation of a million frames keeps
bench-memory: build
	python3 Tests/Benchmarks/memory.py --program $(PROGRAM) $(ARGUMENTS)

## wpt: the canvas pages of a web-platform-tests checkout, WPT=DIR; known failures are listed with their reasons
wpt: build
	@test -n "$(WPT)" || { echo "make wpt WPT=DIR: DIR is a checkout of web-platform-tests"; exit 2; }
	python3 Tests/Conformance/wpt.py --program $(PROGRAM) --wpt "$(WPT)" $(ARGUMENTS)

## bench: how long start-up and the examples take, phase by phase; with QJS=PATH the language against QuickJS
bench: build
	python3 Tests/Benchmarks/bench.py --program $(PROGRAM) $(if $(QJS),--quickjs "$(QJS)") $(ARGUMENTS)

## measure-text: measureText held against Chromium's, on 500 texts x 12 fonts x 5 sizes (needs chromium and the Noto fonts)
measure-text: build
	python3 Tests/Conformance/measure-text/compare.py --program $(PROGRAM) $(ARGUMENTS)

## pictures: the small pictures of the gallery page
pictures: build
	@mkdir -p examples/pictures
	for script in examples/*.cvs; do \
	  $(PROGRAM) "$$script" --quality 0.85 -o "examples/pictures/$$(basename "$$script" .cvs).jpg" || exit 1; \
	done

## format: lay out all Swift sources
format:
	$(SWIFT) format --in-place --parallel --recursive Sources Tests Package.swift

## install: the program, its manual page and shell completions below PREFIX
install: build
	install -D -m 755 $(PROGRAM) "$(DESTDIR)$(PREFIX)/bin/canvasrun"
	strip "$(DESTDIR)$(PREFIX)/bin/canvasrun"
	install -D -m 644 man/canvasrun.1 "$(DESTDIR)$(PREFIX)/share/man/man1/canvasrun.1"
	mkdir -p "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	$(PROGRAM) --generate-completion-script bash > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/canvasrun"
	$(PROGRAM) --generate-completion-script zsh > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_canvasrun"
	$(PROGRAM) --generate-completion-script fish > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/canvasrun.fish"

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/canvasrun" "$(DESTDIR)$(PREFIX)/share/man/man1/canvasrun.1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/canvasrun" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_canvasrun" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/canvasrun.fish"

## dependencies: installs the Debian packages that are missing
dependencies:
	@missing=""; \
	for package in $(PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing:$$missing"; \
	  if [ "$$(id -u)" = 0 ]; then as_root=""; else as_root="sudo"; fi; \
	  $$as_root apt-get update -q && DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -q --no-install-recommends $$missing; \
	fi

clean:
	rm -rf .build out
