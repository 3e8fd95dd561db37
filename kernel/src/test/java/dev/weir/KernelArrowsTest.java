package dev.weir;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The packages of the kernel stand in one order, and each uses only those before it. */
class KernelArrowsTest {
    private static final List<String> ORDER = List.of(
            "fault",
            "time",
            "settings",
            "metrics",
            "transport",
            "connection",
            "codec",
            "protocol",
            "lifecycle",
            "plugin",
            "strategies",
            "loop",
            "engine",
            "config",
            "server",
            "wiring");

    private static final String ROOT = "dev.weir";

    private static final JavaClasses KERNEL =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages(ROOT);

    @Test
    void aPackageUsesOnlyEarlierOnes() {
        classes().should(useOnlyEarlierPackages()).check(KERNEL);
    }

    @Test
    void noPackageStandsOutsideTheOrder() {
        classes().should(resideInAPackageOfTheOrder()).check(KERNEL);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(KERNEL);
    }

    @Test
    void guiceStaysAtTheEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".plugin..", ROOT + ".server..", ROOT + ".wiring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.inject..", "jakarta.inject..")
                .check(KERNEL);
    }

    private static ArchCondition<JavaClass> useOnlyEarlierPackages() {
        return new ArchCondition<>("use only packages that stand before their own in " + ORDER) {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    if (place(dependency.getTargetClass()) > place(origin)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> resideInAPackageOfTheOrder() {
        return new ArchCondition<>("reside in one of " + ORDER + "; only PluginApi stands above them") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean aboveAll = type.getPackageName().equals(ROOT);
                boolean allowedAbove = type.isEquivalentTo(PluginApi.class)
                        || type.getSimpleName().equals("package-info");
                if (aboveAll ? !allowedAbove : place(type) < 0) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + " is in none of the packages of the kernel"));
                }
            }
        };
    }

    /** The place of the type's package in the order; -1 when the type is in none of them. */
    private static int place(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT + ".")) {
            return -1;
        }
        return ORDER.indexOf(name.substring(ROOT.length() + 1).split("\\.", 2)[0]);
    }
}
