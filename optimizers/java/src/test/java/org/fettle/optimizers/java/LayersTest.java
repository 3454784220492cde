package org.fettle.optimizers.java;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.fettle.optimizers.java", importOptions = DoNotIncludeTests.class)
class LayersTest {

  @ArchTest
  static final ArchRule needsBlasAndTheContractAlone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.fettle.optimizers..",
              "org.fettle.search.settings",
              "org.bytedeco..");

  @ArchTest
  static final ArchRule showsTheEngineAndWhatServicesNameAlone =
      noClasses()
          .that()
          .haveSimpleNameNotStartingWith("JavaEngine")
          .and()
          .doNotHaveSimpleName("JavaModelReader")
          .should()
          .bePublic();
}
