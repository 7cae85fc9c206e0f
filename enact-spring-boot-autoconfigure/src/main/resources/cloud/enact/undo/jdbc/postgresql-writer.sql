-- Rights of the role that writes the undo log: it can't change or remove any step.
-- psql -v ON_ERROR_STOP=1 -1 -v schema=enact -v role=app -f postgresql-writer.sql, as the owner.

GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON :"schema".undo_schema, :"schema".undo_begun, :"schema".undo_ended, :"schema".undo_idempotency_key
  TO :"role";
GRANT EXECUTE ON FUNCTION :"schema".undo_positions(integer),
  :"schema".undo_begin(bigint[], uuid[], bytea[], text[]),
  :"schema".undo_begin_held(bigint[], bigint, uuid, bytea, text),
  :"schema".undo_end(bigint, bytea, text), :"schema".undo_take(uuid, text, interval),
  :"schema".undo_renew(bigint[]), :"schema".undo_release(bigint),
  :"schema".undo_take_key(text, text, text), :"schema".undo_use_key(text, text, text),
  :"schema".undo_give_key_back(text, text) TO :"role";
