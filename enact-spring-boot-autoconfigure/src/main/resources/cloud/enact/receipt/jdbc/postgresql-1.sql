-- Enact receipts, version 1.
-- By hand: psql -v ON_ERROR_STOP=1 -1 -v schema=enact -f postgresql-1.sql, as the role that is to own the receipts.

CREATE TABLE :"schema".receipt_schema (
  version integer PRIMARY KEY,
  installed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- One row per log: where it ends, who may write it. Locked for the time of an append, once per batch.
CREATE TABLE :"schema".receipt_log (
  log text COLLATE "C" PRIMARY KEY CHECK (length(log) BETWEEN 1 AND 100),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seq bigint NOT NULL DEFAULT 0,
  stored timestamptz NOT NULL DEFAULT clock_timestamp(),
  token bigint NOT NULL DEFAULT 1,
  owner text NOT NULL,
  lease interval NOT NULL,
  expires_at timestamptz NOT NULL
) WITH (fillfactor = 50);

-- The bytes of an entry are what counts; the columns beside them only help to find it.
-- Partitioned by the clock of this server: no other clock decides what retention removes.
CREATE TABLE :"schema".receipt_entry (
  seq bigint NOT NULL,
  ts bigint NOT NULL,
  stored timestamptz NOT NULL,
  run_id uuid NOT NULL,
  action_id uuid NOT NULL,
  original_run_id uuid,
  log text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  action text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  decision text COLLATE "C",
  entry bytea NOT NULL
) PARTITION BY RANGE (stored);

CREATE INDEX receipt_entry_run ON :"schema".receipt_entry (run_id);
CREATE INDEX receipt_entry_time ON :"schema".receipt_entry (ts);
CREATE INDEX receipt_entry_action ON :"schema".receipt_entry (action, ts);
CREATE INDEX receipt_entry_actor ON :"schema".receipt_entry (actor, ts);
-- what most entries are is found by time; only what is rare needs an index
CREATE INDEX receipt_entry_decision ON :"schema".receipt_entry (decision, ts) WHERE decision <> 'PASS';
CREATE INDEX receipt_entry_kind ON :"schema".receipt_entry (kind, ts) WHERE kind NOT IN ('DECIDED', 'COMPLETED');
CREATE INDEX receipt_entry_original_run ON :"schema".receipt_entry (original_run_id, ts)
  WHERE original_run_id IS NOT NULL;

-- Decisions without an outcome. A help for finding them, checked against the entries when a store is opened.
CREATE TABLE :"schema".receipt_open (
  action_id uuid PRIMARY KEY,
  ts bigint NOT NULL,
  log text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  stored timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE INDEX receipt_open_time ON :"schema".receipt_open (ts, log, seq);

CREATE TABLE :"schema".receipt_checkpoint (
  log text COLLATE "C" NOT NULL,
  size bigint NOT NULL,
  note text NOT NULL,
  edge bytea NOT NULL,
  PRIMARY KEY (log, size)
);

CREATE FUNCTION :"schema".receipt_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'receipts are append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'EN003';
END
$$;

CREATE TRIGGER receipt_entry_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON :"schema".receipt_entry
  FOR EACH STATEMENT EXECUTE FUNCTION :"schema".receipt_refuse();
-- what is not appended through the function below has no place in a chain
CREATE TRIGGER receipt_entry_no_insert BEFORE INSERT ON :"schema".receipt_entry
  FOR EACH STATEMENT WHEN (current_setting('enact.receipt_append', true) IS DISTINCT FROM 'on')
  EXECUTE FUNCTION :"schema".receipt_refuse();
CREATE TRIGGER receipt_checkpoint_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON :"schema".receipt_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION :"schema".receipt_refuse();
CREATE TRIGGER receipt_log_no_removal BEFORE DELETE OR TRUNCATE ON :"schema".receipt_log
  FOR EACH STATEMENT EXECUTE FUNCTION :"schema".receipt_refuse();

-- Makes the partition of a month, and says whether it was missing.
CREATE FUNCTION :"schema".receipt_add_partition(p_month timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp SET timezone = 'UTC' AS $$
DECLARE
  v_from timestamptz := date_trunc('month', p_month);
  v_name text := 'receipt_entry_' || to_char(v_from, 'YYYY_MM');
  -- behind pg_catalog in the path above
  v_schema text := (current_schemas(false))[2];
BEGIN
  IF v_from NOT BETWEEN '2020-01-01' AND date_trunc('month', clock_timestamp()) + interval '2 months' THEN
    RAISE EXCEPTION 'no partition is made for %', p_month;
  END IF;
  IF to_regclass(format('%I.%I', v_schema, v_name)) IS NOT NULL THEN
    RETURN false;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(v_schema || '.receipt_add_partition', 0));
  IF to_regclass(format('%I.%I', v_schema, v_name)) IS NOT NULL THEN
    RETURN false;
  END IF;
  -- made first and attached then: that keeps nobody from reading or writing
  EXECUTE format('CREATE TABLE %1$I.%2$I (LIKE %1$I.receipt_entry INCLUDING ALL)', v_schema, v_name);
  EXECUTE format('ALTER TABLE %1$I.%2$I ADD PRIMARY KEY (log, seq)', v_schema, v_name);
  EXECUTE format('CREATE TRIGGER no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON %1$I.%2$I'
    || ' FOR EACH STATEMENT EXECUTE FUNCTION %1$I.receipt_refuse()', v_schema, v_name);
  EXECUTE format('CREATE TRIGGER no_insert BEFORE INSERT ON %1$I.%2$I'
    || ' FOR EACH STATEMENT EXECUTE FUNCTION %1$I.receipt_refuse()', v_schema, v_name);
  EXECUTE format('ALTER TABLE %1$I.receipt_entry ATTACH PARTITION %1$I.%2$I FOR VALUES FROM (%3$L) TO (%4$L)',
    v_schema, v_name, v_from, v_from + interval '1 month');
  RETURN true;
END
$$;

-- Appends entries to a log, all or none: from the writer that has the lease, right after the last one. This is the only
-- way in.
CREATE FUNCTION :"schema".receipt_append(
  p_log text, p_token bigint, p_first bigint, p_ts bigint[], p_run_id uuid[], p_action_id uuid[],
  p_original_run_id uuid[], p_opens boolean[], p_kind text[], p_action text[], p_actor text[], p_decision text[],
  p_entry bytea[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
DECLARE
  v_stored timestamptz;
  v_seq bigint;
BEGIN
  UPDATE receipt_log l
    SET seq = p_first + cardinality(p_entry) - 1, stored = greatest(clock_timestamp(), l.stored),
      expires_at = clock_timestamp() + l.lease
    WHERE l.log = p_log AND l.token = p_token AND l.seq = p_first - 1
    RETURNING l.stored INTO v_stored;
  IF NOT FOUND THEN
    SELECT l.seq INTO v_seq FROM receipt_log l WHERE l.log = p_log AND l.token = p_token;
    IF FOUND THEN
      RAISE EXCEPTION 'entry % does not follow the last entry %', p_first, v_seq USING ERRCODE = 'EN002';
    END IF;
    RAISE EXCEPTION 'the lease is lost' USING ERRCODE = 'EN001';
  END IF;
  PERFORM set_config('enact.receipt_append', 'on', true);
  INSERT INTO receipt_entry (seq, ts, stored, run_id, action_id, original_run_id, log, kind, action, actor,
      decision, entry)
    SELECT p_first - 1 + e.n, e.ts, v_stored, e.run_id, e.action_id, e.original_run_id, p_log, e.kind,
      e.action, e.actor, e.decision, e.entry
    FROM unnest(p_ts, p_run_id, p_action_id, p_original_run_id, p_kind, p_action, p_actor, p_decision, p_entry)
      WITH ORDINALITY e(ts, run_id, action_id, original_run_id, kind, action, actor, decision, entry, n);
  PERFORM set_config('enact.receipt_append', 'off', true);
  IF p_kind && ARRAY['COMPLETED', 'RECONCILED'] THEN
    DELETE FROM receipt_open o WHERE o.action_id = ANY (ARRAY(
      SELECT e.action_id FROM unnest(p_action_id, p_kind) e(action_id, kind)
      WHERE e.kind IN ('COMPLETED', 'RECONCILED')));
  END IF;
  IF true = ANY (p_opens) THEN
    INSERT INTO receipt_open (action_id, ts, log, seq, stored)
      SELECT e.action_id, e.ts, p_log, p_first - 1 + e.n, v_stored
      FROM unnest(p_action_id, p_ts, p_opens) WITH ORDINALITY e(action_id, ts, opens, n)
      WHERE e.opens
      ON CONFLICT DO NOTHING;
  END IF;
END
$$;

-- Puts a decision back on the list of open ones, unless its call has an outcome.
CREATE FUNCTION :"schema".receipt_reopen(p_log text, p_seq bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  INSERT INTO receipt_open (action_id, ts, log, seq, stored)
    SELECT e.action_id, e.ts, e.log, e.seq, e.stored FROM receipt_entry e
    WHERE e.log = p_log AND e.seq = p_seq AND e.kind = 'DECIDED'
      AND NOT EXISTS (SELECT FROM receipt_entry s
        WHERE s.run_id = e.run_id AND s.action_id = e.action_id AND s.kind IN ('COMPLETED', 'RECONCILED'))
    ON CONFLICT DO NOTHING;
  RETURN FOUND;
END
$$;

-- Leases the oldest log that nobody writes, else a new one.
CREATE FUNCTION :"schema".receipt_lease(p_new_log text, p_owner text, p_lease interval)
RETURNS TABLE (leased_log text, leased_token bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
DECLARE
  v_log text;
BEGIN
  SELECT l.log INTO v_log FROM receipt_log l WHERE l.expires_at <= clock_timestamp()
    ORDER BY l.created_at, l.log LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF FOUND THEN
    RETURN QUERY UPDATE receipt_log l
      SET token = l.token + 1, owner = p_owner, lease = p_lease, expires_at = clock_timestamp() + p_lease
      WHERE l.log = v_log RETURNING l.log, l.token;
  ELSE
    RETURN QUERY INSERT INTO receipt_log AS l (log, owner, lease, expires_at)
      VALUES (p_new_log, p_owner, p_lease, clock_timestamp() + p_lease) RETURNING l.log, l.token;
  END IF;
END
$$;

-- Keeps a lease for another while, or says that somebody else has the log.
CREATE FUNCTION :"schema".receipt_renew(p_log text, p_token bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  UPDATE receipt_log l SET expires_at = clock_timestamp() + l.lease WHERE l.log = p_log AND l.token = p_token;
  RETURN FOUND;
END
$$;

-- Gives a lease back: its token is worth nothing from now on.
CREATE FUNCTION :"schema".receipt_release(p_log text, p_token bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  UPDATE receipt_log l SET token = l.token + 1, expires_at = clock_timestamp()
    WHERE l.log = p_log AND l.token = p_token;
  RETURN FOUND;
END
$$;

REVOKE ALL ON ALL TABLES IN SCHEMA :"schema" FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA :"schema" FROM PUBLIC;

INSERT INTO :"schema".receipt_schema (version) VALUES (1);
