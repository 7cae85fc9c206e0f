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
        return takesAway(inputs.words(), "drizzle", "prisma", "schema")
                ? block("The action drops what a schema does not know." + INSTEAD)
                : null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        for (Destruction destruction : inputs.commands().destructions()) {
            boolean database = destruction.family() == Family.DATABASE
                    && destruction.tool().equals("supabase")
                    && destruction.verb().equals("reset");
            if (destruction.family() == Family.SCHEMA || database) {
                return block(quoted(destruction.phrase()) + " drops tables with their rows." + INSTEAD);
            }
        }
        return null;
    }
}
