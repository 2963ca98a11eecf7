# shellcheck shell=bash
# What demo, test and bench need, from a bare clone: the packages, the built
# program, a Java and a ZooKeeper. Each step says in one line what it does and
# says nothing when it is done already. Sourced, never run; the caller sets $me.
# Leaves ZK_HOME and JAVA_HOME exported, and the pinned Node first on PATH.

# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

set_up() { # [RELEASE]
  cd "$repo"
  have npm || fail 69 "npm is absent: install Node.js 20 or newer with npm"
  install_packages
  export PATH=$repo/node_modules/.bin:$PATH
  build_program
  JAVA_HOME=$(scripts/fetch-java)
  ZK_HOME=$(scripts/fetch-zookeeper --release "${1:-3.9}")
  export JAVA_HOME ZK_HOME
}

install_packages() {
  [ node_modules/.package-lock.json -nt package-lock.json ] && [ -x node_modules/.bin/node ] && return 0
  say "installing the packages of package-lock.json"
  # Not `npm ci`: it insists on the optional packages of every platform, which a lockfile written on one may lack.
  run_quietly npm install --no-save --no-audit --no-fund
}

build_program() {
  if [ -f dist/main.cjs ] && [ -f dist/start.cjs ] && [ -f dist/probe.cjs ] && [ -f dist/dialects.cjs ] && [ -f dist/membership.cjs ] && [ -f dist/leave.cjs ]; then
    [ -n "$(find src package.json tsup.config.ts -newer dist/main.cjs | head -n 1)" ] || return 0
  fi
  say "building the program"
  run_quietly npm run build
}

# Shows what a command printed only when it fails.
run_quietly() { # COMMAND...
  local log code=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || code=$?
  if [ "$code" != 0 ]; then
    cat "$log" >&2
    rm -f "$log"
    fail 69 "$* failed with status $code, see above"
  fi
  rm -f "$log"
}
