-- Enact undo log, version 1.
-- By hand: psql -v ON_ERROR_STOP=1 -1 -v schema=enact -f postgresql-1.sql, as the role that is to own the undo log.

CREATE TABLE :"schema".undo_schema (
  version integer PRIMARY KEY,
  installed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Places of steps: no cache, so that a step that begins later has a higher one, on whatever node.
CREATE SEQUENCE :"schema".undo_position CACHE 1;

-- What a step was about to do, and what was there before. Never changed afterwards.
CREATE TABLE :"schema".undo_begun (
  position bigint PRIMARY KEY,
  run_id uuid NOT NULL,
  document bytea NOT NULL,
  seal text COLLATE "C" NOT NULL
);

CREATE INDEX undo_begun_run ON :"schema".undo_begun (run_id, position);

-- How a step ended. Never changed either.
CREATE TABLE :"schema".undo_ended (
  position bigint PRIMARY KEY,
  document bytea NOT NULL,
  seal text COLLATE "C" NOT NULL
);

CREATE SEQUENCE :"schema".undo_token CACHE 1;

-- Who undoes which run. A token is used once; whoever takes a run over has another one.
CREATE TABLE :"schema".undo_claim (
  run_id uuid PRIMARY KEY,
  token bigint NOT NULL UNIQUE,
  owner text NOT NULL,
  lease interval NOT NULL,
  expires_at timestamptz NOT NULL
);

-- Keys under which something is done at most once; of a key only its digest.
CREATE TABLE :"schema".undo_idempotency_key (
  name text COLLATE "C" PRIMARY KEY,
  digest text COLLATE "C" NOT NULL,
  attempt text COLLATE "C" NOT NULL,
  done boolean NOT NULL DEFAULT false,
  reference text
);

CREATE FUNCTION :"schema".undo_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the undo log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'EN003';
END
$$;

CREATE TRIGGER undo_begun_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON :"schema".undo_begun
  FOR EACH STATEMENT EXECUTE FUNCTION :"schema".undo_refuse();
CREATE TRIGGER undo_ended_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON :"schema".undo_ended
  FOR EACH STATEMENT EXECUTE FUNCTION :"schema".undo_refuse();

-- Places for the next steps.
CREATE FUNCTION :"schema".undo_positions(p_count integer) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  IF p_count NOT BETWEEN 1 AND 1000 THEN
    RAISE EXCEPTION 'no % places at once', p_count;
  END IF;
  RETURN QUERY SELECT nextval('undo_position') FROM generate_series(1, p_count);
END
$$;

-- Begins steps, all or none.
CREATE FUNCTION :"schema".undo_begin(p_position bigint[], p_run_id uuid[], p_document bytea[], p_seal text[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  INSERT INTO undo_begun (position, run_id, document, seal)
    SELECT b.position, b.run_id, b.document, b.seal
    FROM unnest(p_position, p_run_id, p_document, p_seal) b(position, run_id, document, seal);
END
$$;

-- Begins a step of whoever has these claims, or says that one of them is lost. Nobody can take a run over meanwhile.
CREATE FUNCTION :"schema".undo_begin_held(
  p_token bigint[], p_position bigint, p_run_id uuid, p_document bytea, p_seal text
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  IF (SELECT count(*) FROM (SELECT FROM undo_claim c WHERE c.token = ANY (p_token) FOR KEY SHARE) held)
      < cardinality(p_token) THEN
    RETURN false;
  END IF;
  INSERT INTO undo_begun (position, run_id, document, seal) VALUES (p_position, p_run_id, p_document, p_seal);
  RETURN true;
END
$$;

-- Ends a step, unless it has ended. The next commit that waits for the disk, such as that of a receipt, forces this one.
CREATE FUNCTION :"schema".undo_end(p_position bigint, p_document bytea, p_seal text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  INSERT INTO undo_ended (position, document, seal) VALUES (p_position, p_document, p_seal) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END
$$;

-- Takes a run that nobody undoes; nothing while somebody does.
CREATE FUNCTION :"schema".undo_take(p_run_id uuid, p_owner text, p_lease interval) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
DECLARE
  v_token bigint;
BEGIN
  INSERT INTO undo_claim AS c (run_id, token, owner, lease, expires_at)
    VALUES (p_run_id, nextval('undo_token'), p_owner, p_lease, clock_timestamp() + p_lease)
    ON CONFLICT (run_id) DO UPDATE
      SET token = excluded.token, owner = excluded.owner, lease = excluded.lease,
        expires_at = clock_timestamp() + excluded.lease
      WHERE c.expires_at <= clock_timestamp()
    RETURNING c.token INTO v_token;
  RETURN v_token;
END
$$;

-- Keeps claims for another while, and says which are still there.
CREATE FUNCTION :"schema".undo_renew(p_token bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  RETURN QUERY UPDATE undo_claim c SET expires_at = clock_timestamp() + c.lease
    WHERE c.token = ANY (p_token) RETURNING c.token;
END
$$;

-- Gives a claim back.
CREATE FUNCTION :"schema".undo_release(p_token bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  DELETE FROM undo_claim c WHERE c.token = p_token;
END
$$;

-- Takes a key, unless it is taken.
CREATE FUNCTION :"schema".undo_take_key(p_name text, p_digest text, p_attempt text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  INSERT INTO undo_idempotency_key (name, digest, attempt) VALUES (p_name, p_digest, p_attempt) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END
$$;

-- Notes what was done under a key, for whoever has it.
CREATE FUNCTION :"schema".undo_use_key(p_name text, p_attempt text, p_reference text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  UPDATE undo_idempotency_key k SET done = true, reference = p_reference
    WHERE k.name = p_name AND k.attempt = p_attempt;
  RETURN FOUND;
END
$$;

-- Gives a key back under which nothing was done, for whoever has it.
CREATE FUNCTION :"schema".undo_give_key_back(p_name text, p_attempt text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  DELETE FROM undo_idempotency_key k WHERE k.name = p_name AND k.attempt = p_attempt AND NOT k.done;
END
$$;

REVOKE ALL ON ALL TABLES IN SCHEMA :"schema" FROM PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA :"schema" FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA :"schema" FROM PUBLIC;

INSERT INTO :"schema".undo_schema (version) VALUES (1);
