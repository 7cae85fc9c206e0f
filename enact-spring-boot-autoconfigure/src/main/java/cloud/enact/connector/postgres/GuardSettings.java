package cloud.enact.connector.postgres;

/**
 * What a guard needs to know.
 *
 * @param database name the steps carry, so that the way back finds the database again
 * @param unprotected what becomes of changes nobody can take back
 */
public record GuardSettings(String database, UnprotectedWrite unprotected) {}
