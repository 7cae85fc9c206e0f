-- Nobody but the owner has a right on what is here until somebody grants it.
REVOKE ALL ON FUNCTION enact_undo.columns_of(oid), enact_undo.shape_of(oid), enact_undo.is_replaced(xid),
  enact_undo.enter(uuid, uuid, bytea), enact_undo.must_be_left(), enact_undo.leave(bigint, bytea, boolean) FROM PUBLIC;

-- Rights that somebody has by default on all schemas and functions of the owner are none on these.
DO $$
DECLARE
  given record;
BEGIN
  FOR given IN
    SELECT 'SCHEMA enact_undo' AS object, a.grantee FROM pg_catalog.pg_namespace n, pg_catalog.aclexplode(n.nspacl) a
    WHERE n.nspname = 'enact_undo' AND a.grantee <> n.nspowner
    UNION
    SELECT pg_catalog.format('FUNCTION enact_undo.%I(%s)', p.proname,
      pg_catalog.pg_get_function_identity_arguments(p.oid)), a.grantee
    FROM pg_catalog.pg_proc p, pg_catalog.aclexplode(p.proacl) a
    WHERE p.pronamespace = 'enact_undo'::pg_catalog.regnamespace AND a.grantee <> p.proowner
  LOOP
    EXECUTE pg_catalog.format('REVOKE ALL ON %s FROM %s', given.object,
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::pg_catalog.regrole::text END);
  END LOOP;
END $$;
