#!/bin/bash
# start-foreground is zk-entrypoint's; everything else is done by ZooKeeper's own script, which the image keeps in libexec/.
if [ "$*" = start-foreground ]; then exec zk-entrypoint start; fi
# ZooKeeper's script knows the folder of zoo.cfg by a name of its own.
if [ -n "${ZK_CONF_DIR-}" ]; then export ZOOCFGDIR=${ZOOCFGDIR:-$ZK_CONF_DIR}; fi
. "${BASH_SOURCE[0]%/*}/own-script.sh"
case ${*: -1} in status | version) client_jvm ;; esac
run_own "$@"
