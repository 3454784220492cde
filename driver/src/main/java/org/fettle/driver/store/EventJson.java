package org.fettle.driver.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.fettle.executor.task.RunPlace;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Lineage;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;

/**
 * Events as JSON, one object each, whose {@code event} names the kind. Safe for several threads.
 */
public final class EventJson {

  private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

  private static final String SHAPE = "0000-00-00T00:00:00.";

  /** In a second. */
  private static final double MILLIS = 1000;

  private final ObjectMapper mapper =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The event in one line, without a line end. */
  public String write(JournalEvent event) {
    ObjectNode json = mapper.createObjectNode();
    json.put("event", name(event));
    json.put("at", event.at().toString());
    if (event instanceof JournalEvent.StudyCreated created) {
      json.put("format", created.format());
      json.set("job", mapper.valueToTree(created.job()));
      json.set("provenance", mapper.valueToTree(created.provenance()));
    } else if (event instanceof JournalEvent.StudyResumed resumed) {
      json.put("session", resumed.session());
      json.put("worked", resumed.worked().toMillis() / MILLIS);
      json.set("driver", mapper.valueToTree(resumed.driver()));
      json.set("job", mapper.valueToTree(resumed.job()));
      json.set("provenance", mapper.valueToTree(resumed.provenance()));
    } else if (event instanceof JournalEvent.TrialStarted started) {
      json.put("trial", started.trial());
      json.put("origin", started.origin());
      json.set("assignment", mapper.valueToTree(started.assignment().values()));
      started
          .lineage()
          .ifPresent(
              lineage ->
                  json.putObject("lineage")
                      .put("parent", lineage.parent())
                      .put("predecessor", lineage.predecessor())
                      .put("generation", lineage.generation()));
      if (started.missed() > 0) {
        json.put("missed", started.missed());
      }
    } else if (event instanceof JournalEvent.RunFailed run) {
      json.put("trial", run.trial()).put("fold", run.fold());
      json.put("code", run.code().name()).put("reason", run.reason());
    } else if (event instanceof JournalEvent.Reported reported) {
      Report report = reported.report();
      json.put("trial", reported.trial()).put("fold", report.fold()).put("step", report.step());
      json.set("scores", mapper.valueToTree(report.measurement().values()));
    } else if (event instanceof JournalEvent.FoldEnded fold) {
      json.put("trial", fold.trial());
      json.put("fold", fold.fold());
      json.set("scores", mapper.valueToTree(fold.measurement().values()));
      json.put("seconds", fold.seconds());
      writeReports(json, fold.reports());
      if (!fold.confusion().isEmpty()) {
        json.set("confusion", mapper.valueToTree(fold.confusion()));
      }
      writePlace(json, fold.place());
    } else if (event instanceof JournalEvent.TrialEnded ended) {
      json.put("trial", ended.trial());
      writeOutcome(json, ended.outcome());
    } else if (event instanceof JournalEvent.StudyEnded ended) {
      json.put("status", ended.status().name());
      ended.reason().ifPresent(reason -> json.put("reason", reason));
    } else {
      throw new AssertionError(event);
    }
    return json.toString();
  }

