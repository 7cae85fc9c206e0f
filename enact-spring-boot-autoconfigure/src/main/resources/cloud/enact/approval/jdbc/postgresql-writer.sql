-- Rights of the role that asks for approvals: it can open requests and go on with open ones, and change nothing else.
-- psql -v ON_ERROR_STOP=1 -1 -v schema=enact -v role=app -f postgresql-writer.sql, as the owner.

GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON :"schema".approval_schema, :"schema".approval_request TO :"role";
GRANT EXECUTE ON FUNCTION :"schema".approval_open(text, text, bigint, bytea, text, bigint),
  :"schema".approval_replace(text, boolean, bigint, bytea, text) TO :"role";
