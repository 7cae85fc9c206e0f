package cloud.enact.policy.builtin.cloud;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.catalogue.Catalogue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudPoliciesTests {

    private static final PolicySet SET = Catalogue.set("cloud.dont-delete-without-human-ok", Map.of());

    @ParameterizedTest
    @CsvSource({
        "aws.s3.delete_bucket, ASK",
        "s3.deleteObject, ASK",
        "ec2.terminate_instances, ASK",
        "aws.rds.drop_database, ASK",
        "gcs.empty_bucket, ASK",
        "gdrive.trash_file, ASK",
        "azure.vm_delete, ASK",
        "kubernetes.namespace_delete, ASK",
        "aws.schedule_key_deletion, ASK",
        "railway.volumeDelete, ASK",
        "infra.tear_down, ASK",
        "terraform.destroy, ASK",
        "cloud.read_and_delete, ASK",
        "iam.policy_delete, ASK",
        "s3.list_deleted_objects, PASS",
        "s3.get_object, PASS",
        "s3.restore_deleted_object, PASS",
        "gdrive.untrash_file, PASS",
        "aws.cancel_key_deletion, PASS",
        "rds.enable_deletion_protection, PASS",
        "s3.set_deletion_protection, PASS",
        "s3.put_object, PASS",
        "fs.delete_file, ABSTAIN",
        "db.delete_row, ABSTAIN",
        "crm.delete_contact, ABSTAIN"
    })
    void deletionsOnACloudAskByTheirName(String action, Effect effect) {
        assertThat(judge(action)).isEqualTo(effect);
    }

    @Test
    void argumentsMayNameTheOperation() {
        assertThat(judge("aws.call", "action", "DeleteBucket")).isEqualTo(Effect.ASK);
        assertThat(judge("aws.call", "operation", "terminate_instances")).isEqualTo(Effect.ASK);
        assertThat(judge("aws.call", "request", Map.of("Operation", "DELETE"))).isEqualTo(Effect.ASK);
        assertThat(judge("workflow.run", "system", "gdrive", "action", "delete", "path", "/a"))
                .isEqualTo(Effect.ASK);
        assertThat(judge("aws.call", "action", "ListBuckets", "name", "delete-me"))
                .isEqualTo(Effect.PASS);
        assertThat(judge("fs.delete_file", "path", "s3://bucket/key")).isEqualTo(Effect.ASK);
        assertThat(judge("fs.read_file", "path", "s3://bucket/delete")).isEqualTo(Effect.PASS);
    }

    @Test
    void requestsToACloudAskByMethodAndAddress() {
        String url = "https://management.azure.com/subscriptions/1";
        assertThat(judge("http.request", "method", "DELETE", "url", url)).isEqualTo(Effect.ASK);
        assertThat(judge("http.request", "method", "delete", "url", url)).isEqualTo(Effect.ASK);
        assertThat(judge("http.delete", "url", url)).isEqualTo(Effect.ASK);
        assertThat(judge("http.post", "url", url, "headers", Map.of("X-HTTP-Method-Override", "DELETE")))
                .isEqualTo(Effect.ASK);
        assertThat(judge("http.post", "url", "https://ec2.amazonaws.com/?Action=TerminateInstances&x=1"))
                .isEqualTo(Effect.ASK);
        assertThat(judge("http.post", "url", "https://api.dropboxapi.com/2/files/delete_v2"))
                .isEqualTo(Effect.ASK);
        assertThat(judge(
                        "http.post",
                        "url",
                        "https://backboard.railway.app/graphql/v2",
                        "query",
                        "mutation { volumeDelete(volumeId: \"3d2c\") }"))
                .isEqualTo(Effect.ASK);
        assertThat(judge(
                        "http.post",
                        "url",
                        "https://backboard.railway.app/graphql/v2",
                        "query",
                        "mutation { commentCreate(text: \"please delete\") }"))
                .isEqualTo(Effect.PASS);
        assertThat(judge("http.request", "method", "GET", "url", url + "/delete"))
                .isEqualTo(Effect.PASS);
        assertThat(judge("http.request", "method", "DELETE", "url", "https://intranet.example/items/1"))
                .isEqualTo(Effect.ABSTAIN);
        assertThat(judge("http.request", "method", "DELETE", "url", "https://example.com@api.heroku.com/apps/1"))
                .isEqualTo(Effect.ASK);
    }

    @Test
    void callItselfCannotApprove() {
        assertThat(judge("s3.delete_object", "human_ok", true, "approved", "yes", "hitl_id", "42"))
                .isEqualTo(Effect.ASK);
    }

    @Test
    void policyThatIsNamedForAnActionJudgesItWhereverItLeads() {
        PolicySet named =
                Catalogue.set(Catalogue.policies(), "cloud.dont-delete-without-human-ok", Map.of(), "vault.delete");
        Verdict verdict = Catalogue.judge(named, request("vault.delete"));

        assertThat(verdict.effect()).isEqualTo(Effect.ASK);
        assertThat(verdict.reason()).contains("person").endsWith(".");
    }

    @Test
    void oddArgumentsGetAVerdict() {
        for (Object odd : new Object[] {null, 5, Map.of(), "", "x".repeat(10_000)}) {
            assertThat(judge("aws.call", "action", odd, "method", odd, "url", odd, "query", odd))
                    .isEqualTo(Effect.PASS);
        }
        assertThat(judge("aws.call", "query", "mutation { a(\"" + "x(".repeat(300_000)))
                .isEqualTo(Effect.PASS);
    }

    private static Effect judge(String action, Object... args) {
        return Catalogue.judge(SET, request(action, args)).effect();
    }
}
