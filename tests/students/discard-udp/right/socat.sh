exec socat -u "UDP-RECV:$1" OPEN:/dev/null
