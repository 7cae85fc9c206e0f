package cloud.enact;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMembers;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitReferenceTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How every class is written, wherever it lives. */
class HouseRulesTests {

    private static final String AUTO_CONFIGURATION = AutoConfiguration.class.getName();

    @Test
    void everyPackageSaysWhereNullIsAllowed() {
        TreeSet<String> silent = new TreeSet<>();
        for (JavaClass type : EnactClasses.MAIN) {
            JavaPackage itsPackage = type.getPackage();
            if (EnactClasses.isOurs(type) && !itsPackage.isAnnotatedWith(NullMarked.class)) {
                silent.add(itsPackage.getName());
            }
        }

        assertThat(silent).as("packages without a @NullMarked package-info").isEmpty();
    }

    @Test
    void noClassIsARoomForEverything() {
        Pattern everything = Pattern.compile(".*(Util|Utils|Utilit(y|ies)|Util[A-Z]\\w*|Utils[A-Z]\\w*|Helpers?)");

        check(noClasses()
                .should(ArchCondition.from(describe(
                        "be a place for everything",
                        type -> everything.matcher(type.getSimpleName()).matches()))));
    }

    @Test
    void staticFieldsAreFinal() {
        check(fields().that().areStatic().should().beFinal());
    }

    /** Woven code has no container to ask, so the aspect alone knows the applications it serves. */
    @Test
    void onlyTheAspectKeepsStateInAStaticField() {
        Set<String> keepers = new TreeSet<>();
        for (JavaClass type : EnactClasses.MAIN) {
            type.getFields().stream()
                    .filter(field -> field.getModifiers().contains(STATIC) && keepsState(field.getRawType()))
                    .forEach(field -> keepers.add(field.getFullName()));
        }

        assertThat(keepers).containsExactly("cloud.enact.gate.EnactAspect.SOLE");
    }

    /** Whether objects of the type are made to change: a concurrent type, or one of ours that makes itself one. */
    private static boolean keepsState(JavaClass type) {
        return isConcurrent(type)
                || (EnactClasses.isOurs(type)
                        && type.getConstructorCallsFromSelf().stream()
                                .anyMatch(call ->
                                        call.getOrigin().isConstructor() && isConcurrent(call.getTargetOwner())));
    }

    private static boolean isConcurrent(JavaClass type) {
        return type.isAssignableTo(ThreadLocal.class)
                || (type.getPackageName().startsWith("java.util.concurrent") && !type.isEnum());
    }

    @Test
    void nothingIsInjectedIntoFieldsOrSetters() {
        for (String annotation : List.of(
                Autowired.class.getName(),
                Value.class.getName(),
                "jakarta.inject.Inject",
                "jakarta.annotation.Resource",
                "jakarta.persistence.PersistenceContext")) {
            check(noMembers()
                    .that(describe(
                            "are no constructors", member -> !member.getName().equals("<init>")))
                    .should()
                    .beAnnotatedWith(annotation));
        }
    }

    @Test
    void autoConfigurationsArePublicAndFinal() {
        check(classes()
                .that()
                .areAnnotatedWith(AUTO_CONFIGURATION)
                .should(haveModifier(PUBLIC))
                .andShould(haveModifier(FINAL))
                .andShould()
                .resideInAPackage("cloud.enact.autoconfigure.."));
    }

    @Test
    void autoConfigurationsHaveNoPublicMembers() {
        check(members()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(AUTO_CONFIGURATION)
                .and(describe("are no constructors", member -> !member.getName().equals("<init>")))
                .should()
                .notBePublic());
    }

    @Test
    void beanMethodsArePrivateToThePackage() {
        check(noMethods().that().areAnnotatedWith(Bean.class).should().bePublic());
    }

