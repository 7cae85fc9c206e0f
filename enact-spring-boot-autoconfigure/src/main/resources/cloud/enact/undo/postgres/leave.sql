-- What ends the capturing. Runs again over capture objects of version 1, to bring them up to version 2.

-- One row for each action that was given up while nobody could say whether it was still at work.
CREATE TABLE IF NOT EXISTS enact_undo.cancelled (
  run_id uuid NOT NULL,
  action_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (action_id, run_id)
);

-- The lock that the end of an action's capturing and its cancelling have in common.
CREATE OR REPLACE FUNCTION enact_undo.fence(run uuid, action uuid) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT hashtextextended('enact_undo ' || run::text || ' ' || action::text, 0)
$$;

-- Ends the capturing and tells what was changed: operations I, U, D, T of protected tables with their rows, and W for
-- each other table this transaction may have written, and each thing it defined. Refuses what capturing could not see.
-- Where the commit follows, nothing is written any more. Nothing of an action that was cancelled gets any further.
CREATE OR REPLACE FUNCTION enact_undo.leave(marker_id bigint, secret bytea, commit_follows boolean DEFAULT false)
RETURNS TABLE (schema_name text, table_name text, operation "char", row_count bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
SET enable_mergejoin = off SET enable_hashjoin = off SET plan_cache_mode = force_generic_plan
SET quote_all_identifiers = off AS $$
#variable_conflict use_column
DECLARE
  is_joined boolean;
  since timestamptz;
  run uuid;
  action uuid;
  is_cancelled boolean;
  written oid[];
  known oid[];
  temporary oid[];
  is_isolated boolean := current_setting('transaction_isolation') IN ('repeatable read', 'serializable');
  altered oid[];
  members oid[];
  unprotected oid[];
  outdated oid[];
  reason text;
BEGIN
  UPDATE enact_undo.marker m SET state = 'C'
  WHERE m.id = marker_id AND m.state = 'O' AND m.xid = pg_current_xact_id_if_assigned()
    AND m.token = sha256(convert_to(encode(sha256(secret), 'hex'), 'UTF8'))
  RETURNING m.joined, m.started, m.run_id, m.action_id INTO is_joined, since, run, action;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no open marker % with this secret in this transaction', marker_id USING ERRCODE = '28000';
  END IF;
  -- Held until the commit: whoever cancels the action waits for that, or is seen here.
  PERFORM pg_advisory_xact_lock_shared(enact_undo.fence(run, action));
  IF is_isolated THEN
    -- a row that the snapshot of this transaction does not show is in the way all the same
    BEGIN
      INSERT INTO enact_undo.cancelled (run_id, action_id) VALUES (run, action);
      DELETE FROM enact_undo.cancelled c WHERE c.run_id = run AND c.action_id = action;
      is_cancelled := false;
    EXCEPTION WHEN unique_violation OR serialization_failure THEN
      is_cancelled := true;
    END;
  ELSE
    is_cancelled := EXISTS (SELECT FROM enact_undo.cancelled c WHERE c.run_id = run AND c.action_id = action);
  END IF;
  IF is_cancelled THEN
    RAISE EXCEPTION 'The action was settled while it was out of reach, so nothing of it is committed any more'
      USING ERRCODE = '55000', HINT = 'See the receipts of its run.';
  END IF;

  -- servers before 16 let RESET through; none lets it be set again
  IF NOT is_joined AND current_setting('transaction_deferrable') <> 'on' THEN
    RAISE EXCEPTION 'Capturing was switched off inside a governed action' USING ERRCODE = '55000';
  END IF;

  -- Removing a large object locks nothing but the object.
  SELECT array_agg(DISTINCT l.relation),
      array_agg(l.relation) FILTER (WHERE l.mode IN ('ShareRowExclusiveLock', 'AccessExclusiveLock'))
  INTO written, altered
  FROM (SELECT coalesce(s.relation, s.classid) AS relation, s.mode FROM pg_lock_status() AS s
    WHERE s.pid = pg_backend_pid()
      AND (s.locktype = 'relation' OR s.locktype = 'object' AND s.classid = 'pg_largeobject'::regclass)
      AND s.mode NOT IN ('AccessShareLock', 'RowShareLock')) AS l;

  -- Each table is looked up by what was written: a join would be planned while few tables were protected.
  SELECT array_agg(m.relation), array_agg(m.relation) FILTER (WHERE
      m.triggers <> (SELECT count(*) FROM pg_trigger t
        WHERE t.tgrelid = m.relation AND t.tgenabled = 'A' AND t.tgname LIKE 'enact$%')
      OR (SELECT p.columns IS DISTINCT FROM
          (SELECT t.columns FROM enact_undo.table_columns t WHERE t.relation = p.relation)
        FROM enact_undo.protected_table p WHERE p.id = m.protected))
  INTO members, outdated
  FROM enact_undo.protected_member m WHERE m.relation = ANY (written);
  IF is_isolated THEN
    SELECT outdated || array_agg(m.relation) INTO outdated
    FROM enact_undo.protected_member m WHERE m.relation = ANY (written) AND (
      EXISTS (SELECT FROM pg_class c WHERE c.oid = m.relation AND enact_undo.is_replaced(c.xmax))
      OR EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = m.relation AND enact_undo.is_replaced(t.xmax))
      OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = m.relation AND enact_undo.is_replaced(a.xmax)));
  END IF;

  SELECT array_agg(c.oid),
      array_agg(c.oid) FILTER (WHERE c.relkind IN ('r', 'p', 'f', 'm') AND c.relpersistence <> 't'
        AND c.relnamespace <> 'enact_undo'::regnamespace AND (members IS NULL OR c.oid <> ALL (members))),
      array_agg(c.oid) FILTER (WHERE c.relpersistence = 't')
  INTO known, unprotected, temporary
  FROM pg_class c WHERE c.oid = ANY (written);

  -- one that was dropped is no less written
  IF cardinality(known) IS DISTINCT FROM cardinality(written) THEN
    SELECT unprotected || array_agg(w.relation) INTO unprotected
    FROM unnest(written) AS w (relation)
    WHERE (known IS NULL OR w.relation <> ALL (known)) AND (members IS NULL OR w.relation <> ALL (members));
  END IF;

  IF EXISTS (SELECT FROM pg_cursors c WHERE c.is_holdable AND c.creation_time >= since)
    OR temporary IS NOT NULL AND EXISTS (SELECT FROM pg_trigger t
      WHERE t.tgrelid = ANY (temporary) AND t.tgdeferrable AND NOT t.tgisinternal) THEN
    RAISE EXCEPTION 'A cursor WITH HOLD, or a deferred trigger of a temporary table, runs after the action has ended'
      USING ERRCODE = '55000';
  END IF;

  IF altered IS NOT NULL THEN
    SELECT format('%I.%I', n.nspname, c.relname) INTO reason
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid = ANY (altered) AND n.nspname = 'enact_undo' LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'Capture object % was altered or locked inside a governed action', reason USING ERRCODE = '55006';
    END IF;

    -- it would be there, and be found first, for whoever gets the connection next
    SELECT format('%I.%I', n.nspname, p.relname) INTO reason
    FROM pg_class c
    JOIN pg_class p ON p.relname = c.relname
    JOIN enact_undo.protected_member m ON m.relation = p.oid
    JOIN pg_namespace n ON n.oid = p.relnamespace
    WHERE c.oid = ANY (altered) AND c.relpersistence = 't' LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'A temporary table hides %', reason USING ERRCODE = '55000';
    END IF;

    -- TRUNCATE takes the lock that ALTER and DROP take, but leaves columns and triggers as they were
    SELECT coalesce(quote_ident(n.nspname) || '.' || quote_ident(c.relname), 'with oid ' || m.relation) INTO reason
    FROM enact_undo.protected_member m
    JOIN enact_undo.protected_table p ON p.id = m.protected
    LEFT JOIN pg_class c ON c.oid = m.relation
    LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE m.relation = ANY (altered) AND (
      NOT EXISTS (SELECT FROM enact_undo.statement s
        WHERE s.marker = marker_id AND s.protected = m.protected AND s.operation = 'T')
      OR EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = m.relation AND age(t.xmin) <= 0)
      OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = m.relation AND age(a.xmin) <= 0)
      OR p.shape IS DISTINCT FROM enact_undo.shape_of(p.relation)) LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'Protected table % was altered, dropped or locked inside a governed action', reason
        USING ERRCODE = '55006';
    END IF;
  END IF;

  IF outdated IS NOT NULL THEN
    RAISE EXCEPTION 'Changes of table % can''t be undone: it was changed since its capture objects were installed',
      outdated[1]::regclass USING ERRCODE = '55000', HINT = 'Install the capture objects again.';
  END IF;

  RETURN QUERY
    SELECT n.nspname::text, c.relname::text, s.operation, s.row_count
    FROM (SELECT e.protected, e.operation, sum(e.row_count)::bigint AS row_count FROM enact_undo.statement e
      WHERE e.marker = marker_id GROUP BY 1, 2) AS s
    JOIN enact_undo.protected_table p ON p.id = s.protected
    JOIN pg_class c ON c.oid = p.relation JOIN pg_namespace n ON n.oid = c.relnamespace;

  IF unprotected IS NOT NULL THEN
    RETURN QUERY
      SELECT coalesce(n.nspname, '')::text, coalesce(c.relname, 'oid ' || w.relation)::text, 'W'::"char", 0::bigint
      FROM unnest(unprotected) AS w (relation)
      LEFT JOIN pg_class c ON c.oid = w.relation LEFT JOIN pg_namespace n ON n.oid = c.relnamespace;
  END IF;
  IF 'enact_undo.definition'::regclass = ANY (written) THEN
    RETURN QUERY
      WITH told AS (DELETE FROM enact_undo.definition d WHERE d.marker = marker_id RETURNING d.what)
      SELECT DISTINCT '', t.what, 'W'::"char", 0::bigint FROM told t;
  END IF;
  IF commit_follows THEN
    -- some of what an action starts runs at the commit, and nothing makes the transaction writable again
    PERFORM set_config('transaction_read_only', 'on', true);
  END IF;
END $$;

REVOKE ALL ON FUNCTION enact_undo.fence(uuid, uuid) FROM PUBLIC;
COMMENT ON SCHEMA enact_undo IS 'Enact capture objects, version 2';
