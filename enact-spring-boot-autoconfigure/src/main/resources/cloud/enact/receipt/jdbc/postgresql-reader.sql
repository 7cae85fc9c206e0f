-- Rights of a role that only reads receipts.
-- psql -v ON_ERROR_STOP=1 -1 -v schema=enact -v role=audit -f postgresql-reader.sql, as the owner.

GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON :"schema".receipt_schema, :"schema".receipt_log, :"schema".receipt_entry, :"schema".receipt_open,
  :"schema".receipt_checkpoint TO :"role";
