#!/bin/sh
# named.sh HOSTS COMMAND [ARGUMENT...]: runs a command for which the file HOSTS is /etc/hosts, and nobody else (Linux).
if [ -z "${NAMED_INSIDE:-}" ]; then
  export NAMED_INSIDE=1
  if [ "$(id -u)" = 0 ]; then exec unshare --mount "$0" "$@"; fi
  exec unshare --mount --map-root-user "$0" "$@"
fi
unset NAMED_INSIDE
mount --bind "$1" /etc/hosts || exit 77
shift
exec "$@"
