package org.fettle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.fettle.deploy.Sandbox.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When and how the launcher of a source tree builds. */
class LauncherBuildIT {
  private static final String BUILD =
      """
      echo built >>builds
      echo '[INFO] Building Fettle search 0.1.0-SNAPSHOT                     [2/8]'
      mkdir -p deploy/target/fettle/lib deploy/target/fettle/spark
      cp -r deploy/conf deploy/target/fettle/
      touch deploy/target/fettle/spark/.copied deploy/target/fettle/lib/fettle.jar
      """;

  @TempDir Path folder;

  @Test
  void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
    Sandbox sandbox = Sandbox.sourceTree(folder, BUILD);
    Path launcher = sandbox.sources().resolve("deploy/bin/fettle");

    Result first = sandbox.run(launcher, "run", "job.yaml");
    assertThat(first.arguments()).containsExactly("run", "job.yaml");
    assertThat(first.errors())
        .containsSubsequence("Building Fettle", "[2/8] Fettle search (0:0", "Built Fettle in 0:0");

    assertThat(sandbox.run(launcher, "run", "job.yaml").errors()).isEmpty();
    assertThat(builds(sandbox)).isEqualTo(1);

    Path source = sandbox.sources().resolve("search/src/main/java/A.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(sandbox.run(launcher, "run", "job.yaml").status()).isZero();
    assertThat(builds(sandbox)).isEqualTo(2);
  }

  @Test
  void tellsWhyABuildFailedAndWhereItsLogIs() throws Exception {
    Sandbox sandbox = Sandbox.sourceTree(folder, "echo '[ERROR] A.java: no such thing'; exit 1\n");

    Result result = sandbox.run(sandbox.sources().resolve("deploy/bin/fettle"), "run", "job.yaml");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).isEmpty();
    Path log = sandbox.sources().toRealPath().resolve("deploy/target/build.log");
    assertThat(result.errors())
        .contains("[ERROR] A.java: no such thing\n", "Cannot build Fettle: see " + log);
  }

  @Test
  void letsASecondCommandWaitForTheBuildOfTheFirst() throws Exception {
    Sandbox sandbox = Sandbox.sourceTree(folder, "read -t 2 <> <(:) || true\n" + BUILD);
    Path launcher = sandbox.sources().resolve("deploy/bin/fettle");

    Process first = sandbox.start(launcher, "run", "a.yaml");
    Process second = sandbox.start(launcher, "run", "b.yaml");

    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    assertThat(builds(sandbox)).isEqualTo(1);
    assertThat(sandbox.errors(first) + sandbox.errors(second))
        .contains("Waiting for another build of Fettle to end");
  }

  private static int builds(Sandbox sandbox) throws Exception {
    return Files.readAllLines(sandbox.sources().resolve("builds")).size();
  }
}
