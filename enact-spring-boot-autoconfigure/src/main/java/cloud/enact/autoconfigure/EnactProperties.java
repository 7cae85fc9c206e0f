package cloud.enact.autoconfigure;

import cloud.enact.connector.postgres.UnprotectedWrite;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.OnError;
import cloud.enact.policy.cerbos.CerbosSettings;
import cloud.enact.workflow.ShippedWorkflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What {@code enact.*} configures. A key that is not known stops the application: a misspelled policy must not be a
 * policy less.
 *
 * @param mode Whether decisions stop calls (enforce) or are only recorded (observe).
 * @param strict Whether a tool that is offered to a model past the gate is refused rather than warned about.
 * @param signing Keys that sign receipts.
 * @param actor Who asks when neither Spring Security nor the tool context knows.
 * @param tools Tools without annotation.
 * @param run How tool calls are put together into runs.
 * @param policies Policies for all actions, in order.
 * @param policyFiles Files with further policies, such as file:./policies/*.yaml or classpath:policies/*.yaml. Names that end with _test.yaml are left out.
 * @param policyReload How often policy files outside the class path are looked at for changes. Zero reads them once.
 * @param policyTimeout How long a policy bean may think before it counts as BLOCK.
 * @param policyEnv Names of environment variables and properties that expressions may read, as env.NAME. None by default.
 * @param api Questions over HTTP.
 * @param console Pages for people.
 * @param hooks Doors for coding agents.
 * @param limits Sizes of what comes in.
 * @param approval Asking people.
 * @param receipts Where receipts are kept.
 * @param undo Where pre-state is kept.
 * @param rollback Undoing runs.
 * @param recovery Actions whose outcome was lost.
 * @param filesystem Connectors for files.
 * @param postgres Undo of rows in PostgreSQL.
 * @param github Connectors for GitHub.
 * @param slack Connectors for Slack.
 * @param http Connectors for systems with an HTTP API, declared in YAML.
 * @param email Connectors for e-mail.
 * @param workflows Shipped workflows that are offered as tools and actions, such as agent_pr_workflow, db_safe_insert. None by default.
 * @param mcp Tools that come and go over MCP.
 * @param cerbos Policy files in the format of Cerbos.
 */
