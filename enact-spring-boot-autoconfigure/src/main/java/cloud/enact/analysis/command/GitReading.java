package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was found out about a call of git so far. */
final class GitReading {

    private final Set<GitEffect> effects = EnumSet.noneOf(GitEffect.class);

    private final List<PushTarget> pushTargets = new ArrayList<>(1);

    private final List<String> mergeBases = new ArrayList<>(1);

    private final List<ShellWord> created = new ArrayList<>(1);

    private final List<ShellWord> messages = new ArrayList<>(1);

    private final List<ShellWord> paths = new ArrayList<>(1);

    private String subcommand = "";

    private boolean uncertain;

    void subcommand(String name) {
        this.subcommand = name;
    }

    String subcommand() {
        return this.subcommand;
    }

    void add(GitEffect effect) {
        this.effects.add(effect);
    }

    void addIf(boolean condition, GitEffect effect) {
        if (condition) {
            this.effects.add(effect);
        }
    }

    Set<GitEffect> effects() {
        return this.effects;
    }

    void uncertain() {
        this.uncertain = true;
    }

    boolean isUncertain() {
        return this.uncertain;
    }

    List<PushTarget> pushTargets() {
        return this.pushTargets;
    }

    /** A push with everything that follows from its target. */
    void push(PushTarget target) {
        this.pushTargets.add(target);
        this.effects.add(GitEffect.PUSHES);
        addIf(target.forced() || target.deleted(), GitEffect.REWRITES_REMOTE);
        addIf(target.deleted() && !target.isTag(), GitEffect.DELETES_BRANCH);
        addIf((target.deleted() || target.forced()) && target.isTag(), GitEffect.CHANGES_TAG);
    }

    void mergeInto(String base) {
        this.effects.add(GitEffect.MERGES);
        this.mergeBases.add(base);
    }

    List<String> mergeBases() {
        return this.mergeBases;
    }

    List<ShellWord> created() {
        return this.created;
    }

    List<ShellWord> messages() {
        return this.messages;
    }

    List<ShellWord> paths() {
        return this.paths;
    }

    /** What earlier commands of one line leave behind for later ones. */
    static final class Session {

        private final Map<String, String> settings = new HashMap<>();

        private @Nullable String branch;

        Map<String, String> settings() {
            return this.settings;
        }

        @Nullable
        String branch() {
            return this.branch;
        }

        void branch(@Nullable String name) {
            this.branch = name;
        }
    }
}
