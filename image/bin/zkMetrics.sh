#!/bin/bash
# Prints what ZooKeeper answers to mntr on ZK_CLIENT_PORT.
exec "${BASH_SOURCE[0]%/*}/zookeeper-metrics"
