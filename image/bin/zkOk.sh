#!/bin/bash
# The tutorial's probe, for liveness and readiness alike: 0 when this server answers ruok with imok.
. "${BASH_SOURCE[0]%/*}/ask-supervisor.sh" && ask_supervisor /ruok
ZK_HEALTH_PORT=0 exec zk-entrypoint live
