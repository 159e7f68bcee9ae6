#!/usr/bin/env python3
"""Builds the student programs of manifest.toml and grades each of them.

    run.py --smoke                        one trivial exchange with each program
    run.py --command 'sockspec grade {exercise} 127.0.0.1:{port} --format json'
    run.py --restart --command 'sockspec grade {exercise} --run {run} --format json'
    run.py --restart --command 'python3 probe.py {exercise} --serving {serving} --run {run}'

Placeholders of --command: {exercise} {serving} {file} {port} {path} {run}. {run} is the program's
command as one argument, in which {port} stands for the port, {path} for the path of a socket. With --restart the command
starts the program itself, which one-shot servers need; without it they are skipped unless
--one-shot is given. Exit code: 0 when every verdict is the expected one.
"""
import argparse
import concurrent.futures
import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib

sys.dont_write_bytecode = True
import probe  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "../../specs/data/site"))
TOOLS = {"python": ["python3"], "c": ["gcc"], "java": ["java", "javac"], "node": ["node"], "go": ["go"],
         "ruby": ["ruby"], "php": ["php"], "perl": ["perl"], "rust": ["rustc"], "bash": ["bash"]}
ENV = {"GO111MODULE": "off", "GOFLAGS": "", "GOPROXY": "off"}
GOOD = {"pass", "passed", "ok", "non-strict", "nonstrict", "info", "informational", "not-checked", "skip", "skipped"}


class Entry:
    def __init__(self, table, out):
        self.__dict__.update({"build": None, "needs": [], "also": [], "program": [], "smoke": True,
                              "doubt": None, "cause": None, "law": None})
        self.__dict__.update(table)
        self.path = os.path.join(HERE, self.file)
        self.out = os.path.join(out, self.file.replace("/", "-").replace(".", "_"))

    def missing(self):
        return [t for t in TOOLS[self.language] + self.needs if not shutil.which(t)]

    def fill(self, text):
        return (text.replace("{file}", shlex.quote(self.path)).replace("{out}", shlex.quote(self.out))
                .replace("{root}", shlex.quote(ROOT)))

    def command(self):
        return self.fill(self.run)

    def make(self):
        """None, or what went wrong."""
        if not self.build:
            return None
        stamp = self.out + ".stamp"
        if os.path.exists(stamp) and os.path.getmtime(stamp) > os.path.getmtime(self.path):
            return None
        done = subprocess.run(shlex.split(self.fill(self.build)), cwd=os.path.dirname(self.out),
                              env=os.environ | ENV, capture_output=True, text=True)
        if done.returncode:
            return done.stderr or done.stdout
        open(stamp, "w").close()
        return None


def smoke(e):
    """(verdict is as expected, text)"""
    udp = e.exercise.endswith("-udp")
    with tempfile.TemporaryFile() as log:
        p = probe.Program(e.command(), udp, log=log)
        try:
            if not p.start():
                log.seek(0)
                return False, "does not start: " + log.read(400).decode(errors="replace")
            try:
                probe.trivial(e.exercise, p.port)
                ok, text = True, ""
            except (probe.Failure, OSError) as err:
                ok, text = False, str(err)
        finally:
            took = p.stop()
        if took is None:
            return False, "does not end on SIGTERM " + text
        if e.smoke != "any" and ok != e.smoke:
            log.seek(0)
            return False, (text or "the exchange works, it should not") + " " + log.read(300).decode(errors="replace")
        return True, text


def read_json(text):
    start = text.find("{")
    if start < 0:
        return None
    try:
        return json.JSONDecoder().raw_decode(text[start:])[0]
    except ValueError:
        return None


def about_program(case):
    return case.get("level") == 5 or re.search(r"\bprogram\b|level-?5", str(case.get("id", ""))) is not None


def grade(e, o):
    values = {"exercise": e.exercise, "serving": e.serving, "file": e.path, "run": e.command()}
    words = shlex.split(o.command)
    program = None
    if not o.restart:
        program = probe.Program(e.command(), e.exercise.endswith("-udp"))
        if not program.start():
            program.stop()
            return {"error": "the program does not start"}
        values["port"] = values["path"] = str(program.port)
    for k, v in values.items():
        words = [w.replace("{" + k + "}", v) for w in words]
    began = time.monotonic()
    try:
        done = subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=o.timeout)
    except subprocess.TimeoutExpired:
        return {"error": f"the command took more than {o.timeout} s"}
    except OSError as err:
        sys.exit(f"{words[0]}: {err.strerror}")
    finally:
        if program:
            program.stop()
    result = {"exit": done.returncode, "seconds": round(time.monotonic() - began, 1)}
    grade = read_json(done.stdout)
    if grade is None or "cases" not in grade:
        return result | {"error": (done.stderr or done.stdout or "no JSON").strip()[-300:]}
    failing = [c for c in grade["cases"] if str(c.get("status", "")).lower() not in GOOD]
    # level 5 grades the program around the exercise: it neither excuses nor makes a mistake on the wire
    excused = [c for c in failing if (e.program or e.verdict == "wrong") and about_program(c)]
    result["excused"] = [c["id"] for c in excused]
    failing = [c for c in failing if c not in excused]
    causes = [c["diagnosis"]["cause"] for c in failing if (c.get("diagnosis") or {}).get("cause")]
    return result | {"score": grade.get("score"), "failing": [c["id"] for c in failing], "causes": causes,
                     "style": grade.get("style")}


