package org.fettle.driver.report.optuna;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.fettle.driver.store.JournalEvent;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.Direction;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;

/** A study of Optuna, to be made one of ours. */
public final class OptunaStudy {

  private static final String ORIGIN = "optuna";

  private final String name;
  private final List<Goal> goals;
  private final List<OptunaTrial> trials;

  OptunaStudy(String name, List<Goal> goals, List<OptunaTrial> trials) {
    this.name = name;
    this.goals = List.copyOf(goals);
    this.trials = trials.stream().filter(trial -> trial.state >= 1 && trial.state <= 3).toList();
  }

  public String name() {
    return name;
  }

  /** How many trials ended. */
  public int size() {
    return trials.size();
  }

  /**
   * A job of the same space and goals, as plain data. Its objective is a name that no class has: it
   * is there to be looked at and learnt from.
   *
   * @param study the name of the job
   */
  public Map<String, Object> job(String study) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (OptunaTrial trial : trials) {
      trial.distributions.keySet().forEach(each -> parameters.putIfAbsent(key(each), domain(each)));
    }
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("study", study);
    job.put("objective", ORIGIN);
    job.put("parameters", parameters);
    job.put(
        "goal",
        goals.stream()
            .map(
                goal ->
                    Map.of(
                        goal.direction() == Direction.MAXIMIZE ? "maximize" : "minimize",
                        goal.metric()))
            .toList());
    job.put("search", Map.of("trials", Math.max(1L, trials.size())));
    return job;
  }

  /** A parameter's name as a key of a job file, which has letters, digits, _ and -. */
  public static String key(String name) {
    return name.replaceAll("[^A-Za-z0-9_-]", "_");
  }

  /** What holds every value that the parameter had; Optuna may change a range as it goes. */
  private Map<String, Object> domain(String name) {
    List<JsonNode> all =
        trials.stream()
            .map(trial -> trial.distributions.get(name))
            .filter(each -> each != null)
            .distinct()
            .toList();
    Map<String, Object> domain = new LinkedHashMap<>();
    String kind = all.get(0).path("name").asText();
    if (kind.startsWith("Categorical")) {
      Set<Object> choices = new LinkedHashSet<>();
      all.forEach(
          each ->
              each.at("/attributes/choices")
                  .forEach(choice -> choices.add(OptunaTrial.choice(choice))));
      domain.put("choice", List.copyOf(choices));
      return domain;
    }
    double low =
        all.stream().mapToDouble(each -> each.at("/attributes/low").asDouble()).min().orElse(0);
    double high =
        all.stream().mapToDouble(each -> each.at("/attributes/high").asDouble()).max().orElse(0);
    boolean log =
        all.stream()
            .allMatch(
                each ->
                    each.at("/attributes/log").asBoolean(false)
                        || each.path("name").asText().contains("Log"));
    boolean whole = kind.startsWith("Int");
    domain.put(
        whole ? "int" : "float", whole ? List.of((long) low, (long) high) : List.of(low, high));
    if (log) {
      domain.put("log", true);
    } else if (all.size() == 1) {
      JsonNode step = all.get(0).at("/attributes/step");
      JsonNode old = all.get(0).at("/attributes/q");
      JsonNode given = step.isNumber() ? step : old;
      if (whole && given.asLong(1) > 1) {
        domain.put("step", given.asLong());
      } else if (!whole && given.isNumber()) {
        domain.put("step", given.asDouble());
      }
    }
    return domain;
  }

  /**
   * The trials that ended as events, in the order of their times.
   *
   * @param begin when the study began, as far as it is not known
   * @param metrics names of the goals' metrics, in Optuna's order
   * @param assign a trial's values by their names in Optuna, as an assignment; empty for a trial to
   *     be left out
   */
  public List<JournalEvent> events(
      Instant begin,
      List<String> metrics,
      Function<Map<String, Object>, Optional<Assignment>> assign) {
    List<JournalEvent> events = new ArrayList<>();
    Instant last = Instant.MIN;
    int number = 0;
    for (OptunaTrial trial : trials) {
      Optional<Assignment> assignment = assign.apply(trial.values);
      if (assignment.isEmpty()) {
        continue;
      }
      Instant started = trial.started.orElse(begin);
      started = started.isBefore(last) ? last : started;
      last = started;
      Instant ended = trial.ended.filter(last::isBefore).orElse(last);
      events.add(new JournalEvent.TrialStarted(started, number, assignment.get(), ORIGIN));
      end(events, trial, number, started, ended, metrics);
      number++;
    }
    // A sort that keeps the order of what has one time.
    events.sort(Comparator.comparing(JournalEvent::at));
    return events;
  }

  private static void end(
      List<JournalEvent> events,
      OptunaTrial trial,
      int number,
      Instant started,
      Instant ended,
      List<String> metrics) {
    // Optuna's steps may begin with 0; ours begin with 1.
    int shift = trial.steps.keySet().stream().mapToInt(step -> step).min().orElse(1) < 1 ? 1 : 0;
    trial.steps.forEach(
        (step, value) -> {
          if (Double.isFinite(value) && step + shift >= 1) {
            Measurement measured = Measurement.of(metrics.get(0), value);
            events.add(
                new JournalEvent.Reported(ended, number, new Report(0, step + shift, measured)));
          }
        });
    Measurement measured = Measurement.none();
    boolean all = trial.scores.size() == metrics.size();
    for (int i = 0; i < metrics.size() && all; i++) {
      if (Double.isFinite(trial.scores.get(i))) {
        measured = measured.and(metrics.get(i), trial.scores.get(i));
      }
    }
    Outcome outcome;
    if (trial.state == OptunaTrial.COMPLETE && measured.values().size() == metrics.size()) {
      double seconds = Duration.between(started, ended).toMillis() / 1000.0;
      events.add(new JournalEvent.FoldEnded(ended, number, 0, measured, List.of(), seconds));
      outcome = new Outcome.Completed(measured);
    } else if (trial.state == OptunaTrial.PRUNED) {
      outcome = new Outcome.Pruned(measured, "pruned in Optuna");
    } else {
      outcome = new Outcome.Failed(FailureCode.USER_ERROR, trial.reason);
    }
    events.add(new JournalEvent.TrialEnded(ended, number, outcome));
  }

  public List<Goal> goals() {
    return goals;
  }
}
