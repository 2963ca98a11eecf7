#!/bin/bash
# Every other tool of ZooKeeper's is this by another name: quiet, and with the server's heap, since it may read a snapshot.
. "${BASH_SOURCE[0]%/*}/own-script.sh"
tool_jvm
run_own "$@"
