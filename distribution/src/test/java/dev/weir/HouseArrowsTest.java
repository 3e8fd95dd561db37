package dev.weir;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, and the names in all of them. Here, since only this module sees all the others. */
class HouseArrowsTest {
    /** One package of each module; a module that is missing here would pass unseen. */
    private static final List<String> MODULES = List.of(
            "dev.weir",
            "dev.weir.transport.nio",
            "dev.weir.transport.epoll",
            "dev.weir.testkit",
            "dev.weir.protocols.framing",
            "dev.weir.protocols.basic",
            "dev.weir.protocols.http1",
            "dev.weir.protocols.metrics",
            "dev.weir.launcher");

    /** A transport of its own; the SPI of all transports is dev.weir.transport itself. */
    private static final String TRANSPORTS = "dev.weir.transport.*..";

    private static final String PROTOCOLS = "dev.weir.protocols..";
    private static final String TESTKIT = "dev.weir.testkit..";
    private static final String LAUNCHER = "dev.weir.launcher..";

    private static final JavaClasses HOUSE =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("dev.weir");

    @Test
    void everyModuleIsLookedAt() {
        assertThat(HOUSE.stream().map(JavaClass::getPackageName)).containsAll(MODULES);
    }

    @Test
    void transportsSeeNeitherProtocolsNorTheLauncherNorTheTestkit() {
        noClasses()
                .that()
                .resideInAPackage(TRANSPORTS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PROTOCOLS, LAUNCHER, TESTKIT)
                .check(HOUSE);
    }

    @Test
    void protocolsSeeNeitherTransportsNorTheLauncherNorTheTestkit() {
        noClasses()
                .that()
                .resideInAPackage(PROTOCOLS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TRANSPORTS, LAUNCHER, TESTKIT)
                .check(HOUSE);
    }

    @Test
    void oneTransportKnowsNoOther() {
        slices().matching("dev.weir.transport.(*)..")
                .should()
                .notDependOnEachOther()
                .check(HOUSE);
    }

    /** But metrics, which is a protocol on HTTP and would otherwise read requests by itself. */
    @Test
    void oneProtocolModuleKnowsNoOther() {
        slices().matching("dev.weir.protocols.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        resideInAPackage("dev.weir.protocols.metrics.."), resideInAPackage("dev.weir.protocols.http1"))
                .check(HOUSE);
    }

    @Test
    void nothingButTheLauncherSeesTheLauncher() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LAUNCHER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LAUNCHER)
                .check(HOUSE);
    }

    @Test
    void nothingShippedSeesTheTestkit() {
        noClasses()
                .that()
                .resideOutsideOfPackage(TESTKIT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(TESTKIT)
                .check(HOUSE);
    }

    @Test
    void theTestkitSeesOnlyTheKernel() {
        noClasses()
                .that()
                .resideInAPackage(TESTKIT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TRANSPORTS, PROTOCOLS, LAUNCHER)
                .check(HOUSE);
    }

    @Test
    void theKernelSeesNoOtherModule() {
        noClasses()
                .that()
                .resideOutsideOfPackages(TRANSPORTS, PROTOCOLS, TESTKIT, LAUNCHER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TRANSPORTS, PROTOCOLS, TESTKIT, LAUNCHER)
                .check(HOUSE);
    }

    @Test
    void namesSayWhatAClassIs() {
        classes()
                .should()
                .haveNameNotMatching(".*(Manager|Util|Utils|Impl|Helper)")
                .andShould()
                .haveNameNotMatching(".*[.$](Default|Abstract)([A-Z][^.$]*)?")
                .check(HOUSE);
    }

    @Test
    void noPackageIsAHeapOfLeftovers() {
        noClasses()
                .should()
                .resideInAnyPackage("..common..", "..util..", "..api..", "..impl..")
                .check(HOUSE);
    }
}
