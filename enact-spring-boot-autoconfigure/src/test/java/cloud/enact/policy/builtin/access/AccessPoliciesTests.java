package cloud.enact.policy.builtin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.Requests;
import cloud.enact.policy.catalogue.Catalogue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPoliciesTests {

    private static final Actor CONTRACTOR = Actor.of("c@example.com", "contractor", "dev");

    private static final Actor EMPLOYEE = Actor.of("e@example.com", "employee");

    private final PolicySet pii =
            Catalogue.set("access.contractor-cannot-write-pii", Map.of("fields", List.of("ssn", "date_of_birth")));

    private final PolicySet tables =
            Catalogue.set("access.dont-read-sensitive-tables", Map.of("tables", "salaries,hr.reviews"));

    private final PolicySet paths = Catalogue.set(
            "access.dont-read-sensitive-paths", Map.of("paths", List.of("/etc", "/srv/hr", "secrets", "~/private")));

    private final PolicySet clearance =
            Catalogue.set("access.require-clearance-for-path", Map.of("paths", "/srv/classified", "min", "3"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssn",
                "SSN",
                "Ssn",
                "customer_ssn",
                "customerSsn",
                "date_of_birth",
                "dateOfBirth",
                "DateOfBirth",
                "DATE-OF-BIRTH",
                "date of birth",
                "user.ssn",
                "dateofbirth",
                "s\u200Bsn",
                "ｓｓｎ",
                "primary_date_of_birth",
                "ssn "
            })
    void contractorsWriteNoListedFieldAtAnyDepth(String field) {
        Object one = Map.of(field, "x");
        for (Object data : List.of(
                one,
                List.of(one),
                Map.of("customer", Map.of("details", List.of(one))),
                "{\"" + field + "\": \"x\"}",
                "[{\"a\": 1, \"" + field + "\" : 2}]")) {
            assertThat(judge(this.pii, CONTRACTOR, "crm.update_contact", "data", data))
                    .as("%s", data)
                    .isEqualTo(Effect.BLOCK);
            assertThat(judge(this.pii, EMPLOYEE, "crm.update_contact", "data", data))
                    .as("%s", data)
                    .isIn(Effect.PASS, Effect.ABSTAIN);
        }
        assertThat(judge(this.pii, CONTRACTOR, "crm.update", field, "x")).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.pii, CONTRACTOR, "crm.update", "field", field, "value", "x"))
                .isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session",
                "classname",
                "ssn_policy_version",
                "birth",
                "date",
                "name",
                "update",
                "passion",
                "lessn",
                "dateOfBirthFormat",
                "ssns_count",
                "assn",
                "message",
                "note",
                "x"
            })
    void fieldsThatOnlyLookSoPass(String field) {
        assertThat(judge(this.pii, CONTRACTOR, "crm.update", "data", Map.of(field, "ssn is unknown")))
                .isEqualTo(Effect.PASS);
    }

    @Test
    void readingAndStatementsAreTold() {
        assertThat(judge(this.pii, CONTRACTOR, "crm.get_contact", "ssn", "x")).isIn(Effect.PASS, Effect.ABSTAIN);
        assertThat(judge(this.pii, CONTRACTOR, "postgres.execute", "sql", "UPDATE users SET ssn = 'x' WHERE id = 1"))
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.pii, CONTRACTOR, "postgres.execute", "sql", "INSERT INTO users (\"SSN\") VALUES ('x')"))
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.pii, CONTRACTOR, "postgres.execute", "sql", "SELECT ssn FROM users"))
                .isEqualTo(Effect.PASS);
        assertThat(judge(this.pii, CONTRACTOR, "postgres.execute", "sql", "UPDATE users SET note = 'ssn' WHERE id = 1"))
                .isEqualTo(Effect.PASS);
        assertThat(judge(this.pii, CONTRACTOR, "crm.update")).isEqualTo(Effect.PASS);
        assertThat(judge(this.pii, CONTRACTOR, "crm.update", "data", null)).isEqualTo(Effect.PASS);
    }

    @Test
    void roleComesFromTheActorNeverFromArguments() {
        assertThat(judge(this.pii, EMPLOYEE, "crm.update", "role", "contractor", "ssn", "x"))
                .isIn(Effect.PASS, Effect.ABSTAIN);
        assertThat(judge(
                        this.pii,
                        CONTRACTOR,
                        "crm.update",
                        "role",
                        "employee",
                        "roles",
                        List.of("employee"),
                        "ssn",
                        "x"))
                .isEqualTo(Effect.BLOCK);
        PolicySet other =
                Catalogue.set("access.contractor-cannot-write-pii", Map.of("role", "ROLE_guest", "fields", "ssn"));
        assertThat(judge(other, Actor.of("g", "GUEST"), "crm.update", "ssn", "x"))
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(other, CONTRACTOR, "crm.update", "ssn", "x")).isIn(Effect.PASS, Effect.ABSTAIN);
        PolicySet defaults = Catalogue.set("access.contractor-cannot-write-pii", Map.of());
        assertThat(judge(defaults, CONTRACTOR, "crm.update", "email", "x")).isEqualTo(Effect.BLOCK);
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> Catalogue.set("access.contractor-cannot-write-pii", Map.of("fields", "-")))
                .withMessageContaining("fields");
    }

    @Test
    void oneOfTheRolesIsEnoughUnderBothNames() {
        for (String name : List.of("access.require-actor-role", "access.require-user-role")) {
            PolicySet set = Catalogue.set(name, Map.of("roles", "ROLE_admin,lead"));
            assertThat(judge(set, Actor.of("a", "lead"), "x.y")).as(name).isEqualTo(Effect.PASS);
            assertThat(judge(set, Actor.of("a", "admin"), "x.y")).as(name).isEqualTo(Effect.PASS);
            assertThat(judge(set, Actor.of("a", "Admin"), "x.y")).as(name).isEqualTo(Effect.BLOCK);
            assertThat(judge(set, Actor.anonymous(), "x.y", "roles", "admin"))
                    .as(name)
                    .isEqualTo(Effect.BLOCK);
            assertThat(Catalogue.judge(set, Requests.by(EMPLOYEE, "x.y")).policy())
                    .isEqualTo(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM salaries",
                "select * from SALARIES",
                "SELECT * FROM \"salaries\"",
                "SELECT * FROM public.salaries",
                "SELECT * FROM hr.reviews r",
                "SELECT * FROM reviews",
                "SELECT a FROM t JOIN salaries s ON s.id = t.id",
                "SELECT a FROM t WHERE id IN (SELECT id FROM salaries)",
                "WITH s AS (SELECT * FROM salaries) SELECT * FROM s",
                "INSERT INTO t SELECT * FROM salaries",
                "CREATE TABLE x AS SELECT * FROM salaries",
                "SELECT 1; SELECT * FROM salaries",
                "SELECT * FROM t UNION SELECT * FROM salaries",
                "TABLE salaries",
                "COPY salaries TO STDOUT",
                "UPDATE t SET a = (SELECT max(a) FROM salaries)",
                "DELETE FROM salaries WHERE id = 1 RETURNING *",
                "SELECT/**/*/**/FROM/**/salaries",
                "SELECT * FROM `salaries`",
                "EXPLAIN ANALYZE SELECT * FROM salaries"
            })
    void statementsThatReadSensitiveTablesAreBlocked(String sql) {
        assertThat(judge(this.tables, EMPLOYEE, "postgres.query", "sql", sql)).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.tables, EMPLOYEE, "bash.run", "command", "psql -c '" + sql + "'"))
                .isIn(Effect.BLOCK, Effect.ABSTAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM employees",
                "SELECT salaries FROM budget",
                "SELECT 'salaries' FROM t",
                "SELECT * FROM salaries_archive",
                "SELECT * FROM other.reviews",
                "INSERT INTO salaries (a) VALUES (1)",
                "UPDATE salaries SET a = 1 WHERE id = 2",
                "DELETE FROM salaries WHERE id = 2",
                "SELECT 1 -- FROM salaries",
                "SELECT count(*) FROM t AS salaries",
                "BEGIN",
                "SELECT now()",
                "SELECT * FROM mysalaries",
                "SELECT * FROM t WHERE name = 'FROM salaries'",
                "SHOW timezone"
            })
    void statementsThatReadOtherTablesPass(String sql) {
        assertThat(judge(this.tables, EMPLOYEE, "postgres.query", "sql", sql)).isEqualTo(Effect.PASS);
    }

    @Test
    void toolsAndDumpsThatReadSensitiveTablesAreBlocked() {
        for (String table :
                List.of("salaries", "SALARIES", "public.salaries", "\"salaries\"", " salaries ", "t, salaries", "*")) {
            assertThat(judge(this.tables, EMPLOYEE, "postgres.select_rows", "table", table))
                    .as(table)
                    .isEqualTo(Effect.BLOCK);
        }
        assertThat(judge(this.tables, EMPLOYEE, "postgres.insert_row", "table", "salaries"))
                .isEqualTo(Effect.PASS);
        assertThat(judge(this.tables, EMPLOYEE, "postgres.select_rows", "table", "employees"))
                .isEqualTo(Effect.PASS);
        assertThat(judge(
                        this.tables,
                        EMPLOYEE,
                        "postgres.delete_row",
                        "table",
                        "t",
                        "where",
                        "id in (select id from salaries)"))
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.tables, EMPLOYEE, "bash.run", "command", "pg_dump -t salaries app"))
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.tables, EMPLOYEE, "bash.run", "command", "pg_dump app"))
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.tables, EMPLOYEE, "bash.run", "command", "pg_dump -t employees app"))
                .isEqualTo(Effect.PASS);
        assertThat(judge(this.tables, EMPLOYEE, "bash.run", "command", "pg_dump --schema-only app"))
                .isEqualTo(Effect.PASS);
        assertThat(judge(this.tables, EMPLOYEE, "postgres.query")).isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.tables, EMPLOYEE, "postgres.query", "table", null))
                .isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.tables, EMPLOYEE, "postgres.query", "sql", "SELECT * FROM (("))
                .isIn(Effect.ASK, Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "/etc",
                "/etc/",
                "//etc//passwd",
                "/srv/../etc/passwd",
                "/etc/./passwd",
                "/ETC/passwd",
                "/srv/hr/a/b.txt",
                "secrets/a.txt",
                "/srv/app/secrets/a.txt",
                "./secrets/a",
                "app/../secrets/a",
                "~/private/x",
                "$HOME/private/x",
                "/home/agent/private/x",
                "file:///etc/passwd",
                "file:///%65tc/passwd",
                "/proc/self/root/etc/passwd",
                "../../../../etc/passwd",
                "/et\u200Bc/passwd",
                "/e?c/passwd",
                "/srv/h[r]/x",
                "C:\\etc\\passwd"
            })
    void readsBelowSensitivePathsAreBlocked(String path) {
        assertThat(judge(this.paths, EMPLOYEE, "fs.read", "path", path)).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.paths, EMPLOYEE, "fs.list", "path", path)).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.paths, EMPLOYEE, "bash.run", "command", "cat '" + path + "'"))
                .isIn(Effect.BLOCK, Effect.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etcetera",
                "/etcetera/x",
                "etc/passwd",
                "/srv/hr2/x",
                "/srv/hrx",
                "/usr/etc/x",
                "secrets.md",
                "/srv/secretsx/a",
                "my-secrets/a",
                "/srv/app/x",
                "/etc/../srv/x",
                "docs/etc/x",
                "~/privates/x",
                "https://example.com/etc/passwd",
                ""
            })
    void readsBesideSensitivePathsPass(String path) {
        assertThat(judge(this.paths, EMPLOYEE, "fs.read", "path", path)).isEqualTo(Effect.PASS);
    }

    @Test
    void commandsThatReadSensitivePathsAreBlocked() {
        for (String command : List.of(
                "cat /etc/passwd",
                "cp /etc/passwd /tmp/x",
                "cd /etc && cat passwd",
                "grep -r x /etc",
                "cp -r / /tmp/x",
                "tool --in=/etc/passwd",
                "cat < /etc/passwd",
                "cat /et*/passwd",
                "tar cf x.tar /srv/hr",
                "sudo bash -c 'cat /etc/shadow'",
                "head secrets/a")) {
            assertThat(judge(this.paths, EMPLOYEE, "bash.run", "command", command))
                    .as(command)
                    .isEqualTo(Effect.BLOCK);
        }
        for (String command :
                List.of("echo /etc/passwd", "cat /etcetera/x", "echo x > secrets/a", "ls /srv", "cat README.md")) {
            assertThat(judge(this.paths, EMPLOYEE, "bash.run", "command", command))
                    .as(command)
                    .isIn(Effect.PASS, Effect.ABSTAIN);
        }
        assertThat(judge(this.paths, EMPLOYEE, "fs.write", "path", "/etc/x")).isEqualTo(Effect.PASS);
        assertThat(judge(this.paths, EMPLOYEE, "fs.read")).isEqualTo(Effect.ABSTAIN);
        for (Object wrong : List.of(".", "", "../x", List.of())) {
            assertThatExceptionOfType(PolicyConfigurationException.class)
                    .as("%s", wrong)
                    .isThrownBy(() -> Catalogue.set("access.dont-read-sensitive-paths", Map.of("paths", wrong)));
        }
    }

    @Test
    void clearanceIsANumberOrTheTextOfOne() {
        for (Object enough : List.of(3, 4L, 3.0, "3", " 4 ", new BigDecimal("3.5"), "1e1")) {
            assertThat(cleared(enough)).as("%s", enough).isEqualTo(Effect.PASS);
        }
        for (Object little : List.of(
                2,
                2.99,
                "2",
                "top secret",
                "",
                "３x",
                true,
                List.of(3),
                Map.of("level", 3),
                "-3",
                "9".repeat(50),
                "0x9")) {
            assertThat(cleared(little)).as("%s", little).isEqualTo(Effect.BLOCK);
        }
        assertThat(cleared(null)).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.clearance, EMPLOYEE, "fs.read", "path", "/srv/classified/x", "clearance", 9))
                .isEqualTo(Effect.BLOCK);
    }

    @Test
    void clearanceIsNeededBelowThePathOnly() {
        for (String path :
                List.of("/srv/classified", "/srv/x/../classified/a", "/SRV/classified/a", "//srv/classified/")) {
            for (String action : List.of("fs.read", "fs.write", "fs.delete", "fs.list", "x.y")) {
                assertThat(judge(this.clearance, EMPLOYEE, action, "path", path))
                        .as(path)
                        .isEqualTo(Effect.BLOCK);
            }
        }
        for (String path :
                List.of("/srv/classifieds/x", "/srv/x", "srv/classified", "classified/x", "/srv/classified/../x")) {
            assertThat(judge(this.clearance, EMPLOYEE, "fs.read", "path", path))
                    .as(path)
                    .isEqualTo(Effect.PASS);
        }
        assertThat(judge(this.clearance, EMPLOYEE, "bash.run", "command", "tool /srv/classified/x"))
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.clearance, EMPLOYEE, "bash.run", "command", "echo x > /srv/classified/x"))
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.clearance, EMPLOYEE, "fs.read")).isEqualTo(Effect.ABSTAIN);
        for (Object wrong : List.of("-1", "high")) {
            assertThatExceptionOfType(PolicyConfigurationException.class)
                    .isThrownBy(() ->
                            Catalogue.set("access.require-clearance-for-path", Map.of("paths", "/srv", "min", wrong)))
                    .withMessageContaining("min");
        }
    }

    private Effect cleared(Object value) {
        Map<String, Object> attributes = Collections.singletonMap("clearance", value);
        Actor actor = new Actor("a", Set.of(), attributes, null, null, "caller");
        return judge(this.clearance, actor, "fs.read", "path", "/srv/classified/x");
    }

    private static Effect judge(PolicySet set, Actor actor, String action, Object... namesAndValues) {
        Map<String, Object> args = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            args.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Catalogue.judge(
                        set,
                        Requests.request(
                                action, args, actor, Instant.parse("2026-11-20T12:00:00Z"), Reversibility.IRREVERSIBLE))
                .effect();
    }
}
