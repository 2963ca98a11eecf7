#!/bin/bash
# Runs once inside the image while it is built: puts everything where the
# tutorial expects it, owned so that uid 1000 and any uid of group 0 can work,
# and makes what lets the first start be as fast as the second.
set -euo pipefail
home=/opt/zookeeper program=/usr/local/lib/zk-entrypoint

fail() {
  echo "build: $*" >&2
  exit 1
}
ls "$home"/lib/zookeeper-[0-9]*.jar >/dev/null 2>&1 ||
  fail "no lib/zookeeper-<version>.jar in the ZooKeeper that was handed in: stage one with scripts/build-image"

# ZooKeeper's own zkServer.sh gives its name to ours, which hands on to it; its
# scripts look for zkEnv.sh in ../libexec or beside themselves.
mkdir -p "$home/libexec"
mv "$home/bin/zkServer.sh" "$home/libexec/"
ln "$home/bin/zkEnv.sh" "$home/libexec/zkEnv.sh"
cp "$home"/bin.drop-in/* "$home/bin/"
rm -rf "$home/bin.drop-in"
chmod 0755 "$home"/bin/* "$home"/libexec/*

# This Node knows the flag, so not even its first moments open its debugger on SIGUSR1.
sed -i '1s|.*|#!/usr/local/bin/node --disable-sigusr1|' "$program/bin/zk-entrypoint"
ln -s "$program/bin/zk-entrypoint" /usr/local/bin/zk-entrypoint

# Where the tutorial looks for the configuration; it has log4j's name for the logging there.
mkdir -p /usr/etc/zookeeper
ln -s "$home/conf/zoo.cfg" /usr/etc/zookeeper/zoo.cfg
ln -s "$home/conf/java.env" /usr/etc/zookeeper/java.env
logging=logback.xml
if ! ls "$home"/lib/logback-classic*.jar >/dev/null 2>&1; then logging=log4j.properties; fi
ln -s "$home/conf/$logging" /usr/etc/zookeeper/log4j.properties

mkdir -p /var/lib/zookeeper/data /var/lib/zookeeper/log /var/log/zookeeper
rm -rf "$home/conf"
mkdir -p "$home/conf"

# A class-data archive of what a server loads from its start to its end, and the code of the program, compiled.
export ZK_REPLICAS=1 POD_NAME=zk-0 ZK_HEAP_SIZE=128m ZK_USER=root ZK_TERMINATION_LOG=/tmp/termination
archive=$home/lib/zookeeper.jsa
JVMFLAGS="-XX:ArchiveClassesAtExit=$archive" zk-entrypoint start >/tmp/start.log 2>&1 &
supervisor=$!
for _ in $(seq 300); do
  if zk-entrypoint ready >/dev/null 2>&1; then break; fi
  kill -0 "$supervisor" 2>/dev/null || break
  sleep 0.1
done
zk-entrypoint ready >/dev/null || fail "ZooKeeper does not start: $(tail -n 5 /tmp/start.log)"
zk-entrypoint status >/dev/null || fail "ZooKeeper does not serve: $(tail -n 5 /tmp/start.log)"
zk-entrypoint sanity >/dev/null || fail "ZooKeeper does not answer clients: $(tail -n 5 /tmp/start.log)"
kill -TERM "$supervisor"
wait "$supervisor" || fail "ZooKeeper does not stop: $(tail -n 5 /tmp/start.log)"
[ -s "$archive" ] || fail "no class-data archive was made: $(grep -m 3 -iE 'cds|archive' /tmp/start.log)"
stat -Lc "%s %Y %n" "$(dirname "$(dirname "$(readlink -f "$JAVA_HOME/bin/java")")")/lib/server/libjvm.so" "$home"/lib/*.jar >"$archive.for"

# Node keeps compiled code by uid and for its owner alone; the container runs as 1000.
for cache in "$program"/dist/.compile-cache/*-0; do ln -s "${cache##*/}" "${cache%-0}-1000"; done
chmod -R a+rX "$program/dist/.compile-cache"

# What is inside, for whoever has to know when one of it has a hole: CycloneDX, https://cyclonedx.org
mkdir -p /usr/share/sbom
node /tmp/sbom/sbom.ts >/usr/share/sbom/zk-entrypoint.cdx.json

rm -rf /tmp/* "$home"/conf/* /var/lib/zookeeper/data /var/lib/zookeeper/log /var/log/zookeeper/*
mkdir -p /var/lib/zookeeper/data /var/lib/zookeeper/log
# The tutorial removes a probe from bin/ as the container's user to see it fail.
chown -R 1000:0 /var/lib/zookeeper /var/log/zookeeper "$home/conf"
chown 1000:0 "$home/bin"
chmod -R g=u /var/lib/zookeeper /var/log/zookeeper "$home/conf"
chmod 0775 "$home/bin"
