#!/bin/bash
if [ $# -ne 1 ]; then
    echo "Usage: $0 port" >&2
    exit 1
fi
# au plus PIPE_BUF octets à la fois, sinon socat se bloque sur son propre tube
exec socat -b 4096 -t 30 "TCP-LISTEN:$1,reuseaddr,fork" PIPE
