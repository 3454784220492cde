import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Runs as lines of JSON in a folder, a file for each tuner; several processes may add at once. */
final class Results {

  private final Path folder;
  private final List<Run> runs = new ArrayList<>();
  private final Set<String> versions = new LinkedHashSet<>();

  Results(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          read(Json.read(line));
        }
      }
    }
  }

  private void read(Map<String, Object> line) {
    List<double[]> steps = new ArrayList<>();
    for (Object each : (List<?>) line.get("steps")) {
      List<?> step = (List<?>) each;
      steps.add(new double[] {number(step.get(0)), number(step.get(1))});
    }
    versions.add((String) line.get("version"));
    runs.add(
        new Run(
            (String) line.get("tuner"),
            (String) line.get("problem"),
            (int) number(line.get("ways")),
            (int) number(line.get("trials")),
            (long) number(line.get("seed")),
            steps,
            number(line.get("millis"))));
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  List<Run> runs() {
    return runs;
  }

  Set<String> versions() {
    return versions;
  }

  /** Whether a study of this kind is there, of as many trials or more. */
  boolean has(String tuner, Tuner.Setting setting) {
    return runs.stream()
        .anyMatch(
            each ->
                each.tuner().equals(tuner)
                    && each.problem().equals(setting.problem().name())
                    && each.ways() == setting.ways()
                    && each.seed() == setting.seed()
                    && each.trials() >= setting.trials());
  }

  void add(Run run, String version) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("tuner", run.tuner());
    line.put("problem", run.problem());
    line.put("ways", run.ways());
    line.put("trials", run.trials());
    line.put("seed", run.seed());
    line.put("millis", run.millis());
    line.put("version", version);
    line.put("steps", run.steps().stream().map(step -> List.of((long) step[0], step[1])).toList());
    Path file = folder.resolve(run.tuner().replaceAll("[^A-Za-z0-9.=-]", "_") + ".jsonl");
    Files.writeString(
        file, Json.write(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    runs.add(run);
    versions.add(version);
  }
}
