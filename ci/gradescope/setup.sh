#!/usr/bin/env bash
# Prepares the machine on which Gradescope grades: runs once, as root, when the zip is uploaded.
# A teacher changes the packages that the course's language needs.
set -euo pipefail
apt-get update -qq
apt-get install -qq -y --no-install-recommends build-essential ca-certificates curl git python3
curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal
"$HOME/.cargo/bin/cargo" install --locked --root /usr/local --git https://github.com/sockspec/sockspec sockspec
# Students' programs run as this user, and can read neither the grading nor its results.
useradd --create-home student