@ConfigurationProperties(prefix = "enact", ignoreUnknownFields = false)
public record EnactProperties(
        @DefaultValue("enforce") EnactMode mode,
        @DefaultValue("false") boolean strict,
        @DefaultValue @NestedConfigurationProperty SigningProperties signing,
        @Nullable ActorProperties actor,
        @DefaultValue Tools tools,
        @DefaultValue RunProperties run,
        @DefaultValue List<PolicyEntry> policies,
        @DefaultValue List<String> policyFiles,
        @DefaultValue("2s") Duration policyReload,
        @DefaultValue("1s") Duration policyTimeout,
        @DefaultValue List<String> policyEnv,
        @DefaultValue Api api,
        @DefaultValue @NestedConfigurationProperty ConsoleProperties console,
        @DefaultValue @NestedConfigurationProperty HookProperties hooks,
        @DefaultValue Limits limits,
        @DefaultValue @NestedConfigurationProperty ApprovalProperties approval,
        @DefaultValue @NestedConfigurationProperty ReceiptProperties receipts,
        @DefaultValue Undo undo,
        @DefaultValue Rollback rollback,
        @DefaultValue @NestedConfigurationProperty RecoveryProperties recovery,
        @DefaultValue @NestedConfigurationProperty FilesystemProperties filesystem,
        @DefaultValue Postgres postgres,
        @DefaultValue @NestedConfigurationProperty GitHubProperties github,
        @DefaultValue @NestedConfigurationProperty SlackProperties slack,
        @DefaultValue @NestedConfigurationProperty HttpProperties http,
        @DefaultValue @NestedConfigurationProperty EmailProperties email,
        @DefaultValue Set<ShippedWorkflow> workflows,
        @DefaultValue @NestedConfigurationProperty McpProperties mcp,
        @DefaultValue Cerbos cerbos) {

    /**
     * Who asks when nobody else knows.
     *
     * @param id E-mail address or client id.
     * @param roles Roles.
     */
    public record ActorProperties(
            @Nullable String id, @DefaultValue Set<String> roles) {}

    /**
     * Tools without annotation.
     *
     * @param unannotated What happens to tools without @EnactAction that the allow list does not name.
     * @param allow Names of tools that may be called without annotation; a star stands for any characters.
     */
    public record Tools(
            @DefaultValue("block") Unannotated unannotated,
            @DefaultValue List<String> allow) {}

    /** What happens to tools without annotation. */
    public enum Unannotated {
        /** They can't be called. */
        BLOCK,
        /** They can be called. */
        ALLOW
    }

    /**
     * How tool calls are put together into runs.
     *
     * @param scope Whether all tool calls of one ChatClient call are one run (turn), or each is its own (call).
     */
    public record RunProperties(@DefaultValue("turn") Scope scope) {}

    /** What makes a run. */
    public enum Scope {
        /** All tool calls of one ChatClient call. */
        TURN,
        /** Each tool call. */
        CALL
    }

    /**
     * A policy, or a pack of them.
     *
     * @param policy Name of a built-in policy or of an ActionPolicy bean.
     * @param pack Name of a pack of policies.
     * @param name Name of an expression policy.
     * @param with Parameters of the policy or of the pack.
     * @param without Policies of the pack that are left out.
     * @param on Action patterns the policy is asked about, comma separated. By default the policy knows itself. Quote the key in YAML, where a bare on is a boolean.
     * @param mode Mode of this policy alone.
     * @param block CEL expression that blocks when it is true.
     * @param ask CEL expression that asks a person when it is true.
     * @param reason What to tell when the expression is true.
     * @param onError What to do when the expression can't be evaluated. Blocks by default.
     * @param approvers How many people have to approve when it asks. One by default.
     * @param groups Groups of which each of them has to be in one. Anybody by default.
     */
    public record PolicyEntry(
            @Nullable String policy,
            @Nullable String pack,
            @Nullable String name,
            @DefaultValue Map<String, Object> with,
            @DefaultValue List<String> without,
            @Nullable String on,
            @Nullable EnactMode mode,
            @Nullable String block,
            @Nullable String ask,
            @Nullable String reason,
            @Nullable OnError onError,
            @Nullable Integer approvers,
            @DefaultValue List<String> groups) {}

    /**
     * Questions over HTTP.
     *
     * @param enabled Whether the application answers below /enact/api what would be decided.
     * @param remote Whether callers of other machines get an answer. Only this machine by default.
     */
    public record Api(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("false") boolean remote) {}

    /**
     * Sizes of what comes in.
     *
     * @param arguments How large the arguments of one tool call may be.
     */
    public record Limits(@DefaultValue("1MB") DataSize arguments) {}

    /**
     * Where pre-state is kept.
     *
     * @param directory Directory for content that actions are about to change. Beside the receipt file by default.
     * @param maxFileSize How large one captured file may be.
     */
    public record Undo(
            @Nullable Path directory, @DefaultValue("4GB") DataSize maxFileSize) {}

    /**
     * Undoing runs.
     *
     * @param enabled Whether runs can be rolled back over the actuator and the console.
     */
    public record Rollback(@DefaultValue("false") boolean enabled) {}

    /**
     * Undo of rows in PostgreSQL.
     *
     * @param protect Tables whose rows are captured when a governed action changes them: schema.table, where a star stands for any characters. Data sources are left alone without it and without connectors.
     * @param captureSchema Whether start-up only says what is missing in the database (validate) or makes it (create).
     * @param unprotectedWrite What happens when a governed action writes to a table that is not protected.
     * @param lockTimeout How long to wait for a lock while installing, restoring, or changing rows through a connector.
     * @param connectors Connectors for rows, by name: the first part of the names of their actions. None by default.
     * @param owner Role that owns the capture objects, and installs, reads, restores and prunes with them. The application's own by default.
     * @param owners Owners of the capture objects behind single data sources, by the name of their bean.
     * @param roles Further roles whose transactions are captured, for actions that change their role.
     * @param undoRetention How long captured rows are kept. Zero keeps them for ever.
     * @param pruneInterval How often rows that were captured longer ago than they are kept are removed. Zero leaves it to the command and the actuator.
     * @param showColumns Columns whose values a report shows for rows in conflict: schema.table.column, where a star stands for any characters. Keys are shown without it, credentials never are.
     */
    public record Postgres(
            @DefaultValue List<String> protect,
            @DefaultValue("validate") CaptureSchema captureSchema,
            @DefaultValue("refuse") UnprotectedWrite unprotectedWrite,
            @DefaultValue("10s") Duration lockTimeout,
            @DefaultValue Map<String, PostgresConnectorEntry> connectors,
            @DefaultValue Owner owner,
            @DefaultValue Map<String, Owner> owners,
            @DefaultValue List<String> roles,
            @DefaultValue("30d") Duration undoRetention,
            @DefaultValue("1h") Duration pruneInterval,
            @DefaultValue List<String> showColumns) {}

    /**
     * Role that owns capture objects.
     *
     * @param username Name of the role.
     * @param password Password of the role.
     * @param url JDBC URL to reach the database at. The data source's own by default.
     */
    public record Owner(
            @Nullable String username,
            @Nullable String password,
            @Nullable String url) {

        @Override
        public String toString() {
            return "Owner[***]";
        }
    }

    /**
     * A connector for rows.
     *
     * @param dataSource Name of the DataSource bean it works on. The only one, or the primary one, if nothing is said.
     * @param operations Operations that are allowed, such as select_rows, update_row, delete_row. None by default.
     * @param tables Tables it may use: schema.table, where a star stands for any characters. None by default.
     * @param maxRows How many rows are returned or inserted at once.
     * @param maxSize How many characters the values of all returned rows may have together.
     */
    public record PostgresConnectorEntry(
            @Nullable String dataSource,
            @DefaultValue Set<String> operations,
            @DefaultValue Set<String> tables,
            @DefaultValue("1000") int maxRows,
            @DefaultValue("1MB") DataSize maxSize) {}

    /** What start-up does about missing capture objects. */
    public enum CaptureSchema {
        /** It stops, and prints the SQL. */
        VALIDATE,
        /** It runs the SQL. */
        CREATE
    }

    /**
     * Policy files in the format of Cerbos.
     *
     * @param strict Whether a rule whose expression can't be evaluated blocks. Otherwise it counts as a rule that does not hold, as in Cerbos.
     * @param noMatch What is said of a call that no rule is about.
     * @param roleCombining Whether an actor may do what one of the roles may (cerbos), or may not do what one of them may not (deny-overrides).
     * @param policyVersion Version of the policies that are asked.
     * @param scope Scope of the policies that are asked. Empty for the root.
     * @param lenientScopeSearch Whether a scope without policy is skipped. Otherwise nothing matches there.
     * @param globals Values of G and globals in expressions.
     */
    public record Cerbos(
            @DefaultValue("true") boolean strict,
            @DefaultValue("abstain") CerbosSettings.NoMatch noMatch,
            @DefaultValue("cerbos") CerbosSettings.RoleCombining roleCombining,
            @DefaultValue("default") String policyVersion,
            @DefaultValue("") String scope,
            @DefaultValue("false") boolean lenientScopeSearch,
            @DefaultValue Map<String, Object> globals) {}
}
