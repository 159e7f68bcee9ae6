#!/bin/sh
# VPL's button "Run": shows the student the whole report. A teacher changes EXERCISE and RUN.
EXERCISE=kv
RUN='python3 server.py {port}'

cat > vpl_execution <<END
#!/bin/sh
exec sockspec grade '$EXERCISE' --run '$RUN' --lang '$(printf %.2s "${VPL_LANG:-en}" | grep -x fr || echo en)'
END
chmod +x vpl_execution
