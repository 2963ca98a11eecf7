#!/bin/bash
# ZooKeeper's own client, quiet and with a small heap (ZK_CLIENT_HEAP, in MB); CLIENT_JVMFLAGS wins over both.
. "${BASH_SOURCE[0]%/*}/own-script.sh"
client_jvm
run_own "$@"
