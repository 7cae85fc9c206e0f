package cloud.enact;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** The compiled classes of this module, read once for all rules about them. */
final class EnactClasses {

    static final String ROOT = "cloud.enact";

    static final JavaClasses MAIN_AND_TESTS = new ClassFileImporter().importPackages(ROOT);

    static final JavaClasses MAIN = MAIN_AND_TESTS.that(describe("are no tests", EnactClasses::isMain));

    private EnactClasses() {}

    private static boolean isMain(JavaClass type) {
        return type.getSource()
                .map(source -> Location.of(source.getUri()))
                .filter(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS::includes)
                .isPresent();
    }

    static boolean isOurs(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) || name.startsWith(ROOT + ".");
    }
}
