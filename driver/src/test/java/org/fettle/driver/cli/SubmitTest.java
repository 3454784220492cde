package org.fettle.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a submission says and does before it starts Spark's. */
class SubmitTest extends CommandLineFixture {

  @Test
  void printsTheLineAndSendsNothing() throws IOException {
    Path job = write("submit/job.yaml", BOWL);
    Path output = temporary.resolve("submit/studies");

    Ended ended =
        fettle(
            "submit",
            "--target",
            "yarn",
            job,
            "--set",
            "search.trials=9",
            "--output",
            output.toUri(),
            "--dry-run",
            "--overwrite",
            "--",
            "--queue",
            "tuning");

    assertThat(ended.err())
        .contains("Study bowl is valid", "Expect 1 run at once, of 1 trial in flight");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(ended.out())
        .contains("/bin/spark-submit \\", "--queue tuning", "--files " + job)
        .contains(" run job.yaml", "--set search.trials=9", "--output file:")
        .doesNotContain("--overwrite");
    assertThat(output).doesNotExist();
  }

  @Test
  void sendsNoJobThatIsWrong() throws IOException {
    Path job = write("submit/wrong.yaml", BOWL.replace("minimize", "minimise"));

    Ended ended = fettle("submit", "--target", "yarn", job);

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("did you mean minimize?");
  }

  @Test
  void asksForAnOutputThatTheClusterShares() throws IOException {
    Path job = write("submit/local.yaml", BOWL);

    Ended ended = fettle("submit", "--target", "yarn", job, "--output", "studies");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains("Output must be on a file system that the whole cluster shares, but was studies");
  }

  @Test
  void refusesAnotherTarget() {
    Ended ended = fettle("submit", "--target", "mesos", "job.yaml");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).contains("mesos", "YARN, KUBERNETES, STANDALONE");
  }
}
