# shellcheck shell=bash
# Asks the supervisor in this container with the shell's own means: no process is
# forked, so a probe costs little more than the start of bash. One line and exit
# 0 or 1, or it returns: then nothing that is surely the supervisor answered, and
# the caller asks by other means. Sourced by the probes beside it; $1 is the path.

ask_supervisor() { # PATH
  local port=${ZK_HEALTH_PORT:-8090} host=${ZK_HEALTH_ADDRESS:-127.0.0.1} answer body
  case $host in 0.0.0.0 | ::) host=127.0.0.1 ;; esac
  # Whatever is not simply a port (0, a service link, a file) is for the program to read.
  [[ $port =~ ^[1-9][0-9]{0,4}$ && -z ${ZK_HEALTH_PORT_FILE-} ]] || return 0
  { exec 3<>"/dev/tcp/$host/$port"; } 2>/dev/null || return 0
  printf 'GET %s HTTP/1.0\r\n\r\n' "$1" >&3 2>/dev/null || return 0
  # One read for the whole answer, which ends with the connection.
  IFS= read -r -t 2.5 -N 65536 answer <&3
  [[ $answer == *$'\r\nServer: zk-entrypoint\r\n'*$'\r\n\r\n'* ]] || return 0
  body=${answer#*$'\r\n\r\n'}
  body=${body%$'\n'} body=${body//$'\n'/; }
  # The supervisor writes no other control character; another program on its port might.
  body=${body//[[:cntrl:]]/?}
  if [[ $answer == HTTP/1.[01]' 200 '* ]]; then printf '%s\n' "$body" && exit 0; fi
  [[ $answer == HTTP/1.[01]' 503 '* ]] || return 0
  printf '%s\n' "$body" >&2
  exit 1
}
