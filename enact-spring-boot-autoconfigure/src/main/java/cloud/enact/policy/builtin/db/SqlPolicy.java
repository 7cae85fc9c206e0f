package cloud.enact.policy.builtin.db;

import cloud.enact.analysis.sql.SqlFacts;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;

/** A policy that judges statements, and calls that say the same in their own words. */
abstract class SqlPolicy extends ArgumentPolicy {

    SqlPolicy(String name, String passReason) {
        super(name, passReason);
    }

    /** Whether it is a database that is called. */
    static boolean isDatabase(PolicyInputs inputs) {
        return inputs.named() || inputs.words().isDatabase();
    }

    /** What nobody can read: no for a database, a question to a person for anything else. */
    final Verdict unclear(PolicyInputs inputs, SqlFacts facts, String what) {
        String problem = facts.problems().get(0);
        String reason = "The statement " + problem + ", so nobody can say " + what + ". Write it plainly.";
        return (isDatabase(inputs) || inputs.has(InputName.TABLE)) ? block(reason) : ask(reason);
    }

    /** Code that is not in the statement. */
    final Verdict hidden(String construct, String what) {
        return block("The statement runs code that can't be seen in it (" + construct + "), so nobody can say " + what
                + ". Write what it does as plain statements, or ask a maintainer to do it.");
    }
}