    @Test
    void configurationsBehindAnAutoConfigurationAreNotPublic() {
        check(classes()
                .that()
                .resideInAPackage("cloud.enact.autoconfigure..")
                .and()
                .areMetaAnnotatedWith(Configuration.class)
                .and()
                .areNotAnnotatedWith(AUTO_CONFIGURATION)
                .should()
                .notBePublic());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the locale of a machine must not decide what a name means
                "java.lang.String               | toLowerCase toUpperCase       | 0 | nowhere",
                // time is a Clock that tests can hold
                "java.time.Instant              | now                           | 0 | nowhere",
                "java.time.LocalDate            | now                           | 0 | nowhere",
                "java.time.LocalDateTime        | now                           | 0 | nowhere",
                "java.time.OffsetDateTime       | now                           | 0 | nowhere",
                "java.time.ZonedDateTime        | now                           | 0 | nowhere",
                "java.lang.System               | currentTimeMillis             | 0 | nowhere",
                // standard output belongs to the application, and to the command line
                "java.lang.System               | out err                       | * | cli..",
                "java.lang.Throwable            | printStackTrace               | * | nowhere",
                "java.lang.System               | exit                          | * | cli..",
                "java.lang.Runtime              | exec halt                     | * | nowhere",
                // the installer asks the agent of whoever calls it for its version
                "java.lang.ProcessBuilder       | start                         | * | hook.claudecode.setup..",
                // hostile bytes become objects only through a parser with limits
                "java.io.ObjectInputStream      | <init> readObject             | * | nowhere",
                "java.lang.Math                 | random                        | * | nowhere",
            })
    void mainNeverCalls(String owner, String names, String parameters, String except) {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(EnactClasses.ROOT + "." + except)
                .should()
                .accessTargetWhere(target(owner, names, parameters)));
    }

    /** Text that looks harmless must not cost a policy seconds. */
    @Test
    void policiesAndAnalysisUseNoBacktrackingExpressions() {
        String[] readersOfHostileText = {"cloud.enact.analysis..", "cloud.enact.policy.."};

        check(noClasses()
                .that()
                .resideInAnyPackage(readersOfHostileText)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex.."));
        check(noClasses()
                .that()
                .resideInAnyPackage(readersOfHostileText)
                .should()
                // splitting at one plain character compiles no expression
                .accessTargetWhere(target("java.lang.String", "matches replaceAll replaceFirst", "*")));
    }

    @Test
    void policiesReachNoNetworkAndNoModel() {
        check(noClasses()
                .that()
                .resideInAnyPackage("cloud.enact.policy..", "cloud.enact.analysis..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                                "java.net..",
                                "javax.net..",
                                "java.nio.channels..",
                                "org.springframework..",
                                "reactor..")
                        // values: what would ask a name server is forbidden below
                        .and(not(belongToAnyOf(IDN.class, InetAddress.class, Inet4Address.class)))
                        .and(not(belongToAnyOf(UnknownHostException.class)))));
        check(noClasses()
                .that()
                .resideInAnyPackage("cloud.enact.policy..", "cloud.enact.analysis..")
                .should()
                .accessTargetWhere(target(
                        "java.net.InetAddress",
                        "getByName getAllByName getLocalHost getHostName getCanonicalHostName isReachable",
                        "*")));
    }

    @Test
    void nobodySleeps() {
        check(
                noClasses().should().accessTargetWhere(target("java.lang.Thread", "sleep", "*")),
                EnactClasses.MAIN_AND_TESTS);
        check(
                noClasses().should().accessTargetWhere(target("java.util.concurrent.TimeUnit", "sleep", "*")),
                EnactClasses.MAIN_AND_TESTS);
    }

    @Test
    void noTestIsSwitchedOff() {
        check(noClasses().should().beAnnotatedWith(Disabled.class), EnactClasses.MAIN_AND_TESTS);
        check(noMethods().should().beAnnotatedWith(Disabled.class), EnactClasses.MAIN_AND_TESTS);
    }

    private static DescribedPredicate<JavaAccess<?>> target(String owner, String names, String parameters) {
        List<String> wanted = Arrays.asList(names.split(" "));
        return describe(owner + "." + names, access -> {
            if (!access.getTargetOwner().isAssignableTo(owner)
                    || !wanted.contains(access.getTarget().getName())) {
                return false;
            }
            return parameters.equals("*") || parametersOf(access) == Integer.parseInt(parameters);
        });
    }

    private static int parametersOf(JavaAccess<?> access) {
        if (access.getTarget() instanceof CodeUnitCallTarget call) {
            return call.getRawParameterTypes().size();
        }
        if (access.getTarget() instanceof CodeUnitReferenceTarget reference) {
            return reference.getRawParameterTypes().size();
        }
        return 0;
    }

    private static void check(ArchRule rule) {
        check(rule, EnactClasses.MAIN);
    }

    private static void check(ArchRule rule, JavaClasses types) {
        rule.allowEmptyShould(true).check(types);
    }
}
