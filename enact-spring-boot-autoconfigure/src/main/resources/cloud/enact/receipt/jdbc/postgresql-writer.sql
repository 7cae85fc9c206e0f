-- Rights of the role that writes receipts: it can't change or remove any.
-- psql -v ON_ERROR_STOP=1 -1 -v schema=enact -v role=app -f postgresql-writer.sql, as the owner.

GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON :"schema".receipt_schema, :"schema".receipt_log, :"schema".receipt_entry, :"schema".receipt_open,
  :"schema".receipt_checkpoint TO :"role";
GRANT INSERT ON :"schema".receipt_checkpoint TO :"role";
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA :"schema" TO :"role";
