package org.fettle.driver.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What differs between a study and the job it is to go on with, a line each: {@code
 * training.epochs: 30 → 20}.
 *
 * @param harmless what leaves the trials so far what they are
 * @param refused what would mix trials that cannot be compared
 */
record JobChanges(List<String> harmless, List<String> refused) {

  /** Sections and keys that say how long, how fast and where to. */
  private static final List<String> HARMLESS =
      List.of(
          "search.trials",
          "search.parallel",
          "search.fuse",
          "search.stop",
          "failures",
          "checkpoint",
          "tensorboard",
          "mlflow",
          "listeners",
          "study",
          "output");

  /** Where and how data lies, which is harmless where its rows are the same. */
  private static final List<String> SOURCE =
      List.of("data.source", "data.format", "data.delimiter", "data.quote", "data.header");

  private static final List<String> DIGESTS = List.of("data", "folds", "modelFile");

  JobChanges {
    harmless = List.copyOf(harmless);
    refused = List.copyOf(refused);
  }

  /**
   * Compares whole jobs, with their defaults, and where they came from.
   *
   * @param began the job and the provenance of the study's beginning
   * @param now those of today
   */
  static JobChanges between(
      Map<String, Object> began,
      Map<String, Object> beganProvenance,
      Map<String, Object> now,
      Map<String, Object> nowProvenance) {
    List<String> harmless = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    List<String> digests = ofData(beganProvenance, nowProvenance);
    refused.addAll(digests);
    List<String> tolerated = new ArrayList<>(HARMLESS);
    if (digests.isEmpty() && nowProvenance.containsKey("data")) {
      tolerated.addAll(SOURCE);
    }
    harmless.addAll(lines(began, now, tolerated));
    lines(began, now, List.of("")).stream()
        .filter(line -> !harmless.contains(line))
        .forEach(refused::add);
    Object before = beganProvenance.getOrDefault("versions", Map.of());
    Object after = nowProvenance.getOrDefault("versions", Map.of());
    harmless.addAll(lines(Map.of("versions", before), Map.of("versions", after), List.of("")));
    return new JobChanges(harmless, refused);
  }

  /** What differs between what two studies read, and between how the rows are divided. */
  static List<String> ofData(Map<String, Object> before, Map<String, Object> now) {
    return lines(only(before), only(now), List.of(""));
  }

  private static Map<String, Object> only(Map<String, Object> provenance) {
    Map<String, Object> digests = new LinkedHashMap<>(provenance);
    digests.keySet().retainAll(DIGESTS);
    return digests;
  }

  /** The differences at paths that begin so. */
  private static List<String> lines(
      Map<String, Object> before, Map<String, Object> after, List<String> beginnings) {
    Map<String, String> old = new LinkedHashMap<>();
    Map<String, String> now = new LinkedHashMap<>();
    flatten("", before, old);
    flatten("", after, now);
    Set<String> paths = new LinkedHashSet<>(old.keySet());
    paths.addAll(now.keySet());
    List<String> lines = new ArrayList<>();
    for (String path : paths) {
      String was = old.getOrDefault(path, "nothing");
      String is = now.getOrDefault(path, "nothing");
      if (!was.equals(is) && beginnings.stream().anyMatch(each -> begins(path, each))) {
        lines.add("%s: %s → %s".formatted(path, was, is));
      }
    }
    return lines;
  }

  private static boolean begins(String path, String beginning) {
    return beginning.isEmpty()
        || path.equals(beginning)
        || path.startsWith(beginning + ".")
        || path.startsWith(beginning + "[");
  }

  private static void flatten(String path, Object value, Map<String, String> flat) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((key, each) -> flatten(path.isEmpty() ? "" + key : path + "." + key, each, flat));
    } else if (value instanceof Collection<?> list
        && list.stream().anyMatch(each -> each instanceof Map)) {
      int i = 0;
      for (Object each : list) {
        flatten(path + "[" + i++ + "]", each, flat);
      }
    } else {
      flat.put(path, String.valueOf(value));
    }
  }
}
