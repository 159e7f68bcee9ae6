#!/bin/sh
# VPL's button "Evaluate": comments and the grade, which come last. A teacher changes EXERCISE and RUN.
EXERCISE=kv
RUN='python3 server.py {port}'

# Language and scale are those of the activity.
[ -r vpl_environment.sh ] && . ./vpl_environment.sh
LANGUAGE=$(printf %.2s "${VPL_LANG:-en}" | grep -x fr || echo en)

cat > vpl_execution <<END
#!/bin/sh
sockspec grade '$EXERCISE' --run '$RUN' --min-score 0 --format vpl --scale '${VPL_GRADEMIN:-0}..${VPL_GRADEMAX:-10}' --lang '$LANGUAGE' ||
    echo 'Comment :=>>The grading itself failed: tell your teacher.'
END
chmod +x vpl_execution
