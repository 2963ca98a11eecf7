#!/bin/bash
# start-foreground is zk-entrypoint's; everything else is done by ZooKeeper's own script, which the image keeps in libexec/.
if [ "$*" = start-foreground ]; then exec zk-entrypoint start; fi
. "${BASH_SOURCE[0]%/*}/own-script.sh"
case ${*: -1} in status | version) client_jvm ;; esac
run_own "$@"
