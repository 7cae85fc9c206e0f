package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Destruction;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks tools that keep a schema in step with code from dropping what is in the way. */
final class BlockDrizzleForcePush extends CommandPolicy {

    static final String NAME = "coding-agent.block-drizzle-force-push";

    static final String HARM =
            "Tables and columns are dropped with their rows because a schema in code says otherwise.";

    private static final String INSTEAD = " Write a migration that keeps the rows, and let a person run it.";

    private static final Set<String> SYSTEMS = Set.of("drizzle", "prisma", "migration", "migrations", "schema");

    private static final Set<String> TOOLS = Set.of("drizzle", "prisma", "schema");

    BlockDrizzleForcePush() {
        super(
                NAME,
                "No schema is forced on a database.",
                "drizzle prisma typeorm sequelize knex flyway liquibase db: migrate:");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.words().hasAny(SYSTEMS);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        return takesAway(inputs.words(), TOOLS)
                ? block("The action drops what a schema does not know." + INSTEAD)
                : null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        Destruction found = destruction(inputs, each -> each.family() == Family.SCHEMA || resetsDatabase(each));
        return (found != null) ? block(quoted(found.phrase()) + " drops tables with their rows." + INSTEAD) : null;
    }

    private static boolean resetsDatabase(Destruction destruction) {
        return destruction.family() == Family.DATABASE
                && destruction.tool().equals("supabase")
                && destruction.verb().equals("reset");
    }
}
