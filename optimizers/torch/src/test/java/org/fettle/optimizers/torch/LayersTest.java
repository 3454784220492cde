package org.fettle.optimizers.torch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.fettle.optimizers.torch", importOptions = DoNotIncludeTests.class)
class LayersTest {

  @ArchTest
  static final ArchRule needsLibTorchAndTheContractAlone =
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
          .haveSimpleNameNotStartingWith("TorchEngine")
          .and()
          .doNotHaveSimpleName("TorchModelReader")
          .should()
          .bePublic();
}