def judge(e, r):
    """What the result is worth."""
    if "error" in r:
        return "error"
    if e.verdict == "right":
        if not r["failing"]:
            return "ok"
        return "doubt" if e.doubt else "FALSE ALARM"
    if not r["failing"]:
        return "MISSED"
    return "found" if set(r["causes"]) & {e.cause, *e.also} else "found, other cause"


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--only", action="append", metavar="GLOB", help="files, such as '*/right/*.c' (repeatable)")
    a.add_argument("--exercise", action="append")
    a.add_argument("--language", action="append")
    a.add_argument("--verdict", choices=["right", "wrong"])
    a.add_argument("--command", default="sockspec grade {exercise} 127.0.0.1:{port} --format json", metavar="TEMPLATE")
    a.add_argument("--restart", action="store_true", help="the command starts the program, with {run}")
    a.add_argument("--one-shot", action="store_true", help="grade one-shot servers without --restart too")
    a.add_argument("--smoke", action="store_true", help="a trivial exchange with each program, without a grader")
    a.add_argument("--list", action="store_true", help="print the programs chosen, and leave")
    a.add_argument("--out", metavar="DIR", help="where builds go and are kept (default: a temporary folder)")
    a.add_argument("--jobs", type=int, default=2, help="builds at the same time")
    a.add_argument("--timeout", type=float, default=600, help="seconds for one command")
    a.add_argument("--json", metavar="FILE", help="write all results there")
    o = a.parse_args()

    temporary = None if o.out else tempfile.TemporaryDirectory(prefix="students-")
    out = os.path.abspath(o.out or temporary.name)
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(HERE, "manifest.toml"), "rb") as f:
        entries = [Entry(t, out) for t in tomllib.load(f)["program"]]
    chosen = [e for e in entries
              if (not o.only or any(fnmatch.fnmatch(e.file, g) for g in o.only))
              and (not o.exercise or e.exercise in o.exercise)
              and (not o.language or e.language in o.language)
              and (not o.verdict or e.verdict == o.verdict)]
    if not chosen:
        sys.exit("no program matches")
    if o.list:
        for e in chosen:
            print(f"{e.verdict:5} {e.serving:9} {e.file:50} {e.mistake if e.verdict == 'wrong' else e.style}")
        return 0

    results, todo, bad = [], [], 0

    def report(e, what, text, r=None):
        line = f"{e.file:52} {e.verdict:5} {what:18} {text}".rstrip()
        print(line if what == "error" else line[:200], flush=True)
        results.append({"file": e.file, "exercise": e.exercise, "language": e.language, "verdict": e.verdict,
                        "cause": e.cause, "outcome": what, "text": text} | (r or {}))

    for e in chosen:
        if e.missing():
            report(e, "skipped", "no " + ", ".join(e.missing()))
        elif e.serving == "one-shot" and not (o.smoke or o.restart or o.one_shot):
            report(e, "skipped", "one-shot: needs --restart")
        else:
            todo.append(e)
    with concurrent.futures.ThreadPoolExecutor(o.jobs) as pool:
        for e, error in zip(list(todo), list(pool.map(Entry.make, todo))):
            if error:
                report(e, "error", "does not build: " + error)
                todo.remove(e)
                bad += 1

    for e in todo:
        if o.smoke:
            ok, text = smoke(e)
            report(e, "ok" if ok else "BAD", text)
            bad += not ok
            continue
        r = grade(e, o)
        what = judge(e, r)
        text = r.get("error") or f"exit {r['exit']} {r['seconds']:5} s"
        if r.get("failing"):
            text += f"  {', '.join(r['failing'][:4])}{' …' if len(r['failing']) > 4 else ''}"
            text += f"  [{r['causes'][0] if r['causes'] else '-'}]"
            if what == "found, other cause":
                text += f" expected {e.cause}"
        report(e, what, text, r)
        bad += what in ("error", "FALSE ALARM", "MISSED")

    count = {}
    for r in results:
        count[r["outcome"]] = count.get(r["outcome"], 0) + 1
    print("\n" + ", ".join(f"{k}: {v}" for k, v in sorted(count.items())))
    if not o.smoke:
        print(f"false alarms: {count.get('FALSE ALARM', 0)}  missed: {count.get('MISSED', 0)}")
    if o.json:
        with open(o.json, "w") as f:
            json.dump({"totals": count, "programs": results}, f, ensure_ascii=False, indent=1)
    if temporary:
        temporary.cleanup()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
