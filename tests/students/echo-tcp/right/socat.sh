#!/bin/bash
if [ $# -ne 1 ]; then
    echo "Usage: $0 port" >&2
    exit 1
fi
exec socat -t 30 "TCP-LISTEN:$1,reuseaddr,fork" PIPE
