#!/bin/bash
# Runs a ZooKeeper once, from its start to its end, and keeps the classes that it loads in a class-data archive.
# The environment is that of `zk-entrypoint start`. CERTIFICATES is a folder with tls.crt, tls.key and ca.crt, or - for a
# server without TLS.
# Usage: archive.sh ARCHIVE CERTIFICATES
set -euo pipefail
archive=$1 certificates=$2 program=${ZK_ENTRYPOINT:-zk-entrypoint}
said=$(mktemp)

fail() {
  echo "build: $*: $(tail -n 5 "$said")" >&2
  exit 1
}
if [ "$certificates" != - ]; then export ZK_CLIENT_TLS_DIR=$certificates ZK_CLIENT_TLS=both; fi
rm -f "$archive"
JVMFLAGS="-XX:ArchiveClassesAtExit=$archive" "$program" start >"$said" 2>&1 &
supervisor=$!
for _ in $(seq 300); do
  if "$program" ready >/dev/null 2>&1; then break; fi
  kill -0 "$supervisor" 2>/dev/null || break
  sleep 0.1
done
"$program" ready >/dev/null || fail 'ZooKeeper does not start'
"$program" status >/dev/null || fail 'ZooKeeper does not serve'
"$program" sanity >/dev/null || fail 'ZooKeeper does not answer clients'
kill -TERM "$supervisor"
wait "$supervisor" || fail 'ZooKeeper does not stop'
[ -s "$archive" ] || fail 'no class-data archive was made'
# What it was made for: the start uses it with this JVM and these jars alone.
library=$(dirname "$(dirname "$(readlink -f "$JAVA_HOME/bin/java")")")/lib/server/libjvm.so
stat -Lc '%s %Y %n' "$library" "$ZK_HOME"/lib/*.jar >"$archive.for"
rm -f "$said"
