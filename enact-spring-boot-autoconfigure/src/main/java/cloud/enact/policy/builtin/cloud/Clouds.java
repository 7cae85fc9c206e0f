package cloud.enact.policy.builtin.cloud;

import cloud.enact.analysis.url.Host;
import cloud.enact.analysis.url.UrlReading;
import cloud.enact.policy.ActionWords;
import java.util.List;
import java.util.Set;

/** Knows the names under which clouds, and what they keep, are spoken to. */
final class Clouds {

    private static final Set<String> WORDS = Set.of(
            ("cloud aws s3 ec2 rds dynamodb lambda iam route53 cloudformation cloudfront eks ecs ecr sqs sns kms "
                            + "efs ebs elasticache redshift glacier gcp gcs gcloud bigquery gke cloudsql firestore "
                            + "firebase pubsub spanner azure aks cosmosdb keyvault gdrive drive onedrive dropbox "
                            + "sharepoint icloud cloudflare digitalocean linode vultr hetzner hcloud heroku railway "
                            + "vercel netlify flyio supabase neon planetscale snowflake databricks terraform opentofu "
                            + "pulumi kubernetes k8s kube kubectl helm openshift openstack minio storage bucket "
                            + "buckets blob blobs vm vms volume volumes instance instances cluster clusters droplet "
                            + "droplets namespace namespaces hosting dns infra infrastructure oci alibaba aliyun "
                            + "backblaze wasabi")
                    .split(" "));

    /** Names that mean a cloud only in front of the dot. */
    private static final Set<String> SYSTEMS = Set.of("box", "render", "fly", "az", "do", "r2", "b2", "mega", "atlas");

    private static final Set<String> SCHEMES = Set.of(
            "s3 s3a s3n gs gcs az abfs abfss wasb wasbs adl oss cos b2 r2 gdrive drive dropbox swift".split(" "));

    private static final List<String> HOSTS = List.of(
            ("amazonaws.com amazonaws.com.cn googleapis.com azure.com azure.net windows.net graph.microsoft.com "
                            + "cloudflare.com digitalocean.com digitaloceanspaces.com linode.com vultr.com "
                            + "hetzner.cloud hetzner.com heroku.com railway.app railway.com vercel.com netlify.com "
                            + "fly.io machines.dev render.com supabase.com supabase.co neon.tech planetscale.com "
                            + "mongodb.com snowflakecomputing.com databricks.com dropboxapi.com box.com "
                            + "backblazeb2.com wasabisys.com oraclecloud.com aliyuncs.com scaleway.com ovh.com "
                            + "terraform.io pulumi.com docker.com github.com gitlab.com")
                    .split(" "));

    private Clouds() {}

    /** Whether the words name a cloud or something that only clouds keep. */
    static boolean areNamedBy(ActionWords words) {
        return words.hasAny(WORDS)
                || words.systemHasAny(SYSTEMS)
                || words.system().isEmpty()
                        && words.operation().size() == 1
                        && SYSTEMS.contains(words.operation().get(0));
    }

    /** Whether an address leads to one. */
    static boolean hold(UrlReading address) {
        Host host = address.host();
        return SCHEMES.contains(address.scheme()) || host != null && hold(host);
    }

    private static boolean hold(Host host) {
        return HOSTS.stream().anyMatch(host::isIn);
    }
}
