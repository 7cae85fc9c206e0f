-- Enact approvals, version 1.
-- By hand: psql -v ON_ERROR_STOP=1 -1 -v schema=enact -f postgresql-1.sql, as the role that is to own the tables.

CREATE TABLE :"schema".approval_schema (
  version integer PRIMARY KEY,
  installed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A request is a sealed document; the other columns stand in it, too.
CREATE TABLE :"schema".approval_request (
  id text COLLATE "C" PRIMARY KEY,
  call text COLLATE "C" NOT NULL,
  open boolean NOT NULL,
  version bigint NOT NULL,
  expires_at bigint NOT NULL,
  document bytea NOT NULL,
  seal text COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX approval_open_call ON :"schema".approval_request (call) WHERE open;
CREATE INDEX approval_call ON :"schema".approval_request (call, id);
CREATE INDEX approval_open_id ON :"schema".approval_request (id) WHERE open;
CREATE INDEX approval_final ON :"schema".approval_request (expires_at) WHERE NOT open;

-- Keeps a new request, in version 0, unless one for the same call is open, and gives the one that is kept. What has
-- ended long ago makes room: never before it expired by the clock of the server, so that an earlier version which is
-- put back in its place has expired as well.
CREATE FUNCTION :"schema".approval_open(
  p_id text, p_call text, p_expires_at bigint, p_document bytea, p_seal text, p_prune_before bigint)
RETURNS SETOF :"schema".approval_request
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
DECLARE
  expired bigint := (extract(epoch FROM clock_timestamp()) * 1000)::bigint - 3600000;
BEGIN
  DELETE FROM approval_request d WHERE d.id IN (
    SELECT r.id FROM approval_request r
      WHERE NOT r.open AND r.expires_at < least(p_prune_before, expired)
      ORDER BY r.expires_at LIMIT 20 FOR UPDATE SKIP LOCKED);
  INSERT INTO approval_request AS r (id, call, open, version, expires_at, document, seal)
    VALUES (p_id, p_call, true, 0, p_expires_at, p_document, p_seal) ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT r.* FROM approval_request r WHERE r.call = p_call AND r.open;
END
$$;

-- Goes on with an open request, where nobody else did.
CREATE FUNCTION :"schema".approval_replace(
  p_id text, p_open boolean, p_version bigint, p_document bytea, p_seal text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  UPDATE approval_request r SET open = p_open, version = p_version, document = p_document, seal = p_seal
    WHERE r.id = p_id AND r.version = p_version - 1 AND r.open;
  RETURN FOUND;
END
$$;

REVOKE ALL ON :"schema".approval_schema, :"schema".approval_request FROM PUBLIC;
REVOKE ALL ON FUNCTION :"schema".approval_open(text, text, bigint, bytea, text, bigint),
  :"schema".approval_replace(text, boolean, bigint, bytea, text) FROM PUBLIC;

INSERT INTO :"schema".approval_schema (version) VALUES (1);
