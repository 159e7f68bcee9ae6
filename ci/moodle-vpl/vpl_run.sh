#!/bin/sh
# VPL's button "Run": shows the student the whole report. A teacher changes EXERCISE and RUN.
EXERCISE=kv
RUN='python3 server.py {port}'

[ -r vpl_environment.sh ] && . ./vpl_environment.sh
LANGUAGE=$(printf %.2s "${VPL_LANG:-en}" | grep -x fr || echo en)

cat > vpl_execution <<END
#!/bin/sh
exec sockspec grade '$EXERCISE' --run '$RUN' --lang '$LANGUAGE'
END
chmod +x vpl_execution
