# shellcheck shell=bash
# How a container engine is asked whether it works. Sourced, after lib.sh; it
# leaves CONTAINERS_CONF exported where podman needs help from it.

# podman's own defaults ask for more open files than an unprivileged root may
# have, and its default runtime refuses hybrid cgroups. Whoever has a
# configuration of their own keeps it.
if [ -z "${CONTAINERS_CONF:-}" ] && [ ! -e /etc/containers/containers.conf ]; then
  mkdir -p "$cache" 2>/dev/null || true
  if printf '[containers]\ndefault_ulimits = ["nofile=10000:10000", "nproc=10000:10000"]\n[engine]\n%s\n' \
    "$(if have runc; then echo 'runtime = "runc"'; fi)" >"$cache/containers.conf" 2>/dev/null; then
    export CONTAINERS_CONF=$cache/containers.conf
  fi
fi

# True when the engine's service or storage answers, not just its client.
engine_works() { # ENGINE
  have "$1" && "$1" info >/dev/null 2>&1
}

engine_complaint() { # ENGINE
  "$1" info 2>&1 | tail -n 1
}
