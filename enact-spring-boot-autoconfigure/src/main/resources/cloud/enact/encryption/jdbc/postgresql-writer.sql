-- Rights of the role that uses data keys: it can keep, wrap anew and erase keys, and bring none back.
-- psql -v ON_ERROR_STOP=1 -1 -v schema=enact_keys -v role=app -f postgresql-writer.sql, as the owner.

GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON :"schema".encryption_schema, :"schema".encryption_key TO :"role";
GRANT EXECUTE ON FUNCTION :"schema".encryption_put(text, bytea, text, bytea),
  :"schema".encryption_rewrap(text, text, bytea), :"schema".encryption_erase(text) TO :"role";
