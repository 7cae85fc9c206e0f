-- Enact data keys, version 1.
-- By hand: psql -v ON_ERROR_STOP=1 -1 -v schema=enact_keys -f postgresql-1.sql, as the role that is to own the keys.

CREATE TABLE :"schema".encryption_schema (
  version integer PRIMARY KEY,
  installed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A key is wrapped by a master key that is not in this database. Of an erased one only the id is left.
CREATE TABLE :"schema".encryption_key (
  kid text COLLATE "C" PRIMARY KEY,
  subject bytea UNIQUE,
  master text COLLATE "C",
  wrapped bytea
);

-- Where the others are while one is erased.
CREATE TABLE :"schema".encryption_key_spare (LIKE :"schema".encryption_key);

-- Keeps a key unless there is one for its id or subject, and gives the one that is kept.
CREATE FUNCTION :"schema".encryption_put(p_kid text, p_subject bytea, p_master text, p_wrapped bytea)
RETURNS SETOF :"schema".encryption_key
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  LOOP
    INSERT INTO encryption_key AS k (kid, subject, master, wrapped)
      VALUES (p_kid, p_subject, p_master, p_wrapped) ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT k.* FROM encryption_key k WHERE k.kid = p_kid;
    EXIT WHEN FOUND;
    RETURN QUERY SELECT k.* FROM encryption_key k WHERE k.subject = p_subject;
    -- else the key of the subject was erased meanwhile
    EXIT WHEN FOUND;
  END LOOP;
END
$$;

-- Keeps another wrapping of a key that was not erased.
CREATE FUNCTION :"schema".encryption_rewrap(p_kid text, p_master text, p_wrapped bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  UPDATE encryption_key k SET master = p_master, wrapped = p_wrapped WHERE k.kid = p_kid AND k.wrapped IS NOT NULL;
  RETURN FOUND;
END
$$;

-- Erases a key. An update would leave the old row in the file until somebody vacuums, and its bytes longer: the other
-- keys go to a new file, and the old one is removed with the commit.
CREATE FUNCTION :"schema".encryption_erase(p_kid text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :"schema", pg_temp AS $$
BEGIN
  LOCK TABLE encryption_key IN ACCESS EXCLUSIVE MODE;
  IF NOT EXISTS (SELECT FROM encryption_key k WHERE k.kid = p_kid) THEN
    RETURN false;
  END IF;
  INSERT INTO encryption_key_spare SELECT k.* FROM encryption_key k WHERE k.kid <> p_kid;
  TRUNCATE encryption_key;
  INSERT INTO encryption_key SELECT s.* FROM encryption_key_spare s;
  INSERT INTO encryption_key (kid) VALUES (p_kid);
  TRUNCATE encryption_key_spare;
  RETURN true;
END
$$;

REVOKE ALL ON ALL TABLES IN SCHEMA :"schema" FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA :"schema" FROM PUBLIC;

INSERT INTO :"schema".encryption_schema (version) VALUES (1);
