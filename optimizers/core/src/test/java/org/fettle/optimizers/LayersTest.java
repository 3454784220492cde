package org.fettle.optimizers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.fettle.optimizers", importOptions = DoNotIncludeTests.class)
class LayersTest {

  @ArchTest
  static final ArchRule needsTheJdkAndSettingsAlone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.jspecify..", "org.fettle.optimizers..", "org.fettle.search.settings");

  @ArchTest
  static final ArchRule hasNoCycles =
      slices().matching("org.fettle.optimizers.(*)..").should().beFreeOfCycles();
}
