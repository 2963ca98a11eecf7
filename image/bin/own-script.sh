# shellcheck shell=bash
# Hands on to ZooKeeper's own script of the caller's name, which the image keeps in libexec/. Sourced by the scripts beside it.

run_own() { # WORDS...
  local name=${0##*/} home=${ZK_HOME:-/opt/zookeeper} own
  for own in "$home"/{libexec,bin}/"$name"; do
    if [ -x "$own" ] && ! [ "$own" -ef "$0" ]; then exec "$own" "$@"; fi
  done
  # Quoted as a shell would, so that no name ends the line.
  LC_ALL=C printf "%q: %q holds no %q of ZooKeeper's; set ZK_HOME\n" "$name" "$home" "$name" >&2
  exit 127
}

# Takes from a variable what is for the server's JVM alone: its memory, its agents and the ports they listen on. System
# properties stay, since a client may need them. A text with quotes is left as it is.
keep_properties() { # NAME
  local words kept=() word
  if [ -z "${!1-}" ] || [[ ${!1} == *[\"\']* ]]; then return; fi
  read -rd '' -a words <<<"${!1}"
  for word in "${words[@]}"; do
    case $word in
      -Dcom.sun.management.* | -Djava.rmi.server.*) ;;
      -D*) kept+=("$word") ;;
    esac
  done
  if [ ${#kept[@]} = 0 ]; then unset "$1"; else export "$1=${kept[*]}"; fi
}

# A JVM beside the server's: what is worth a warning goes to standard error, all else is the tool's own answer. What stands
# later wins: zkEnv.sh sources java.env, which leaves JVMFLAGS after the server's heap, so ours and CLIENT_JVMFLAGS are there.
tool_jvm() { # FLAGS...
  local logging name
  for name in JVMFLAGS JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS; do keep_properties "$name"; done
  logging=$(cd "${BASH_SOURCE[0]%/*}/../libexec" && pwd) || exit 127
  logging="-Dlogback.configurationFile=file:$logging/tool-logback.xml -Dlog4j.configuration=file:$logging/tool-log4j.properties"
  export JVMFLAGS="${JVMFLAGS-} $logging $* ${CLIENT_JVMFLAGS-}" ZOO_LOG4J_PROP=${ZOO_LOG4J_PROP:-WARN,CONSOLE}
}

# The heap of a client, in ZooKeeper's own variable for it.
client_jvm() {
  tool_jvm -Xms8m "-Xmx${ZK_CLIENT_HEAP:-128}m"
}
