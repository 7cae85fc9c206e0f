package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellWord;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A call of a program that takes something away which lives longer than the command: {@code terraform destroy},
 * {@code aws s3 rm}, {@code kafka-topics --delete}. Calls that only show what would happen are none.
 *
 * @param family what it takes away
 * @param tool the program
 * @param verb the word or option that says so, in small letters
 * @param nouns the words of the program's own before the verb, in small letters
 * @param operands the words behind the verb, without options
 * @param command index of the command in the facts of the shell
 */
public record Destruction(
        Family family, String tool, String verb, List<String> nouns, List<ShellWord> operands, int command) {

    /** What a cluster makes again by itself. */
    private static final Set<String> PASSING =
            Set.of("pod", "pods", "po", "job", "jobs", "event", "events", "replicaset", "rs", "evicted");

    public Destruction {
        nouns = List.copyOf(nouns);
        operands = List.copyOf(operands);
    }

    /** The program and its own words, as people write it. */
    public String phrase() {
        StringBuilder phrase = new StringBuilder(this.tool);
        this.nouns.forEach(noun -> phrase.append(' ').append(noun));
        return phrase.append(' ').append(this.verb).toString();
    }

    /** Whether one of the words before the verb, or a part of the verb itself, is one of these. */
    public boolean concerns(String... things) {
        for (String thing : things) {
            if (this.nouns.contains(thing) || CliWords.parts(this.verb).contains(thing)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it takes away what a service keeps, rather than something of this machine or something that comes back by
     * itself, as a single pod does.
     */
    public boolean isAtService() {
        if (this.family == Family.CLUSTER) {
            return this.operands.isEmpty()
                    || !PASSING.contains(this.operands.get(0).text().toLowerCase(Locale.ROOT))
                    || this.operands.size() < 2;
        }
        return this.family != Family.CONTAINER && this.family != Family.MACHINE && this.family != Family.SCHEMA;
    }

    /** What is taken away. */
    public enum Family {
        /** Buckets and what is in them. */
        STORAGE,
        /** Users, roles, service accounts. */
        IDENTITY,
        /** Names on the Internet. */
        DNS,
        /** Databases as a whole. */
        DATABASE,
        /** Tables, by a tool that keeps a schema in step with code. */
        SCHEMA,
        /** Everything that a description of infrastructure made. */
        INFRASTRUCTURE,
        /** What a cluster runs. */
        CLUSTER,
        /** Containers, images and volumes of this machine. */
        CONTAINER,
        /** Published packages. */
        PACKAGE,
        /** Customers, subscriptions, money. */
        PAYMENT,
        /** Disks, volumes and accounts of this machine. */
        MACHINE,
        /** Whatever an address on the network stands for. */
        HTTP,
        /** Anything else that a service keeps. */
        SERVICE,
        /** Something of a program that nobody here knows. */
        UNKNOWN
    }
}
