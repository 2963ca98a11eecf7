#!/bin/bash
# start-foreground is zk-entrypoint's; everything else is done by ZooKeeper's own script, which the image keeps in libexec/.
if [ "$*" = start-foreground ]; then exec zk-entrypoint start; fi
for own in "${ZK_HOME:-/opt/zookeeper}"/{libexec,bin}/zkServer.sh; do
  if [ -x "$own" ] && ! [ "$own" -ef "$0" ]; then exec "$own" "$@"; fi
done
LC_ALL=C printf "zkServer.sh: %q holds no zkServer.sh of ZooKeeper's; set ZK_HOME\n" "${ZK_HOME:-/opt/zookeeper}" >&2
exit 127
