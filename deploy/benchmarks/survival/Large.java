import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.fettle.driver.store.Holder;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.study.Replay;
import org.fettle.driver.study.Replaying;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;

/**
 * {@code write FOLDER TRIALS REPORTS}: the journal of a large study, as its driver writes it in
 * appends of a few trials. {@code replay FOLDER}: reads it back, and prints {@code seconds=…
 * trials=… reports=… heap_mb=…}.
 */
public final class Large {

  private static final int TOGETHER = 50;

  private Large() {}

  public static void main(String[] args) throws Exception {
    StudyFolder folder = StudyFolder.at(args[1], new Configuration());
    if (args[0].equals("write")) {
      write(folder, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    } else {
      replay(folder);
    }
    System.exit(0);
  }

  private static void write(StudyFolder folder, int trials, int reports) throws Exception {
    Map<String, Object> job =
        Map.of(
            "study",
            "large",
            "objective",
            "Large",
            "parameters",
            Map.of("x", Map.of("float", List.of(0, 1)), "y", Map.of("float", List.of(0, 1))),
            "goal",
            Map.of("minimize", "loss"),
            "search",
            Map.of("suggester", "random", "trials", trials));
    SplittableRandom random = new SplittableRandom(1);
    long begin = System.nanoTime();
    try (JournalStore journal =
        folder.claimJournal(Holder.here("large", "", 0, Instant.now()), System.err::println)) {
      List<JournalEvent> events = new ArrayList<>();
      events.add(
          new JournalEvent.StudyCreated(Instant.now(), JournalStore.FORMAT, job, Map.of()));
      for (int trial = 0; trial < trials; trial++) {
        trial(events, trial, reports, random);
        if (trial % TOGETHER == TOGETHER - 1) {
          journal.append(events);
          events.clear();
        }
      }
      journal.append(events);
    }
    System.out.printf("seconds=%.1f%n", (System.nanoTime() - begin) / 1e9);
  }

  private static void trial(
      List<JournalEvent> events, int trial, int reports, SplittableRandom random) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("parameters.x", random.nextDouble());
    values.put("parameters.y", random.nextDouble());
    events.add(
        new JournalEvent.TrialStarted(Instant.now(), trial, new Assignment(values), "random"));
    double loss = 1;
    for (int step = 1; step <= reports; step++) {
      loss *= random.nextDouble(0.8, 1);
      events.add(
          new JournalEvent.Reported(
              Instant.now(), trial, new Report(0, step, Measurement.of("loss", loss))));
    }
    Measurement last = Measurement.of("loss", loss);
    events.add(new JournalEvent.FoldEnded(Instant.now(), trial, 0, last, List.of(), 1.5));
    events.add(new JournalEvent.TrialEnded(Instant.now(), trial, new Outcome.Completed(last)));
  }

  private static void replay(StudyFolder folder) {
    long begin = System.nanoTime();
    Replaying replaying = new Replaying(Survivor.spec(1_000_000));
    folder.readJournal(replaying::add);
    Replay replay = replaying.replay();
    double seconds = (System.nanoTime() - begin) / 1e9;
    long reports =
        replay.history().trials().stream().mapToLong(trial -> trial.reports().size()).sum();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "seconds=%.1f trials=%d reports=%d heap_mb=%d%n",
        seconds,
        replay.history().size(),
        reports,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }
}
