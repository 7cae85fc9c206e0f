package cloud.enact.analysis.command;

import cloud.enact.analysis.command.Destruction.Family;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the command line of a program is built: {@code tool noun… verb operand…}, with options anywhere.
 *
 * @param family what it takes away when nothing tells more
 * @param words how many words of its own come before the operands, at most
 * @param traits how it differs from others
 * @param verbs words that take something away with this program and mean nothing elsewhere
 */
record CliGrammar(Family family, int words, Set<Trait> traits, Set<String> verbs) {

    /** How programs differ. */
    enum Trait {
        /** Verb and noun are one word: {@code delete-user}, {@code delete_vhost}, {@code apps:destroy}. */
        COMPOUND,
        /** The verb is an option: {@code --delete}. */
        OPTION,
        /** Only the verbs of its own row: {@code npm uninstall} takes nothing from anybody. */
        ONLY,
        /** Whatever it does: {@code dropdb}. */
        ALWAYS,
        /** The verb is the last of its words, never an earlier one. */
        LAST
    }

    /** Words that take away what they name, whatever the program. */
    static final Set<String> VERBS = words("""
            delete del remove rm destroy purge drop terminate wipe prune flush flushall flushdb erase nuke
            uninstall deregister unregister revoke disable cancel truncate undeploy unpublish yank deprovision
            decommission teardown expunge obliterate expire unlink dismantle deactivate rb rmdir unsubscribe
            deletedb dropdb removeall deleteall""");

    /** Words that say that nothing is taken away, so that what follows are names. */
    static final Set<String> HARMLESS = words("""
            get list ls describe show status info view logs tail watch create new add apply exec ssh start
            login logout init help version search find inspect stats top pull push import export download upload
            copy cp set update edit patch diff check validate whoami open connect attach lookup read write put
            explain events wait tag plan preview synth output fmt lint doctor completion install upgrade stop
            restart reboot resize rename enable generate""");

    /** Verbs for some programs and nouns for others: verbs behind a noun. */
    static final Set<String> EITHER =
            words("run deploy backup restore release build test snapshot cache log config access scale");

    // the families are separated by lines; a row is: programs | family | words | traits | own verbs
    private static final String TABLE = """
            aws awslocal | SERVICE | 2 | COMPOUND OPTION LAST | release detach disassociate reset put-secret-value \
            update-secret rotate-secret leave-organization
            gcloud az oci ibmcloud aliyun openstack | SERVICE | 7 | COMPOUND | reset
            gsutil | STORAGE | 1 | | rb
            mc s3cmd s4cmd s5cmd minio b2 azcopy | STORAGE | 2 | OPTION | rb rm-bucket delete-bucket
            doctl hcloud scw civo exo upcloud linode-cli vultr vultr-cli packet metal | SERVICE | 5 | COMPOUND | reset
            heroku | SERVICE | 1 | COMPOUND | unset reset
            fly flyctl vercel vc now netlify railway render amplify eb copilot scalingo clever | SERVICE | 3 | COMPOUND | unset down detach
            supabase firebase wrangler cloudflared flarectl appwrite nhost convex | SERVICE | 4 | COMPOUND | reset unset
            gh glab hub tea jira acli linear bb | SERVICE | 3 | COMPOUND | archive
            circleci travis buildkite drone woodpecker-cli gitlab-runner jenkins-cli jenkins | SERVICE | 3 | COMPOUND | clear
            sentry-cli datadog-ci twilio sendgrid shopify sf sfdx auth0 okta algolia newrelic | SERVICE | 4 | COMPOUND | \
            clear
            stripe | PAYMENT | 2 | | refund
            op bw doppler infisical lpass chamber akeyless | SERVICE | 3 | COMPOUND |
            vault bao consul nomad boundary | SERVICE | 3 | COMPOUND | stop seal force-leave
            kubectl oc k kubecolor | CLUSTER | 1 | OPTION | drain
            helm helm3 helmfile argocd argo flux istioctl linkerd tkn kustomize | CLUSTER | 2 | OPTION |
            eksctl kops talosctl kind minikube k3d k0s rancher microk8s kubeadm | CLUSTER | 2 | | reset
            velero restic borg borgmatic duplicity kopia duplicacy bupstash tarsnap wal-g wal-e pgbackrest barman \
            | SERVICE | 3 | COMPOUND OPTION | forget compact rdelete recreate cleanup
            rclone | STORAGE | 1 | OPTION | sync move moveto deletefile rmdirs cleanup bisync dedupe
            docker podman nerdctl docker-compose podman-compose buildah | CONTAINER | 2 | | down reset leave rmi
            terraform tofu terragrunt terramate pulumi cdk cdktf sam serverless sls sst crossplane vagrant atmos spacectl \
            | INFRASTRUCTURE | 2 | COMPOUND | down
            copilot-cli chalice zappa architect arc up ecs-cli | INFRASTRUCTURE | 2 | |
            mysqladmin | DATABASE | 1 | |
            dropdb | DATABASE | 0 | ALWAYS |
            dropuser userdel deluser groupdel delgroup | IDENTITY | 0 | ALWAYS |
            redis-cli valkey-cli keydb-cli | DATABASE | 5 | ONLY | flushall flushdb shutdown
            etcdctl | DATABASE | 1 | |
            bq influx pscale planetscale turso neonctl neon ccloud cockroach dolt realm-cli tiup couchbase-cli \
            | DATABASE | 3 | COMPOUND | reset
            kafka-topics kafka-consumer-groups kafka-acls kafka-configs kafka-delete-records kafka-streams-application-reset \
            | SERVICE | 0 | OPTION |
            rpk confluent nats pulsar-admin kcat rabbitmqadmin temporal tctl | SERVICE | 4 | COMPOUND | trim-prefix
            rabbitmqctl | SERVICE | 1 | COMPOUND | clear reset forget stop
            npm pnpm yarn bun | PACKAGE | 2 | ONLY | unpublish deprecate
            cargo gem twine hex mix.hex nuget dotnet-nuget | PACKAGE | 2 | ONLY | yank
            drizzle-kit drizzle prisma typeorm sequelize sequelize-cli knex mikro-orm alembic flyway liquibase \
            | SCHEMA | 2 | COMPOUND | reset drop fresh wipe clean
            rails rake flask artisan manage.py django-admin mix dbmate goose migrate doctrine console hasura dotnet sqlx diesel atlas \
            | SCHEMA | 3 | ONLY COMPOUND | drop reset refresh flush fresh wipe reset_db purge truncate_all
            zfs zpool lvm mdadm cryptsetup btrfs virsh vboxmanage prlctl multipass lxc incus \
            limactl orb | MACHINE | 2 | COMPOUND OPTION | undefine unregistervm luksformat luksremovekey luksdestroy lukserase erase
            wipefs blkdiscard lvremove vgremove pvremove mkswap | MACHINE | 0 | ALWAYS |
            mutagen snow databricks dbt dvc wandb mlflow huggingface-cli hf | SERVICE | 3 | COMPOUND |
            """;

