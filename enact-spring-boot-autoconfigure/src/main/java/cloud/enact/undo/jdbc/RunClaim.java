package cloud.enact.undo.jdbc;

import cloud.enact.undo.UndoLog;

/** The right to undo a run, which the database knows by its token. */
final class RunClaim implements UndoLog.Claim {

    private final long token;

    private final RunClaims claims;

    RunClaim(long token, RunClaims claims) {
        this.token = token;
        this.claims = claims;
    }

    long token() {
        return this.token;
    }

    @Override
    public void close() {
        this.claims.release(this.token);
    }
}
