exec socat "TCP-LISTEN:$1,fork,reuseaddr" "SYSTEM:yes abcdefghijklmnopqrstuvwxyz"
