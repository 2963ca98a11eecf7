#!/bin/bash
# The tutorial's first half: writes zoo.cfg, the logging configuration, java.env and myid from the ZK_ variables. What is
# only a warning is left to the second half, which says all of it; after a refusal there is none, so that is said here.
said=$(zk-entrypoint render --write 2>&1)
status=$?
while IFS= read -r line; do
  if [[ $status != 0 || ! $line =~ ^(warning|note)\  ]]; then printf '%s\n' "$line" >&2; fi
done <<<"$said"
exit "$status"
