package org.fettle.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the application jar and in the distribution, and what must not be. */
class DistributionIT {
  private static final Path HOME = Path.of(property("dist.directory"));
  private static final Path JAR = HOME.resolve("lib/fettle.jar");

  @Test
  void theApplicationHasNoClassThatSparkBrings() throws Exception {
    Set<String> application = classes(JAR);
    assertThat(application).contains("picocli/CommandLine.class");
    Set<String> twice = new TreeSet<>();
    try (Stream<Path> jars = Files.list(HOME.resolve("spark/jars"))) {
      for (Path jar : (Iterable<Path>) jars::iterator) {
        Set<String> both = classes(jar);
        both.retainAll(application);
        // A Spark that was built without Kubernetes lacks it; where both have it, it is the same.
        both.removeIf(name -> name.startsWith("org/snakeyaml/engine/"));
        both.stream().findFirst().ifPresent(name -> twice.add(jar.getFileName() + ": " + name));
      }
    }
    assertThat(twice).isEmpty();
    assertThat(application)
        .noneMatch(
            name ->
                name.matches(
                    "(scala|org/apache/(spark|hadoop)|org/slf4j|com/fasterxml/jackson)/.*"));
  }

  @Test
  void nativeLibrariesAreOfOnePlatformAndReadable() throws Exception {
    Set<String> natives = new TreeSet<>();
    byte[] buffer = new byte[1 << 16];
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (JarEntryName entry : entries(jar)) {
        if (entry.name().matches(".*\\.(so|dll|dylib|jnilib)(\\.\\d+)*")) {
          natives.add(entry.name());
          // Reads all of it: the checksum is compared at the end.
          try (var in = jar.getInputStream(entry.entry())) {
            while (in.read(buffer) >= 0) {}
          }
        }
      }
    }
    assertThat(natives).allMatch(name -> name.matches(property("dist.natives")));
  }

  @Test
  void theSignaturesOfMergedJarsAreGone() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(entries(jar))
          .extracting(JarEntryName::name)
          .noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA)"))
          .contains("META-INF/LICENSE")
          .doesNotHaveDuplicates();
      assertThat(requireNonNull(jar.getManifest()).getMainAttributes().getValue("Main-Class"))
          .isEqualTo("org.fettle.driver.cli.Main");
    }
  }

  @Test
  void theArchiveIsBelowItsLimit() throws Exception {
    assertThat(Files.size(Path.of(property("dist.archive"))))
        .isLessThan(Long.parseLong(property("dist.size.maximum")));
  }

  @Test
  void theDistributionHasItsParts() {
    assertThat(
            Stream.of(
                "bin/discover-gpus",
                "bin/fettle",
                "bin/pretend-gpus",
                "conf/log4j2.properties",
                "conf/spark-defaults.conf",
                "conf/fairscheduler.xml",
                "examples/iris.yaml",
                "examples/data/iris.csv",
                "spark/bin/spark-submit",
                "docker/Dockerfile",
                "kubernetes/chart/Chart.yaml",
                "monitoring/dashboard.json",
                "standalone/cluster",
                "yarn/spark-defaults.conf",
                "LICENSE",
                "README.md"))
        .allMatch(part -> Files.isRegularFile(HOME.resolve(part)));
    assertThat(HOME.resolve("bin/fettle")).isExecutable();
    assertThat(HOME.resolve("spark/bin/spark-class")).isExecutable();
  }

  private static Set<String> classes(Path file) throws Exception {
    Set<String> classes = new HashSet<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntryName entry : entries(jar)) {
        if (entry.name().endsWith(".class")
            && !entry.name().endsWith("module-info.class")
            && !entry.name().startsWith("META-INF/")) {
          classes.add(entry.name());
        }
      }
    }
    return classes;
  }

  private record JarEntryName(String name, ZipEntry entry) {}

  private static List<JarEntryName> entries(JarFile jar) {
    return jar.stream().map(entry -> new JarEntryName(entry.getName(), entry)).toList();
  }

  private static String property(String name) {
    return requireNonNull(System.getProperty(name), name);
  }
}
