# shellcheck shell=bash
# What scripts/fetch-zookeeper and scripts/fetch-java have in common: one line
# of talk on stderr, a cache folder with a lock, and a private apt root that
# downloads Debian packages (signatures verified) without installing anything
# or touching the machine's own apt. Sourced, never run.

me=${0##*/}
repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cache=${ZK_ENTRYPOINT_CACHE:-$repo/.cache}
case $cache in /*) ;; *) cache=$PWD/$cache ;; esac

say() { printf '%s: %s\n' "$me" "$*" >&2; }
fail() { # CODE MESSAGE...
  local code=$1
  shift
  say "$*"
  failed=1
  if [ "$code" = 64 ]; then rm -rf "${work:-}"; fi # nothing in it would help the next run
  exit "$code"
}
trap 'code=$? && [ "$code" = 0 ] || [ -n "${failed:-}" ] || say "stopped (code $code): run this again to continue"' EXIT
have() { command -v "$1" >/dev/null 2>&1; }

# Makes the cache writable or says why not, waits for other runs, and leaves
# $work: a folder that survives an interrupted run, so that the next resumes.
open_cache() { # NAME MEGABYTES
  local free help='set ZK_ENTRYPOINT_CACHE to a folder that you can write to'
  mkdir -p "$cache" 2>/dev/null || fail 73 "cannot write to $cache: $help"
  [ -w "$cache" ] || fail 73 "cannot write to $cache: $help"
  if have flock; then
    { exec 9>"$cache/.lock"; } 2>/dev/null || fail 73 "cannot write to $cache/.lock: $help"
    flock -n 9 || { say 'another run is filling the cache: waiting for it' && flock 9; }
  fi
  work=$cache/.work-$1
  mkdir -p "$work" 2>/dev/null || fail 73 "cannot write to $work: $help"
  free=$(df -Pk "$cache" | awk 'END { print int($4 / 1024) }')
  [ "$free" -ge "$2" ] || fail 73 "the disk is full: $2 MB are needed in $cache and $free MB are free"
}

# A step that only writes to the cache: if it fails, the disk did.
write() {
  local why
  "$@" >>"$work/log" 2>&1 && return
  why=$(tail -n 1 "$work/log" 2>/dev/null) || true
  fail 73 "cannot write to $cache (is the disk full?): $1 failed${why:+: $why}"
}

# Puts the finished folder in place in one step. A folder that is already there
# was made from another source: it moves away first.
publish() { # FROM TO
  if [ -e "$2" ]; then write mv "$2" "$work/old"; fi
  write mv "$1" "$2"
  rm -rf "$work"
}

# The Debian mirror of this machine, whatever its sources call it.
debian_mirror() {
  if [ -n "${ZK_ENTRYPOINT_DEBIAN_MIRROR:-}" ]; then
    echo "$ZK_ENTRYPOINT_DEBIAN_MIRROR"
    return
  fi
  { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null || true; } |
    sed -nE 's/^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]+).*/\2/p; s/^URIs:[[:space:]]*([^[:space:]]+).*/\1/p' |
    awk 'tolower($0) ~ /security/ { next } /\/debian\/?$/ { print; found = 1; exit } /debian/ && !other { other = $0 } END { if (!found && other) print other }'
}

# A private apt root in $work/apt for the given suites. Of the machine's own
# apt settings it takes over only how to download (proxies, certificates, the
# judgement of a frozen mirror's dates), never hooks, pins or trust.
apt_open() { # SUITE...
  local mirror suite keyring=${ZK_ENTRYPOINT_DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg} tool
  [ "$(uname -s)" = Linux ] || fail 69 "Debian packages can be unpacked on Linux only: take another source, or run this on Linux"
  for tool in dpkg-deb apt-get; do
    have "$tool" || fail 69 "$tool is absent and the Apache archive was not used: run this on Debian or Ubuntu, or where the Apache archive can be reached"
  done
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || fail 69 "no Debian mirror in /etc/apt: set ZK_ENTRYPOINT_DEBIAN_MIRROR to one (http://HOST/debian)"
  [ -r "$keyring" ] || fail 69 "$keyring is absent: install debian-archive-keyring or set ZK_ENTRYPOINT_DEBIAN_KEYRING"
  write mkdir -p "$work"/apt/{lists,archives}/partial "$work/debs"
  write touch "$work/apt/status"
  for suite; do echo "deb [signed-by=$keyring] $mirror $suite main"; done >"$work/apt/sources.list"
  {
    apt-config dump | grep '^Acquire::' | grep -vE '^Acquire::(IndexTargets|Changelogs|Languages|GzipIndexes)|Insecure|Weak'
    printf 'Dir::%s;\n' 'Etc::main "/dev/null"' 'Etc::parts "/dev/null"' 'Etc::sourceparts "/dev/null"' \
      'Etc::preferences "/dev/null"' 'Etc::preferencesparts "/dev/null"' \
      "Etc::sourcelist \"$work/apt/sources.list\"" "State \"$work/apt\"" "State::status \"$work/apt/status\"" \
      "Cache \"$work/apt\"" 'Cache::pkgcache ""' 'Cache::srcpkgcache ""'
    printf 'Acquire::%s;\n' 'Languages "none"' 'GzipIndexes "true"' 'Retries "2"' 'AllowInsecureRepositories "false"' \
      'AllowDowngradeToInsecureRepositories "false"' 'AllowWeakRepositories "false"'
    if [ -n "${ZK_ENTRYPOINT_DEBIAN_FROZEN:-}" ]; then echo 'Acquire::Check-Valid-Until "false";'; fi
    if [ "$(id -u)" = 0 ]; then echo 'APT::Sandbox::User "root";'; fi
  } >"$work/apt/apt.conf"
  export APT_CONFIG=$work/apt/apt.conf
  say "reading the package lists of Debian $*"
  apt_get -o APT::Update::Error-Mode=any update
}

