// See Sources/README.md for what belongs into this module.