    private static final Map<String, CliGrammar> BY_TOOL = byTool();

    CliGrammar {
        traits = Set.copyOf(traits);
        verbs = Set.copyOf(verbs);
    }

    /** The grammar of a program, or {@code null} when nobody here knows it. */
    static @Nullable CliGrammar of(String tool) {
        String name = tool.endsWith(".sh") ? tool.substring(0, tool.length() - 3) : tool;
        return BY_TOOL.get(name);
    }

    boolean is(Trait trait) {
        return this.traits.contains(trait);
    }

    /** Whether this word takes something away. */
    boolean isVerb(String word) {
        if (!is(Trait.COMPOUND)) {
            return isPlainVerb(word);
        }
        List<String> parts = CliWords.parts(word.replace('_', '-'));
        if (parts.isEmpty()) {
            return false;
        }
        if (isPlainVerb(word) || isPlainVerb(parts.get(0))) {
            return true;
        }
        // batch-delete-image, schedule-key-deletion, apps:destroy, force_reset
        boolean several = Set.of("batch", "bulk", "force", "admin", "schedule", "repo", "stanza")
                .contains(parts.get(0));
        return parts.size() > 1
                && (several || word.indexOf(':') > 0 || word.indexOf('.') > 0)
                && parts.stream().anyMatch(part -> isPlainVerb(part) || part.equals("deletion"));
    }

    private boolean isPlainVerb(String word) {
        return this.verbs.contains(word) || !is(Trait.ONLY) && VERBS.contains(word);
    }

    private static Map<String, CliGrammar> byTool() {
        Map<String, CliGrammar> byTool = new HashMap<>();
        for (String row : TABLE.lines().toList()) {
            String[] cells =
                    Arrays.stream(row.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            CliGrammar grammar = new CliGrammar(
                    Family.valueOf(cells[1]),
                    Integer.parseInt(cells[2]),
                    words(cells[3]).stream()
                            .map(trait -> Trait.valueOf(trait.toUpperCase(Locale.ROOT)))
                            .collect(Collectors.toSet()),
                    words(cells[4]));
            words(cells[0]).forEach(tool -> byTool.put(tool, grammar));
        }
        return Map.copyOf(byTool);
    }

    static Set<String> words(String text) {
        Set<String> words = new TreeSet<>(Arrays.asList(text.strip().split("\\s+")));
        words.remove("");
        return Set.copyOf(words);
    }
}
