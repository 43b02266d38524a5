package dev.certwright.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** The arrows between modules point one way, as CONTRIBUTING.md shows them. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.certwright");

  @Test
  void modulesUseOnlyWhatTheyMay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.certwright..")
        .layer("identity")
        .definedBy("dev.certwright.identity..")
        .layer("x509")
        .definedBy("dev.certwright.x509..")
        .layer("authority")
        .definedBy("dev.certwright.authority..")
        .layer("yaml")
        .definedBy("dev.certwright.yaml..")
        .layer("kubeconfig")
        .definedBy("dev.certwright.kubeconfig..")
        .layer("ledger")
        .definedBy("dev.certwright.ledger..")
        .layer("rbac")
        .definedBy("dev.certwright.rbac..")
        .layer("cluster")
        .definedBy("dev.certwright.cluster..")
        .layer("authentication")
        .definedBy("dev.certwright.authentication..")
        .layer("oidc")
        .definedBy("dev.certwright.oidc..")
        .layer("server")
        .definedBy("dev.certwright.server..")
        .layer("revocation")
        .definedBy("dev.certwright.revocation..")
        .layer("cli")
        .definedBy("dev.certwright.cli..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("kubeconfig")
        .mayOnlyBeAccessedByLayers("cluster", "cli")
        .whereLayer("cluster")
        .mayOnlyBeAccessedByLayers("server", "cli")
        .whereLayer("revocation")
        .mayOnlyBeAccessedByLayers("server", "cli")
        .whereLayer("ledger")
        .mayOnlyBeAccessedByLayers("revocation", "server", "cli")
        .whereLayer("server")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("oidc")
        .mayOnlyBeAccessedByLayers("server", "cli")
        .whereLayer("authentication")
        .mayOnlyBeAccessedByLayers("oidc", "server", "cli")
        .whereLayer("rbac")
        .mayOnlyBeAccessedByLayers("authentication", "cluster", "oidc", "server", "cli")
        .whereLayer("yaml")
        .mayOnlyBeAccessedByLayers(
            "kubeconfig", "rbac", "cluster", "ledger", "revocation", "oidc", "server", "cli")
        .whereLayer("authority")
        .mayOnlyBeAccessedByLayers("revocation", "cli")
        .whereLayer("x509")
        .mayOnlyBeAccessedByLayers(
            "authority",
            "authentication",
            "cluster",
            "ledger",
            "revocation",
            "oidc",
            "server",
            "cli")
        .whereLayer("identity")
        .mayOnlyBeAccessedByLayers(
            "x509",
            "authority",
            "authentication",
            "rbac",
            "cluster",
            "ledger",
            "revocation",
            "oidc",
            "server",
            "cli")
        .check(CLASSES);
  }

  @Test
  void modulesAreFreeOfCycles() {
    slices().matching("dev.certwright.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void bouncyCastleIsUsedForKeysOnly() {
    ArchRuleDefinition.noClasses()
        .that(
            resideInAPackage("dev.certwright..")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        resideInAPackage("dev.certwright.x509.key"))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bouncycastle..")
        .check(CLASSES);
  }

  @Test
  void nothingEndsTheProcessButMain() {
    ArchRuleDefinition.noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.certwright.cli.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }
}
