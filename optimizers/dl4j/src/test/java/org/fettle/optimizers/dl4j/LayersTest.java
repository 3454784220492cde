package org.fettle.optimizers.dl4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.fettle.optimizers.dl4j", importOptions = DoNotIncludeTests.class)
class LayersTest {

  @ArchTest
  static final ArchRule needsDeeplearning4jAndTheContractAlone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.fettle.optimizers..",
              "org.fettle.search.settings",
              "org.deeplearning4j..",
              "org.nd4j..",
              "org.bytedeco..");

  @ArchTest
  static final ArchRule showsTheEngineTheFilesOfModelsAndWhatIsShippedAlone =
      noClasses()
          .that()
          .haveSimpleNameNotStartingWith("Dl4jEngine")
          .and()
          .doNotHaveSimpleName("Dl4jFiles")
          .and()
          .doNotHaveSimpleName("Dl4jModelReader")
          .and()
          .doNotHaveSimpleName("ShippedNetwork")
          .and()
          .doNotHaveSimpleName("Shipping")
          .and()
          .haveSimpleNameNotEndingWith("Template")
          .and()
          .areTopLevelClasses()
          .should()
          .bePublic();
}
