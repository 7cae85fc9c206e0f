-- Rights of the role that writes receipts, and of one that only reads them. Neither can change or remove anything.
-- psql -v ON_ERROR_STOP=1 -1 -v schema=enact -v writer=app -v reader=audit -f postgresql-roles.sql, as the owner.

GRANT USAGE ON SCHEMA :"schema" TO :"writer", :"reader";
GRANT SELECT ON :"schema".receipt_schema, :"schema".receipt_log, :"schema".receipt_entry, :"schema".receipt_open,
  :"schema".receipt_checkpoint TO :"writer", :"reader";
GRANT INSERT ON :"schema".receipt_checkpoint TO :"writer";
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA :"schema" TO :"writer";
