package org.fettle.driver.report.optuna;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.driver.store.StoreException;
import org.fettle.search.study.Direction;
import org.fettle.search.study.Goal;

/** Reads a journal that Optuna's {@code JournalFileBackend} wrote. */
public final class OptunaReader {

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Study(
      String name, List<Direction> directions, List<String> metrics, List<OptunaTrial> trials) {}

  private final Map<Integer, Study> studies = new LinkedHashMap<>();
  private final List<OptunaTrial> trials = new ArrayList<>();
  private int created;

  private OptunaReader() {}

  /**
   * Reads one study of a journal.
   *
   * @param name which of its studies; may be left out where there is one
   * @param metrics names of the goals' metrics, in place of those that the journal has
   * @throws StoreException if the text is no such journal, or has no such study
   */
  public static OptunaStudy read(String text, Optional<String> name, List<String> metrics) {
    OptunaReader reader = new OptunaReader();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      try {
        reader.apply(JSON.readTree(line));
      } catch (JsonProcessingException | RuntimeException e) {
        throw new StoreException(
            "Cannot read line %d of the journal: %s".formatted(number, e.getMessage()), e);
      }
    }
    Study study = reader.study(name);
    List<String> names = metrics.isEmpty() ? study.metrics() : metrics;
    if (names.size() != study.directions().size()) {
      throw new StoreException(
          "Metrics must be as many as the study's goals, %d, but were %s"
              .formatted(study.directions().size(), names));
    }
    List<Goal> goals = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      goals.add(new Goal(names.get(i), study.directions().get(i)));
    }
    return new OptunaStudy(study.name(), goals, study.trials());
  }

  private Study study(Optional<String> name) {
    List<Study> found =
        studies.values().stream()
            .filter(study -> name.map(study.name()::equals).orElse(true))
            .toList();
    if (found.size() != 1) {
      List<String> names = studies.values().stream().map(Study::name).toList();
      throw new StoreException(
          "Study must be named, as one of %s, but was %s"
              .formatted(names, name.orElse("left out")));
    }
    return found.get(0);
  }

  private void apply(JsonNode line) {
    switch (line.path("op_code").asInt(-1)) {
      case 0 -> create(line);
      case 1 -> studies.remove(line.path("study_id").asInt());
      case 3 -> name(line);
      case 4 -> trial(line);
      case 5 ->
          trial(line.path("trial_id").asInt())
              .set(
                  line.path("param_name").asText(),
                  distribution(line.path("distribution").asText()),
                  line.path("param_value_internal").asDouble());
      case 6 -> state(line);
      case 7 ->
          trial(line.path("trial_id").asInt())
              .steps
              .put(line.path("step").asInt(), line.path("intermediate_value").asDouble());
      case 8 -> {
        JsonNode reason = line.at("/user_attr/reason");
        if (reason.isTextual()) {
          trial(line.path("trial_id").asInt()).reason = reason.asText();
        }
      }
      case 2, 9, 10 -> {}
      default -> throw new IllegalArgumentException("Operation must be known, but was " + line);
    }
  }

  private void create(JsonNode line) {
    List<Direction> directions = new ArrayList<>();
    List<String> metrics = new ArrayList<>();
    for (JsonNode each : line.path("directions")) {
      metrics.add("value" + (line.path("directions").size() > 1 ? "-" + directions.size() : ""));
      directions.add(each.asInt() == 2 ? Direction.MAXIMIZE : Direction.MINIMIZE);
    }
    // Numbers are given in the order of creation, and not given again.
    int id = created++;
    studies.put(
        id, new Study(line.path("study_name").asText(), directions, metrics, new ArrayList<>()));
  }

  private void name(JsonNode line) {
    JsonNode names = line.at("/system_attr/study:metric_names");
    Study study = studies.get(line.path("study_id").asInt());
    if (names.isArray() && study != null) {
      study.metrics().clear();
      names.forEach(each -> study.metrics().add(each.asText()));
    }
  }

  private void trial(JsonNode line) {
    OptunaTrial trial = new OptunaTrial();
    trials.add(trial);
    Study study = studies.get(line.path("study_id").asInt());
    if (study != null) {
      study.trials().add(trial);
    }
    trial.state = line.path("state").asInt(0);
    trial.started = time(line.path("datetime_start"));
    trial.ended = time(line.path("datetime_complete"));
    line.path("params")
        .fields()
        .forEachRemaining(
            entry ->
                trial.set(
                    entry.getKey(),
                    distribution(line.path("distributions").path(entry.getKey()).asText()),
                    entry.getValue().asDouble()));
    line.path("intermediate_values")
        .fields()
        .forEachRemaining(
            entry ->
                trial.steps.put(Integer.parseInt(entry.getKey()), entry.getValue().asDouble()));
    if (line.path("values").isArray()) {
      trial.end(line.path("values"));
    } else if (line.path("value").isNumber()) {
      trial.scores = List.of(line.path("value").asDouble());
    }
    trial.reason = line.at("/user_attrs/reason").asText(trial.reason);
  }

  private void state(JsonNode line) {
    OptunaTrial trial = trial(line.path("trial_id").asInt());
    trial.state = line.path("state").asInt();
    if (line.path("values").isArray()) {
      trial.end(line.path("values"));
    }
    time(line.path("datetime_start")).ifPresent(at -> trial.started = Optional.of(at));
    time(line.path("datetime_complete")).ifPresent(at -> trial.ended = Optional.of(at));
  }

  private OptunaTrial trial(int id) {
    if (id < 0 || id >= trials.size()) {
      throw new IllegalArgumentException("Trial must be created before, but was " + id);
    }
    return trials.get(id);
  }

  private static Optional<Instant> time(JsonNode at) {
    return at.isTextual()
        ? Optional.of(OffsetDateTime.parse(at.asText()).toInstant())
        : Optional.empty();
  }

  private static JsonNode distribution(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Distribution must be JSON, but was " + json, e);
    }
  }
}
