package org.fettle.executor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.fettle.executor",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /**
   * Neither the driver, nor an engine, nor Spark SQL; and JSON and file systems for models alone.
   */
  @ArchTest
  static final ArchRule dependsOnNothingElse =
      classes()
          .that()
          .resideOutsideOfPackage("..executor.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "scala..",
              "com.esotericsoftware.kryo.kryo5..",
              "org.apache.hadoop.conf",
              "org.apache.hadoop.fs",
              "org.apache.spark",
              "org.apache.spark.api.plugin",
              "org.apache.spark.broadcast",
              "org.apache.spark.deploy",
              "org.apache.spark.resource",
              "org.apache.spark.storage",
              "org.fettle.executor..",
              "org.fettle.optimizers.data",
              "org.fettle.optimizers.engine",
              "org.fettle.optimizers.metric",
              "org.fettle.optimizers.network",
              "org.fettle.optimizers.training",
              "org.fettle.search..",
              "org.jspecify.annotations",
              "org.slf4j");

  /** Spark is not needed to use a model. */
  @ArchTest
  static final ArchRule modelsNeedNoSpark =
      classes()
          .that()
          .resideInAPackage("..executor.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "com.fasterxml.jackson..",
              "org.apache.hadoop..",
              "org.fettle.executor.data",
              "org.fettle.executor.model",
              "org.fettle.executor.run",
              "org.fettle.optimizers..",
              "org.fettle.search.settings",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("org.fettle.executor.(*)..").should().beFreeOfCycles();
}
