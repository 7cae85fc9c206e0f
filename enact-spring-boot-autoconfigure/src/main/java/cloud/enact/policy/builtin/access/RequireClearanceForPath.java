package cloud.enact.policy.builtin.access;

import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.CommandLines;
import cloud.enact.policy.builtin.CommandPaths;
import cloud.enact.policy.builtin.FilePaths;
import cloud.enact.policy.builtin.FileUse;
import cloud.enact.policy.builtin.FileUses;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Keeps listed directories for actors whose attribute {@code clearance} is high enough. */
final class RequireClearanceForPath extends ArgumentPolicy {

    static final String NAME = "access.require-clearance-for-path";

    static final String HARM = "Somebody uses files that they are not cleared for.";

    private static final int LONGEST_NUMBER = 32;

    private final ListedPaths paths;

    private final long min;

    RequireClearanceForPath(PolicyParameters with, String home) {
        super(NAME, "The actor is cleared for every path.");
        this.paths = new ListedPaths(with, "paths", home);
        this.min = with.count("min");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return FilePaths.areNamedIn(inputs) || inputs.has(InputName.COMMAND);
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        BigDecimal clearance = number(inputs.request().actor().attributes().get("clearance"));
        if (clearance != null && clearance.compareTo(BigDecimal.valueOf(this.min)) >= 0) {
            return pass();
        }
        if (inputs.isOversized(InputName.PATH)
                || FilePaths.areNamedIn(inputs) && inputs.isOversized(InputName.ENDPOINT)) {
            return block("The path is too long to be a path. Use a shorter one.");
        }
        for (FileUse use : FileUses.of(inputs)) {
            if (this.paths.hold(use.path(), use.recursive()) || this.paths.hold(use.full(), use.recursive())) {
                return objection(use.path());
            }
        }
        for (String path : CommandPaths.in(inputs)) {
            if (this.paths.hold(path, false)) {
                return objection(path);
            }
        }
        return CommandLines.areUnreadable(inputs)
                ? ask("Nobody can tell which files the command uses. Write it without constructs that hide it.")
                : pass();
    }

    /** Whatever is no number is no clearance. */
    private static @Nullable BigDecimal number(@Nullable Object value) {
        if (!(value instanceof Number) && !(value instanceof String)) {
            return null;
        }
        String text = value.toString().strip();
        try {
            return (text.length() <= LONGEST_NUMBER) ? new BigDecimal(text) : null;
        } catch (NumberFormatException ex) {
            return null;
        }
    }

    private Verdict objection(String path) {
        return block("The path " + quoted(path) + " needs a clearance of " + this.min
                + " or more. Ask somebody who has it.");
    }
}
