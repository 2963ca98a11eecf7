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

# ZooKeeper's own scripts give their names to ours, which hand on to them; they look for zkEnv.sh in ../libexec.
mkdir -p "$home/libexec"
ln "$home/bin/zkEnv.sh" "$home/libexec/zkEnv.sh"
for own in "$home"/bin/zk*.sh; do
  name=${own##*/}
  if [ "$name" = zkEnv.sh ]; then continue; fi
  mv "$own" "$home/libexec/"
  if [ ! -e "$home/bin.drop-in/$name" ]; then ln -s zkTool.sh "$home/bin.drop-in/$name"; fi
done
cp -P "$home"/bin.drop-in/* "$home/bin/"
cp "$home"/libexec.drop-in/* "$home/libexec/"
rm -rf "$home"/*.drop-in
chmod 0755 "$home"/bin/* "$home"/libexec/*.sh

# In front of the probes and of the shells that a container's command names; each says why.
front=/usr/local/lib/zk-entrypoint/first-on-path
chmod 0755 "$front"/*
for name in zkOk.sh zookeeper-ready zk-live zk-ready; do ln -s "$front/probe" "/usr/local/bin/$name"; done
for name in sh bash; do ln -s "$front/sh" "/usr/local/bin/$name"; done
# What manifests of other images call, so that they may keep their command and their probes (docs/move-in.md).
others=/usr/local/lib/zk-entrypoint/other-images
chmod 0755 "$others"/*
stand_for() { # SCRIPT PATHS...
  local script=$1 path
  for path in "${@:2}"; do
    mkdir -p "$(dirname "$path")"
    ln -s "$others/$script" "$path"
  done
}
bitnami=/opt/bitnami/scripts/zookeeper
stand_for entrypoint /docker-entrypoint.sh /entrypoint.sh "$bitnami/entrypoint.sh"
stand_for run /run.sh "$bitnami/run.sh" /etc/confluent/docker/run
stand_for setup "$bitnami/setup.sh"
stand_for healthcheck "$bitnami/healthcheck.sh" /bitnami/scripts/zookeeper/healthcheck.sh
stand_for nc /usr/local/bin/nc
mkdir -p /opt/bitnami/zookeeper
ln -s "$home/bin" /opt/bitnami/zookeeper/bin

# Where one is named by its path, bash takes the place of dash, which never gives its own to the last command of `a && b`.
dpkg-divert --quiet --local --no-rename --divert /usr/bin/sh.distrib --add /usr/bin/sh
ln -sf bash /usr/bin/sh

# This Node knows the flag, so not even its first moments open its debugger on SIGUSR1. The two dashes end Node's own words:
# it would take our --env-file for its own.
sed -i '1s|.*|#!/usr/bin/env -S /usr/local/bin/node --disable-sigusr1 --|' "$program/bin/zk-entrypoint"
ln -s "$program/bin/zk-entrypoint" /usr/local/bin/zk-entrypoint

# Where the tutorial looks for the configuration.
mkdir -p /usr/etc/zookeeper
for name in zoo.cfg java.env; do ln -s "$home/conf/$name" "/usr/etc/zookeeper/$name"; done
if ! ls "$home"/lib/logback-classic*.jar >/dev/null 2>&1; then
  ln -s "$home/conf/log4j.properties" /usr/etc/zookeeper/log4j.properties
else
  ln -s "$home/conf/logback.xml" /usr/etc/zookeeper/logback.xml
  cat >/usr/etc/zookeeper/log4j.properties <<'END'
# Nothing reads this file. This ZooKeeper logs by logback: what is in effect stands in logback.xml in ZK_CONF_DIR, which is
# /opt/zookeeper/conf unless it is set. In log4j's words it says the following, with the level of ZK_LOG_LEVEL where that
# is set, and it leaves out what the connections of probes would add.
zookeeper.root.logger=INFO, CONSOLE
zookeeper.console.threshold=INFO
log4j.rootLogger=${zookeeper.root.logger}
log4j.appender.CONSOLE=org.apache.log4j.ConsoleAppender
log4j.appender.CONSOLE.Threshold=${zookeeper.console.threshold}
log4j.appender.CONSOLE.layout=org.apache.log4j.PatternLayout
log4j.appender.CONSOLE.layout.ConversionPattern=%d{ISO8601} [myid:%X{myid}] - %-5p [%t:%C{1}@%L] - %m%n
END
fi

mkdir -p /var/lib/zookeeper/data /var/lib/zookeeper/log /var/log/zookeeper
rm -rf "$home/conf"
mkdir -p "$home/conf"

# Class-data archives of what a server loads from its start to its end, with TLS and without, and the code of the program,
# compiled. The one for TLS comes first: with the other one there, the start would use that.
export ZK_REPLICAS=1 POD_NAME=zk-0 ZK_HEAP_SIZE=128m ZK_USER=root ZK_TERMINATION_LOG=/tmp/termination
bash /tmp/archive.sh "$home/lib/zookeeper-netty.jsa" /tmp/certificates
bash /tmp/archive.sh "$home/lib/zookeeper.jsa" -

# And of the tables of other images, which a start reads where one of their names is set.
ZK_REPLICAS='' ALLOW_ANONYMOUS_LOGIN=yes ZOO_SERVER_ID=1 ZOO_SERVERS=zoo1:2888:3888,zoo2:2888:3888 \
  zk-entrypoint render >/dev/null || fail "the names of another image cannot be read"

# Node keeps compiled code by uid and for its owner alone; the container runs as 1000.
# So do pods of Bitnami's chart, as 1001.
for cache in "$program"/dist/.compile-cache/*-0; do
  for uid in 1000 1001; do ln -s "${cache##*/}" "${cache%-0}-$uid"; done
done
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
