#!/usr/bin/env bash
# certs.sh DIR: throw-away P-256 authority, server and client certificates for 127.0.0.1, for the peer only.
set -euo pipefail
cd "$1"
[ -f client.crt ] && exit 0
openssl ecparam -name prime256v1 -genkey -noout -out ca.key
openssl req -x509 -new -key ca.key -subj "/CN=bench CA" -days 30 -out ca.crt 2>/dev/null
for name in server client; do
  openssl ecparam -name prime256v1 -genkey -noout -out $name.key
  openssl req -new -key $name.key -subj "/CN=localhost" -out $name.csr 2>/dev/null
  printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\n' >$name.ext
  openssl x509 -req -in $name.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -extfile $name.ext -out $name.crt 2>/dev/null
done
