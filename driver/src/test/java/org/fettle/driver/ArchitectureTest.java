package org.fettle.driver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.fettle.driver",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("org.fettle.driver.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule layers =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("org.fettle.driver.cli..")
          .layer("dashboard")
          .definedBy("org.fettle.driver.dashboard..")
          .layer("report")
          .definedBy("org.fettle.driver.report..")
          .layer("spark")
          .definedBy("org.fettle.driver.spark..")
          .layer("cluster")
          .definedBy("org.fettle.driver.cluster..")
          .layer("submit")
          .definedBy("org.fettle.driver.submit..")
          .layer("data")
          .definedBy("org.fettle.driver.data..")
          .layer("predict")
          .definedBy("org.fettle.driver.predict..")
          .layer("study")
          .definedBy("org.fettle.driver.study..")
          .layer("store")
          .definedBy("org.fettle.driver.store..")
          .layer("job")
          .definedBy("org.fettle.driver.job..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("dashboard")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("cli", "dashboard")
          .whereLayer("spark")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cluster")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("submit")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("predict")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("data")
          .mayOnlyBeAccessedByLayers("cli", "predict")
          .whereLayer("study")
          .mayOnlyBeAccessedByLayers("cli", "report", "spark", "dashboard")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("cli", "report", "spark", "study", "dashboard")
          .whereLayer("job")
          .mayOnlyBeAccessedByLayers("cli", "cluster", "data", "report", "study", "dashboard");

  /** So that it runs on a simulated cluster as well. */
  @ArchTest
  static final ArchRule theLoopKnowsNoSpark =
      noClasses()
          .that()
          .resideInAnyPackage("..driver.study..", "..driver.store..", "..driver.job..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..");

  /** Engines are looked up by name, but for what trains across executors. */
  @ArchTest
  static final ArchRule nothingKnowsAnEngine =
      noClasses()
          .that()
          .resideOutsideOfPackage("..driver.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.fettle.optimizers.dl4j..",
              "org.fettle.optimizers.java..",
              "org.fettle.optimizers.loop..",
              "org.deeplearning4j..",
              "org.nd4j..");

  @ArchTest
  static final ArchRule onlyTheCommandsKnowPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("..driver.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule onlyTheJobKnowsYaml =
      noClasses()
          .that()
          .resideOutsideOfPackage("..driver.job..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.snakeyaml..");
}