apt_get() {
  : >"$work/log"
  (cd "$work/debs" && apt-get -q "$@") </dev/null >"$work/log" 2>&1 || apt_failed
}

apt_failed() { # says in one line what apt says in ten
  local why
  why=$(grep -m 1 '^E:' "$work/log" || tail -n 1 "$work/log")
  case $(cat "$work/log") in
    *'No space left'*) fail 73 "the disk is full: free some space in $cache and run this again" ;;
    *'is expired'*) fail 69 "the Debian mirror's package list is out of date: set ZK_ENTRYPOINT_DEBIAN_MIRROR to another, or ZK_ENTRYPOINT_DEBIAN_FROZEN=1 if this one is meant to stand still" ;;
    *NO_PUBKEY* | *'not signed'* | *'GPG error'*) fail 65 "the Debian mirror's signature is not one of ${ZK_ENTRYPOINT_DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}: update debian-archive-keyring ($why)" ;;
    *'Hash Sum mismatch'*) fail 65 "checksum mismatch in what the Debian mirror sent: run this again ($why)" ;;
    *) fail 69 "the Debian mirror failed: check the network or set ZK_ENTRYPOINT_DEBIAN_MIRROR ($why)" ;;
  esac
}

# Continues FILE where an earlier run was cut off. Returns curl's exit code.
download() { # URL FILE
  local code=0
  curl -fsSL --connect-timeout 10 --speed-limit 1000 --speed-time 30 -C - -o "$2" "$1" 2>"$work/log" || code=$?
  if [ "$code" = 33 ]; then # a server that cannot continue: from the start, then
    code=0
    curl -fsSL --connect-timeout 10 --speed-limit 1000 --speed-time 30 -o "$2" "$1" 2>"$work/log" || code=$?
  fi
  if [ "$code" = 23 ]; then fail 73 "cannot write $2: the disk is full"; fi
  return "$code"
}

# Downloads packages (name or name/suite) and unpacks them all into one tree.
# apt names the files and their signed checksums; curl fetches them, because
# apt-get download starts a cut-off file again; apt-get helps where curl cannot
# (no curl, apt's own proxy or password, a mirror+file: list).
apt_unpack() { # TREE PACKAGE...
  local tree=$1 uri file sum code deb
  shift
  say "downloading $# Debian packages"
  write mkdir -p "$tree" "$work/empty"
  (cd "$work/empty" && apt-get -q download --print-uris "$@") >"$work/plan" 2>"$work/log" </dev/null || apt_failed
  while read -r uri file _ sum; do
    uri=${uri//\'/} deb=$work/debs/$file sum="${sum#SHA256:}  $work/debs/$file"
    if ! sha256sum --status -c - <<<"$sum" 2>/dev/null; then
      code=1
      case $uri in http:* | https:*) if have curl; then code=0 && download "$uri" "$deb" || code=$?; fi ;; esac
      case $code in
        0) ;;
        18 | 28 | 52 | 56 | 92) fail 69 "the Debian mirror cut $file off: run this again to continue ($(tail -n 1 "$work/log"))" ;;
        *) rm -f "$deb" && apt_get download "$(sed -E 's/_.*//' <<<"$file")=$(sed -E 's/^[^_]*_(.*)_.*/\1/; s/%3a/:/g' <<<"$file")" ;;
      esac
      if ! sha256sum --status -c - <<<"$sum" 2>/dev/null; then
        rm -f "$deb"
        fail 65 "checksum mismatch: $file is not what the Debian mirror's signed list says; run this again"
      fi
    fi
    write dpkg-deb -x "$deb" "$tree"
  done <"$work/plan"
}
