exec socat -u "TCP-LISTEN:$1,fork,reuseaddr" OPEN:/dev/null
