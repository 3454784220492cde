package org.fettle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fettle.deploy.Installation.Ended;
import org.fettle.deploy.Installation.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors, which are processes of their own, are killed again and again during a study. */
class ChaosIT {

  private static final String NAP =
      """
      import org.fettle.executor.run.Objective;
      import org.fettle.executor.run.TrialContext;
      import org.fettle.search.study.Measurement;

      public final class Nap implements Objective {
        public Measurement evaluate(TrialContext trial) throws InterruptedException {
          Thread.sleep(trial.integer("millis"));
          return Measurement.of("loss", trial.number("x") * trial.number("x"));
        }
      }
      """;

  private static final Pattern EVENT =
      Pattern.compile(
          "\"event\":\"(trial-started|trial-ended|run-failed)\".*?\"trial\":(\\d+)(.*)");

  @TempDir private Path folder;
  private Installation fettle;
  private String jar;

  @BeforeEach
  void install() throws IOException {
    fettle = new Installation(folder);
    jar = fettle.jar("Nap", NAP);
  }

  private String[] study(String suggester, int parallel, int trials, int millis, String output)
      throws IOException {
    String job =
        fettle.write(
            output + ".yaml",
            """
            study: nap
            objective: Nap
            parameters: { x: { float: [-1, 1] }, millis: %d }
            goal: { minimize: loss }
            search: { suggester: %s, trials: %d, parallel: %d }
            failures: { executor-lost: 20 }
            """
                .formatted(millis, suggester, trials, parallel));
    return new String[] {"run", job, "--jars", jar, "--output", output};
  }

  private static String[] on(String[] command, String master) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--master", master));
    return words.toArray(String[]::new);
  }

  /** What happened, in order: the event, the trial, and the rest of the line. */
  private List<String[]> events(String output) throws IOException {
    List<String[]> events = new ArrayList<>();
    try (Stream<Path> segments = Files.list(folder.resolve(output + "/nap/journal"))) {
      for (Path segment :
          segments.filter(each -> each.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(segment)) {
          Matcher matcher = EVENT.matcher(line);
          if (matcher.find()) {
            events.add(new String[] {matcher.group(1), matcher.group(2), matcher.group(3)});
          }
        }
      }
    }
    return events;
  }

  private Map<Integer, String> assignments(String output) throws IOException {
    Map<Integer, String> assignments = new TreeMap<>();
    for (String[] event : events(output)) {
      if (event[0].equals("trial-started")) {
        String assignment = event[2].replaceAll(".*\"assignment\":(\\{[^}]*}).*", "$1");
        assertThat(assignments.put(Integer.valueOf(event[1]), assignment)).isNull();
      }
    }
    return assignments;
  }

  /** Kills an executor of the study whenever one has begun to work, until the study ends. */
  private int killExecutors(Running running, String output, int most) throws Exception {
    int killed = 0;
    long ends = 0;
    while (running.process().isAlive()) {
      long now = ended(output);
      if (killed < most && now >= ends + 3) {
        List<ProcessHandle> executors =
            running
                .process()
                .descendants()
                .filter(each -> each.info().commandLine().orElse("").contains("--executor-id"))
                .toList();
        if (!executors.isEmpty() && executors.get(killed % executors.size()).destroyForcibly()) {
          killed++;
          ends = now;
        }
      }
      running.process().waitFor(100, TimeUnit.MILLISECONDS);
    }
    return killed;
  }

  private long ended(String output) throws IOException {
    return Files.isDirectory(folder.resolve(output + "/nap/journal"))
        ? events(output).stream().filter(event -> event[0].equals("trial-ended")).count()
        : 0;
  }

  private void isAsIfUndisturbed(String suggester, int parallel, int trials, int kills)
      throws Exception {
    Running command =
        fettle.start(
            Installation.HOME.resolve("bin/fettle"),
            // No more executors than are at work, so that none is killed that has nothing to lose.
            on(
                study(suggester, parallel, trials, 300, "killed"),
                "local-cluster[" + parallel + ",1,1024]"));
    int killed = killExecutors(command, "killed", kills);
    Ended chaos = command.waitFor().mustBe(0);
    fettle.run(on(study(suggester, parallel, trials, 0, "calm"), "local[1]")).mustBe(0);

    assertThat(killed).isEqualTo(kills);
    assertThat(chaos.output()).contains(trials + " trials: " + trials + " completed");
    List<String[]> events = events("killed");
    assertThat(events.stream().filter(each -> each[0].equals("trial-ended")))
        .extracting(event -> event[1])
        .hasSize(trials)
        .doesNotHaveDuplicates();
    assertThat(events.stream().filter(each -> each[0].equals("run-failed")))
        .isNotEmpty()
        // To Spark an executor that dies before a task has begun is not that task's fault.
        .allMatch(event -> event[2].matches(".*\"(EXECUTOR_LOST|PREEMPTED)\".*"));
    assertThat(assignments("killed")).isEqualTo(assignments("calm"));
    // Whatever died, no trial ran from its start to its end beside a slot that nobody used.
    Set<String> running = new HashSet<>();
    Set<String> besideIdle = new HashSet<>();
    int started = 0;
    for (String[] event : events) {
      if (event[0].equals("trial-started")) {
        running.add(event[1]);
        besideIdle.add(event[1]);
        started++;
      }
      if (running.size() == parallel) {
        besideIdle.clear();
      }
      if (event[0].equals("trial-ended")) {
        running.remove(event[1]);
        assertThat(started < trials && besideIdle.contains(event[1])).as(event[1]).isFalse();
      }
    }
  }

  @Test
  void noTrialIsLostOrCountedTwice() throws Exception {
    isAsIfUndisturbed("random", 2, 20, 4);
  }

  @Test
  void aSuggesterThatLearnsLearnsTheSame() throws Exception {
    isAsIfUndisturbed("tpe", 1, 14, 2);
  }
}
