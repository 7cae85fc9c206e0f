-- Checkpoints of receipt logs, on another server than the receipts.
-- Run it as the owner of the schema; then: GRANT INSERT, SELECT ON enact_checkpoint_anchor TO the_writing_role;
BEGIN;

CREATE TABLE IF NOT EXISTS enact_checkpoint_anchor (
    log         text        NOT NULL,
    size        bigint      NOT NULL,
    root        bytea       NOT NULL,
    made_at     timestamptz NOT NULL,
    note        text        NOT NULL,
    anchored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- two roots for one size contradict each other, and both must be there to be seen
    PRIMARY KEY (log, size, root)
);

CREATE OR REPLACE FUNCTION enact_checkpoint_anchor_is_append_only() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'checkpoints are only ever added' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE OR REPLACE TRIGGER enact_checkpoint_anchor_no_change
    BEFORE UPDATE OR DELETE OR TRUNCATE ON enact_checkpoint_anchor
    FOR EACH STATEMENT EXECUTE FUNCTION enact_checkpoint_anchor_is_append_only();

ALTER TABLE enact_checkpoint_anchor ENABLE ALWAYS TRIGGER enact_checkpoint_anchor_no_change;

COMMIT;
