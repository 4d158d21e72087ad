#!/bin/sh
# Does what the images of PostgreSQL and Caddy do with the variables of compose.yaml.
set -eu
if [ -z "${POSTGRES_USER:-}" ]; then
  XDG_DATA_HOME=/data exec caddy run --config /etc/caddy/Caddyfile --adapter caddyfile
fi
data=/var/lib/postgresql/data
as_postgres() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
mkdir -p /var/run/postgresql
chown postgres "$data" /var/run/postgresql
umask 077
printf %s "$POSTGRES_PASSWORD" >/tmp/password
chown postgres /tmp/password
as_postgres initdb -D "$data" -U "$POSTGRES_USER" -A scram-sha-256 --pwfile=/tmp/password \
  -E UTF8 --locale=C.UTF-8
echo "host all all all scram-sha-256" >>"$data/pg_hba.conf"
echo "CREATE DATABASE $POSTGRES_DB" | as_postgres postgres --single -D "$data" postgres
exec setpriv --reuid postgres --regid postgres --clear-groups postgres -D "$data" -c listen_addresses='*'
