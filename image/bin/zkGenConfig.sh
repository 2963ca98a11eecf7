#!/bin/bash
# The tutorial's first half: writes zoo.cfg, the logging configuration, java.env and myid from the ZK_ variables.
exec zk-entrypoint render --write
