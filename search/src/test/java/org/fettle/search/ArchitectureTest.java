package org.fettle.search;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.fettle.search",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NEEDS_THE_JDK_ALONE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.fettle.search..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule KERNELS_KNOW_NO_STUDY_TYPES =
      classes()
          .that()
          .resideInAPackage("org.fettle.search.numeric..")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("org.fettle.search.numeric..")
                  .or(not(resideInAPackage("org.fettle.."))));

  @ArchTest
  static final ArchRule SPACES_KNOW_NO_STUDY =
      classes()
          .that()
          .resideInAPackage("org.fettle.search.space..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("org.fettle.search.space..", "org.fettle.search.numeric..")
                  .or(not(resideInAPackage("org.fettle.."))));

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("org.fettle.search.(**)").should().beFreeOfCycles();
}
