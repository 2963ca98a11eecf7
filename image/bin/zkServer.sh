#!/bin/bash
# start-foreground is zk-entrypoint's; everything else is done by ZooKeeper's own script.
if [ "$*" = start-foreground ]; then exec zk-entrypoint start; fi
exec "${ZK_HOME:-/opt/zookeeper}/bin/zkServer.sh" "$@"
