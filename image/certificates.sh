#!/bin/bash
# Makes FOLDER with a certificate that signs itself, for a start on loopback that is over in seconds (archive.sh).
# Usage: certificates.sh FOLDER
set -euo pipefail
mkdir -p "$1"
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1/tls.key" -out "$1/tls.crt" -subj /CN=localhost -days 2 \
  -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' 2>/dev/null
cp "$1/tls.crt" "$1/ca.crt"
