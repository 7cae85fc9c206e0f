package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.postgres.CaptureException;
import cloud.enact.undo.postgres.CapturePlan;
import cloud.enact.undo.postgres.TableName;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Sees at start-up that everything is in the databases that capturing needs, or puts it there. */
final class CaptureSchemaVerifier implements SmartInitializingSingleton {

    private static final Log logger = LogFactory.getLog(CaptureSchemaVerifier.class);

    private static final int NAMED = 10;

    private final EnactProperties.Postgres properties;

    private final CaptureDatabases databases;

    CaptureSchemaVerifier(EnactProperties.Postgres properties, CaptureDatabases databases) {
        this.properties = properties;
        this.databases = databases;
    }

    @Override
    public void afterSingletonsInstantiated() {
        this.databases.all().forEach(this::verify);
    }

    private void verify(String name, CaptureDatabases.Entry entry) {
        CapturePlan plan;
        try {
            plan = (this.properties.captureSchema() == EnactProperties.CaptureSchema.CREATE)
                    ? entry.database().install()
                    : entry.database().plan();
        } catch (CaptureException ex) {
            throw new EnactStartupException(
                    "Nobody can tell whether the rows of " + this.properties.protect() + " in data source " + name
                            + " are captured. " + ex.getMessage() + ".",
                    "See that the database can be reached, and that the role which owns the capture objects owns the"
                            + " protected tables, too (docs/postgresql.md, Roles).",
                    ex);
        }
        plan.skipped().forEach(logger::warn);
        if (this.properties.captureSchema() == EnactProperties.CaptureSchema.VALIDATE && !plan.isEmpty()) {
            throw missing(name, entry, plan);
        }
        if (entry.owned()) {
            entry.database()
                    .powerful(entry.roles())
                    .forEach(
                            role -> logger.warn("Role " + role + " of data source " + name + " can change undo data all"
                                    + " the same: it is a superuser, or a member of the role that owns it"));
        } else {
            logger.info("Undo data in data source " + name + " belongs to the application's own role, " + entry.role()
                    + ", which can read and change it; set enact.postgres.owner to keep it out of its reach");
        }
    }

    private EnactStartupException missing(String name, CaptureDatabases.Entry entry, CapturePlan plan) {
        return new EnactStartupException(
                "Changes of " + tables(plan.tables()) + " in data source " + name + " could not be undone: the database"
                        + " lacks what captures them.",
                "Do one of these:\n\n"
                        + "- Let the application install it: enact.postgres.capture-schema=create\n"
                        + "- Install it by command, as the owner of the tables: " + command(entry) + "\n"
                        + "- Run this SQL as the owner of the tables, in one transaction, or put it into a migration:"
                        + "\n\n" + plan.script(),
                null);
    }

    private String command(CaptureDatabases.Entry entry) {
        return "enact postgres install --url <url> --user <owner> "
                + this.properties.protect().stream()
                        .map(pattern -> "--protect " + argument(pattern) + " ")
                        .collect(Collectors.joining())
                + entry.roles().stream().map(role -> "--role " + argument(role)).collect(Collectors.joining(" "));
    }

    /** A name that a shell reads as it is. */
    private static String argument(String name) {
        return "'" + name.replace("'", "'\\''") + "'";
    }

    private String tables(List<TableName> tables) {
        if (tables.isEmpty()) {
            return this.properties.protect().toString();
        }
        return tables.stream().limit(NAMED).map(TableName::toString).collect(Collectors.joining(", "))
                + ((tables.size() > NAMED) ? " and " + (tables.size() - NAMED) + " more tables" : "");
    }
}