  private static String name(JournalEvent event) {
    return event
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  private void writeReports(ObjectNode json, List<Report> reports) {
    if (!reports.isEmpty()) {
      ArrayNode array = json.putArray("reports");
      for (Report report : reports) {
        ObjectNode each = array.addObject().put("step", report.step());
        each.set("scores", mapper.valueToTree(report.measurement().values()));
      }
    }
  }

  private void writePlace(ObjectNode json, RunPlace place) {
    if (!place.equals(RunPlace.UNKNOWN)) {
      ObjectNode object = json.putObject("place");
      object.put("host", place.host()).put("executor", place.executor());
      if (!place.devices().isEmpty()) {
        object.set("devices", mapper.valueToTree(place.devices()));
      }
      if (place.together() > 1) {
        object.put("together", place.together());
      }
    }
  }

  private static RunPlace place(JsonNode json) {
    if (!json.has("place")) {
      return RunPlace.UNKNOWN;
    }
    JsonNode place = json.get("place");
    List<String> devices = new ArrayList<>();
    place.path("devices").forEach(device -> devices.add(device.asText()));
    int together = place.path("together").asInt(1);
    return new RunPlace(text(place, "host"), text(place, "executor"), devices, together);
  }

  private void writeOutcome(ObjectNode json, Outcome outcome) {
    json.put("outcome", outcome.state().name());
    if (outcome instanceof Outcome.Completed completed) {
      json.set("scores", mapper.valueToTree(completed.measurement().values()));
    } else if (outcome instanceof Outcome.Pruned pruned) {
      json.set("scores", mapper.valueToTree(pruned.measurement().values()));
      json.put("reason", pruned.reason());
    } else if (outcome instanceof Outcome.Failed failed) {
      json.put("code", failed.code().name()).put("reason", failed.message());
    } else if (outcome instanceof Outcome.Infeasible infeasible) {
      json.put("code", infeasible.code().name()).put("reason", infeasible.message());
    } else {
      throw new AssertionError(outcome);
    }
  }

  /**
   * Reads an event back.
   *
   * @throws IllegalArgumentException if the line is no event of this format
   */
  public JournalEvent read(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return read(bytes, 0, bytes.length);
  }

  /** Reads an event from a line in UTF-8. */
  JournalEvent read(byte[] lines, int begin, int length) {
    JsonNode json;
    try {
      json = mapper.readTree(lines, begin, length);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Line must be JSON, but " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("Line must be JSON, but " + e.getMessage(), e);
    }
    Instant at = instant(json);
    String event = text(json, "event");
    return switch (event) {
      case "study-created" ->
          new JournalEvent.StudyCreated(
              at, integer(json, "format"), map(json, "job"), map(json, "provenance"));
      case "study-resumed" ->
          new JournalEvent.StudyResumed(
              at,
              integer(json, "session"),
              map(json, "driver"),
              map(json, "job"),
              map(json, "provenance"),
              Duration.ofMillis(Math.round(number("worked", field(json, "worked")) * MILLIS)));
      case "trial-started" ->
          new JournalEvent.TrialStarted(
              at,
              trial(json),
              new Assignment(map(json, "assignment")),
              text(json, "origin"),
              json.has("missed") ? integer(json, "missed") : 0,
              lineage(json));
      case "run-failed" ->
          new JournalEvent.RunFailed(
              at, trial(json), integer(json, "fold"), code(json), text(json, "reason"));
      case "reported" ->
          new JournalEvent.Reported(at, trial(json), report(integer(json, "fold"), json));
      case "fold-ended" -> fold(at, json);
      case "trial-ended" -> new JournalEvent.TrialEnded(at, trial(json), outcome(json));
      case "study-ended" ->
          new JournalEvent.StudyEnded(
              at,
              StudyStatus.valueOf(text(json, "status")),
              json.has("reason") ? Optional.of(text(json, "reason")) : Optional.empty());
      default -> throw new IllegalArgumentException("Event must be known, but was " + event);
    };
  }

  private static Optional<Lineage> lineage(JsonNode json) {
    JsonNode lineage = json.get("lineage");
    return lineage == null
        ? Optional.empty()
        : Optional.of(
            new Lineage(
                integer(lineage, "parent"),
                integer(lineage, "predecessor"),
                integer(lineage, "generation")));
  }

  private JournalEvent fold(Instant at, JsonNode json) {
    int fold = integer(json, "fold");
    return new JournalEvent.FoldEnded(
        at,
        trial(json),
        fold,
        scores(json),
        reports(json, fold),
        number("seconds", field(json, "seconds")),
        confusion(json),
        place(json));
  }

  private static List<List<Long>> confusion(JsonNode json) {
    List<List<Long>> rows = new ArrayList<>();
    for (JsonNode row : json.path("confusion")) {
      List<Long> counts = new ArrayList<>();
      row.forEach(count -> counts.add(count.asLong()));
      rows.add(counts);
    }
    return rows;
  }

  private Outcome outcome(JsonNode json) {
    String outcome = text(json, "outcome");
    return switch (outcome) {
      case "COMPLETED" -> new Outcome.Completed(scores(json));
      case "PRUNED" -> new Outcome.Pruned(scores(json), text(json, "reason"));
      case "FAILED" -> new Outcome.Failed(code(json), text(json, "reason"));
      case "INFEASIBLE" -> new Outcome.Infeasible(code(json), text(json, "reason"));
      default -> throw new IllegalArgumentException("Outcome must be known, but was " + outcome);
    };
  }

  private static FailureCode code(JsonNode json) {
    return FailureCode.valueOf(text(json, "code"));
  }

  private List<Report> reports(JsonNode json, int fold) {
    List<Report> reports = new ArrayList<>();
    for (JsonNode each : json.path("reports")) {
      reports.add(report(fold, each));
    }
    return reports;
  }

  private Report report(int fold, JsonNode json) {
    return new Report(fold, integer(json, "step"), scores(json));
  }

  private Measurement scores(JsonNode json) {
    Map<String, Double> scores = new LinkedHashMap<>();
    checked(json, "scores", JsonNode::isObject, "an object")
        .fields()
        .forEachRemaining(
            entry -> scores.put(entry.getKey(), number(entry.getKey(), entry.getValue())));
    return new Measurement(scores);
  }

  private Map<String, Object> map(JsonNode json, String name) {
    return mapper.convertValue(checked(json, name, JsonNode::isObject, "an object"), MAP);
  }

  private static Instant instant(JsonNode json) {
    String at = text(json, "at");
    try {
      return usual(at) ? ofDigits(at) : Instant.parse(at);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("Field at must be an instant, but was " + at, e);
    }
  }

  /** Whether it is as in 2026-11-22T10:15:30.5Z, which there are millions of to be read. */
  private static boolean usual(String at) {
    int length = at.length();
    if (length < 20 || length > 30 || length == 21 || at.charAt(length - 1) != 'Z') {
      return false;
    }
    for (int i = 0; i < length - 1; i++) {
      char wanted = i < SHAPE.length() ? SHAPE.charAt(i) : '0';
      char is = at.charAt(i);
      if (wanted == '0' ? is < '0' || is > '9' : is != wanted) {
        return false;
      }
    }
    return true;
  }

  private static Instant ofDigits(String at) {
    LocalDateTime second =
        LocalDateTime.of(
            digits(at, 0, 4),
            digits(at, 5, 7),
            digits(at, 8, 10),
            digits(at, 11, 13),
            digits(at, 14, 16),
            digits(at, 17, 19));
    int nanos = 0;
    for (int i = 20; i < 29; i++) {
      nanos = nanos * 10 + (i < at.length() - 1 ? at.charAt(i) - '0' : 0);
    }
    return second.toInstant(ZoneOffset.UTC).plusNanos(nanos);
  }

  private static int digits(String text, int begin, int end) {
    return Integer.parseInt(text, begin, end, 10);
  }

  private static int trial(JsonNode json) {
    return integer(json, "trial");
  }

  private static int integer(JsonNode json, String name) {
    return checked(json, name, JsonNode::isInt, "an integer").asInt();
  }

  private static String text(JsonNode json, String name) {
    return checked(json, name, JsonNode::isTextual, "text").asText();
  }

  private static double number(String name, JsonNode value) {
    if (!value.isNumber()) {
      throw new IllegalArgumentException("Field " + name + " must be a number, but was " + value);
    }
    return value.asDouble();
  }

  private static JsonNode checked(
      JsonNode json, String name, Predicate<JsonNode> kind, String description) {
    JsonNode value = field(json, name);
    if (!kind.test(value)) {
      throw new IllegalArgumentException(
          "Field %s must be %s, but was %s".formatted(name, description, value));
    }
    return value;
  }

  private static JsonNode field(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null) {
      throw new IllegalArgumentException("Event must have " + name + ", but was " + json);
    }
    return value;
  }
}
