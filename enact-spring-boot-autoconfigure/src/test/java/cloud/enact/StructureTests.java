package cloud.enact;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use whom, and which technology lives where. */
class StructureTests {

    private static final Rooms ROOMS = Rooms.ofEnact();

    @Test
    void theRulesSeeTheClassesTheyAreAbout() {
        assertThat(EnactClasses.MAIN).extracting(JavaClass::getName).contains("cloud.enact.action.ActionRequest");
        assertThat(EnactClasses.MAIN).extracting(JavaClass::getName).doesNotContain(StructureTests.class.getName());
        assertThat(EnactClasses.MAIN_AND_TESTS).extracting(JavaClass::getName).contains(StructureTests.class.getName());
    }

    @Test
    void everyPackageIsInARoom() {
        check(classes().should(beInARoom()));
    }

    @Test
    void everyRoomOfTheTableHasClasses() {
        assertThat(EnactClasses.MAIN.stream()
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .map(type -> ROOMS.of(type.getPackageName()))
                        .flatMap(Optional::stream))
                .containsAll(ROOMS.names());
    }

    @Test
    void aRoomUsesOnlyTheRoomsTheTableNames() {
        check(classes().should(useOnlyTheRoomsTheTableNames()));
    }

    @Test
    void packagesFormNoCycles() {
        check(slices().matching("cloud.enact.(**)")
                .should()
                .beFreeOfCycles()
                // whoever is annotated depends on the root package, whose façade depends on the values
                .ignoreDependency(alwaysTrue(), JavaClass.Predicates.ANNOTATIONS));
    }

    @Test
    void nobodyUsesTheAutoConfiguration() {
        check(noClasses()
                .that(resideOutsideOfPackages("cloud.enact.autoconfigure.."))
                .should()
                .dependOnClassesThat(resideInAPackage("cloud.enact.autoconfigure..")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dev.cel..                                          | policy.cel.. policy.cerbos..",
                // the collections that CEL wants and gives
                "com.google.common..                                | policy.cel.. policy.cerbos..",
                "org.yaml..                                         | policy.file.. policy.cerbos..",
                "java.sql..                                         | ..sqlite.. ..postgres.. ..jdbc.. approval.sql.. autoconfigure..",
                "org.sqlite..                                       | ..sqlite..",
                "org.postgresql..                                   | ..postgres..     autoconfigure..",
                "javax.sql..                                        | ..sqlite.. ..postgres.. ..jdbc.. autoconfigure..",
                "io.micrometer.core.. io.micrometer.observation.. io.micrometer.common.. | observation.. autoconfigure..",
                // carries the run across threads, measures nothing
                "io.micrometer.context..                            | gate..           autoconfigure..",
                "org.kohsuke..                                      | connector.github.. autoconfigure..",
                "com.slack.api.. okhttp3..                          | slack.. connector.slack.. approval.slack.. autoconfigure..",
                "jakarta.mail.. org.springframework.mail..          | connector.email.. approval.email.. autoconfigure..",
                "java.net.http.. | connector.github.. connector.http.. hook.claudecode.setup.. webhook.. receipt.anchor.webhook..",
                "com.samskivert..                                    | console.. approval.web..",
                "picocli..                                          | cli..",
                "com.sun.net.httpserver..                           | console..",
                "org.aspectj..                                      | gate..",
                "org.springframework.security..                     | gate.. console.. autoconfigure..",
                "org.springframework.ai..                           | (root) workflow.. gate.. mcp.. autoconfigure..",
                "io.modelcontextprotocol..                          | mcp..            autoconfigure..",
                "reactor..          org.reactivestreams..           | gate.. mcp..     autoconfigure..",
                "org.springframework.transaction.. org.springframework.orm.. | gate..  autoconfigure..",
                "jakarta.persistence..                              | gate..           autoconfigure..",
                "org.springframework.jdbc..                         | autoconfigure..",
                "jakarta.servlet..                | api.. console.. approval.web.. hook.claudecode.. autoconfigure..",
                "org.springframework.web..                          | api.. console.. approval.web.. autoconfigure..",
                "org.springframework.http..                         | api.. console.. approval.web.. autoconfigure..",
                "org.springframework.boot..                         | actuate.endpoint.. autoconfigure..",
                // Jackson 3 is tools.jackson; only its annotations kept the old package
                "com.fasterxml.jackson.core.. com.fasterxml.jackson.databind.. | (nowhere)",
                "org.eclipse.jgit..                                 | receipt.anchor.git.. autoconfigure..",
                "org.slf4j.. lombok..                               | (nowhere)",
                "java.util.logging..                                | (nowhere)",
                "java.rmi..         javax.naming..    java.beans..  | (nowhere)",
                "sun..              jdk.internal..                  | (nowhere)",
            })
    void oneTechnologyLivesInItsOwnRooms(String technologies, String rooms) {
        check(noClasses()
                .that(resideOutsideOfPackages(packages(rooms)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(technologies.trim().split("\\s+"))));
    }

    @Test
    void whatTheCommandLineNeedsIsFreeOfTheContainer() {
        String[] plain = packages(
                "action.. analysis.. policy.. undo.. connector.. receipt.. rollback.. sqlite.. webhook.. cli..");

        check(noClasses()
                .that(resideInAnyPackage(plain))
                .and(resideOutsideOfPackages(packages("policy.cel.. connector.email..")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.springframework..")
                        .and(resideOutsideOfPackages(
                                "org.springframework.util..",
                                "org.springframework.core..",
                                "org.springframework.lang..")))
                .because("the command-line jar carries spring-core and no container"));
    }

    private static String[] packages(String rooms) {
        return Arrays.stream(rooms.trim().split("\\s+"))
                .map(room -> switch (room) {
                    case "(root)" -> EnactClasses.ROOT;
                    case "(nowhere)" -> "nowhere";
                    default -> room.startsWith("..") ? EnactClasses.ROOT + room : EnactClasses.ROOT + "." + room;
                })
                .toArray(String[]::new);
    }

    private static ArchCondition<JavaClass> beInARoom() {
        return new ArchCondition<>("be in a room of the table") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (ROOMS.of(type.getPackageName()).isEmpty()) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + " is in no room: give its package a line in Rooms"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> useOnlyTheRoomsTheTableNames() {
        DescribedPredicate<JavaClass> annotationOfTheRoot = describe(
                "an annotation of the root",
                type -> type.isAnnotation() && type.getPackageName().equals(EnactClasses.ROOT));
        return new ArchCondition<>("use only the rooms the table names") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Optional<String> room = ROOMS.of(type.getPackageName());
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (!EnactClasses.isOurs(target) || annotationOfTheRoot.test(target)) {
                        continue;
                    }
                    Optional<String> other = ROOMS.of(target.getPackageName());
                    boolean fine = room.isPresent()
                            && other.isPresent()
                            && (room.equals(other) || ROOMS.mayUse(room.get(), other.get()));
                    if (!fine) {
                        events.add(SimpleConditionEvent.violated(
                                dependency,
                                "room " + room.orElse("?") + " may not use " + other.orElse("?") + ": "
                                        + dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(EnactClasses.MAIN);
    }
}
