package org.fettle.driver.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.fettle.executor.task.RunPlace;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Lineage;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;

/** Draws events of every kind, with awkward texts and numbers. */
final class RandomEvents {

  private static final List<String> TEXTS =
      List.of(
          "", "plain", "two\nlines\r\n", "\"quoted\\\"", "Größe ± 🙂", "\u0000\u2028", " null ");

  private static final List<Double> NUMBERS =
      List.of(
          0.0,
          1.0,
          -1e-300,
          0.1,
          Double.MAX_VALUE,
          Double.MIN_VALUE,
          1e15,
          123456789.123456789,
          2e20);

  private final SplittableRandom random;

  RandomEvents(long seed) {
    random = new SplittableRandom(seed);
  }

  List<JournalEvent> draw(int count) {
    return IntStream.range(0, count).mapToObj(i -> event(i % 8)).toList();
  }

  private JournalEvent event(int kind) {
    return switch (kind) {
      case 0 -> new JournalEvent.StudyCreated(at(), 1, plain(2), plain(1));
      case 1 ->
          new JournalEvent.TrialStarted(
              at(), random.nextInt(), assignment(), text(), random.nextInt(3), lineage());
      case 2 -> fold();
      case 3 ->
          new JournalEvent.Reported(
              at(),
              random.nextInt(),
              new Report(random.nextInt(20), 1 + random.nextInt(1000), measurement()));
      case 5 ->
          new JournalEvent.RunFailed(
              at(),
              random.nextInt(),
              random.nextInt(20),
              one(List.of(FailureCode.values())),
              text());
      case 6 ->
          new JournalEvent.StudyResumed(
              at(),
              random.nextInt(),
              plain(0),
              plain(2),
              plain(1),
              Duration.ofMillis(random.nextLong(1L << 40)));
      case 4 -> new JournalEvent.TrialEnded(at(), random.nextInt(), outcome());
      default ->
          new JournalEvent.StudyEnded(
              at(),
              one(List.of(StudyStatus.values())),
              random.nextBoolean() ? Optional.empty() : Optional.of(text()));
    };
  }

  private Optional<Lineage> lineage() {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(new Lineage(random.nextInt(99), random.nextInt(99), 2 + random.nextInt(9)));
  }

  private JournalEvent fold() {
    int fold = random.nextInt(20);
    List<Report> reports = list(() -> new Report(fold, 1 + random.nextInt(1000), measurement()));
    return new JournalEvent.FoldEnded(
        at(),
        random.nextInt(),
        fold,
        measurement(),
        reports,
        Math.abs(number()),
        confusion(),
        place());
  }

  private RunPlace place() {
    return random.nextBoolean()
        ? RunPlace.UNKNOWN
        : new RunPlace(text(), text(), list(this::text), 1 + random.nextInt(9));
  }

  private List<List<Long>> confusion() {
    return list(() -> list(() -> random.nextLong(1L << 50)));
  }

  private Outcome outcome() {
    return switch (random.nextInt(4)) {
      case 0 -> new Outcome.Completed(measurement());
      case 1 -> new Outcome.Pruned(measurement(), "because " + text());
      case 2 -> new Outcome.Failed(one(List.of(FailureCode.values())), text());
      default -> new Outcome.Infeasible(one(List.of(FailureCode.values())), text());
    };
  }

  private Instant at() {
    return Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
  }

  private String text() {
    return one(TEXTS);
  }

  private double number() {
    return random.nextBoolean() ? one(NUMBERS) : random.nextDouble(-1e6, 1e6);
  }

  private Measurement measurement() {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.put("metric" + random.nextInt(10) + text(), number());
    }
    return new Measurement(values);
  }

  private Assignment assignment() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      values.put("p" + i + text(), scalar());
    }
    return new Assignment(values);
  }

  private Object scalar() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextLong();
      case 2 -> random.nextBoolean();
      case 3 -> text();
      default -> number();
    };
  }

  /** Plain data as Jackson reads it: small whole numbers are {@code Integer}. */
  private Map<String, Object> plain(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("text", text());
    map.put("whole", random.nextInt());
    map.put("long", Long.MAX_VALUE - random.nextInt(1000));
    map.put("number", number());
    map.put("flag", random.nextBoolean());
    map.put("list", list(this::text));
    if (depth > 0) {
      map.put("map", plain(depth - 1));
    }
    return map;
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
