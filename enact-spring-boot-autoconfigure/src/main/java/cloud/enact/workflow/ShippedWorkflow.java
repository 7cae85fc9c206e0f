package cloud.enact.workflow;

import cloud.enact.connector.Connector;
import cloud.enact.undo.StepExecutor;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** The workflows there are, and what each needs. */
public enum ShippedWorkflow {
    /** Branch, commit and pull request. */
    AGENT_PR_WORKFLOW(AgentPrWorkflow.class, AgentPrWorkflow::new, Kind.GITHUB, "create_branch", "create_pr"),

    /** A row unless there is one like it. */
    DB_SAFE_INSERT(DbSafeInsert.class, DbSafeInsert::new, Kind.POSTGRES, "insert_row"),

    /** As many rows as expected. */
    DB_SAFE_UPDATE(DbSafeUpdate.class, DbSafeUpdate::new, Kind.POSTGRES, "update_row"),

    /** A message to a channel. */
    POST_SLACK_MESSAGE(PostSlackMessage.class, PostSlackMessage::new, Kind.SLACK, "post_message"),

    /** A mail, once. */
    SEND_EMAIL(SendEmail.class, SendEmail::new, Kind.EMAIL, "send_email"),

    /** A ticket at the help desk. */
    CREATE_SUPPORT_TICKET(CreateSupportTicket.class, CreateSupportTicket::new, Kind.HTTP, "create_ticket"),

    /** Fields of a contact. */
    UPDATE_CRM_RECORD(UpdateCrmRecord.class, UpdateCrmRecord::new, Kind.HTTP, "find_contact", "update_contact"),

    /** A contact and a task. */
    NEW_LEAD(NewLead.class, NewLead::new, Kind.HTTP, "create_contact", "create_task"),

    /** Labels of an issue. */
    ISSUE_TRIAGE(IssueTriage.class, IssueTriage::new, Kind.GITHUB, "add_label");

    private final Class<?> type;

    private final BiFunction<Connector, StepExecutor, Object> factory;

    private final Kind kind;

    private final Set<String> operations;

    ShippedWorkflow(
            Class<?> type, BiFunction<Connector, StepExecutor, Object> factory, Kind kind, String... operations) {
        this.type = type;
        this.factory = factory;
        this.kind = kind;
        this.operations = Set.of(operations);
    }

    /** Name of the tool and of the action. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Type of the bean. */
    public Class<?> type() {
        return this.type;
    }

    /** Whether a connector is of the kind it works with, whatever is allowed there. */
    public boolean worksWith(Connector connector) {
        return this.kind.includes(connector)
                && (this.kind != Kind.HTTP || missing(connector).isEmpty());
    }

    /** Operations it needs that the connector doesn't allow. */
    public Set<String> missing(Connector connector) {
        Set<String> missing = new TreeSet<>(this.operations);
        missing.removeAll(connector.operations());
        return missing;
    }

    /** Name of the kind of connector it works with. */
    public String kind() {
        return this.kind.name().toLowerCase(Locale.ROOT);
    }

    /** Operations it can't do without. */
    public Set<String> operations() {
        return new TreeSet<>(this.operations);
    }

    /** Makes it. */
    public Object create(Connector connector, StepExecutor steps) {
        return this.factory.apply(connector, steps);
    }

    /** Kinds of connectors, told by the packages their classes are in, because their libraries are optional. */
    private enum Kind {
        GITHUB,
        POSTGRES,
        SLACK,
        EMAIL,
        HTTP;

        boolean includes(Connector connector) {
            return connector
                    .getClass()
                    .getPackageName()
                    .equals(Connector.class.getPackageName() + "." + name().toLowerCase(Locale.ROOT));
        }
    }
}
