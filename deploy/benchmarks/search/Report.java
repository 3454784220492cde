import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tables of regrets and ranks. */
final class Report {

  private final Map<String, List<Run>> runs;
  private final List<String> tuners;
  private final List<Problem> problems;
  private final PrintStream out;
  private final Map<String, String> figures = new LinkedHashMap<>();

  Report(List<Run> runs, List<String> tuners, List<Problem> problems, PrintStream out) {
    this.runs =
        runs.stream()
            .collect(Collectors.groupingBy(each -> key(each.problem(), each.ways(), each.tuner())));
    this.tuners = tuners;
    this.problems = problems;
    this.out = out;
  }

  private static String key(String problem, int ways, String tuner) {
    return problem + " " + ways + " " + tuner;
  }

  /** The studies of so many trials or more, of each seed the longest: it goes on as the others. */
  private List<Run> runs(Problem problem, int ways, String tuner, int trials) {
    Map<Long, Run> longest = new TreeMap<>();
    for (Run run : runs.getOrDefault(key(problem.name(), ways, tuner), List.of())) {
      if (run.trials() >= trials) {
        longest.merge(run.seed(), run, (one, other) -> one.trials() < other.trials() ? other : one);
      }
    }
    return List.copyOf(longest.values());
  }

  private double[] values(Problem problem, int ways, String tuner, int trials) {
    return runs(problem, ways, tuner, trials).stream()
        .mapToDouble(each -> each.at(trials))
        .toArray();
  }

  /** The known least value, or the least of any run here. */
  private double optimum(Problem problem) {
    return Double.isNaN(problem.optimum())
        ? runs.values().stream()
            .flatMap(List::stream)
            .filter(each -> each.problem().equals(problem.name()))
            .flatMap(each -> each.steps().stream())
            .mapToDouble(step -> step[1])
            .min()
            .orElse(0)
        : problem.optimum();
  }

  void print(int ways, List<Integer> marks) {
    Map<Integer, List<String>> fields = new LinkedHashMap<>();
    Map<Integer, Ranks> ranks = new LinkedHashMap<>();
    for (int mark : marks) {
      List<String> field =
          tuners.stream()
              .filter(t -> problems.stream().noneMatch(p -> runs(p, ways, t, mark).isEmpty()))
              .toList();
      fields.put(mark, field);
      ranks.put(
          mark,
          new Ranks(
              problems.stream()
                  .map(
                      p ->
                          field.stream()
                              .map(t -> values(p, ways, t, mark))
                              .toArray(double[][]::new))
                  .toList()));
    }
    for (int p = 0; p < problems.size(); p++) {
      print(p, ways, fields, ranks);
    }
    printMeans(ways, fields, ranks);
  }

  private void print(
      int p, int ways, Map<Integer, List<String>> fields, Map<Integer, Ranks> ranks) {
    Problem problem = problems.get(p);
    double optimum = optimum(problem);
    out.printf(
        "%s, %d in flight: median %s [95 %%], rank%n",
        problem.name(), ways, problem.goals() > 1 ? "hypervolume lost to the best" : "regret");
    out.printf("%-24s %5s", "", "seeds");
    fields.keySet().forEach(mark -> out.printf("  %35s", "at " + mark + " trials"));
    out.printf("  %9s%n", "ms");
    for (String tuner : tuners) {
      List<Run> all = runs(problem, ways, tuner, 0);
      if (all.isEmpty()) {
        continue;
      }
      out.printf("%-24s %5d", tuner, all.size());
      fields.forEach(
          (mark, field) -> {
            double[] values = values(problem, ways, tuner, mark);
            String rank =
                field.contains(tuner)
                    ? number("%.2f", ranks.get(mark).on(p, field.indexOf(tuner)))
                    : "-";
            if (values.length == 0) {
              out.printf("  %35s", "-");
              return;
            }
            double[] m = Arrays.stream(Ranks.median(values)).map(each -> each - optimum).toArray();
            out.printf("  %9.3g [%9.3g, %9.3g] %5s", m[0], m[1], m[2], rank);
          });
      out.printf("  %9.2f%n", Ranks.median(all.stream().mapToDouble(Run::millis).toArray())[0]);
    }
    out.println();
  }

  private void printMeans(int ways, Map<Integer, List<String>> fields, Map<Integer, Ranks> ranks) {
    out.printf(
        "mean rank over %d problems, %d in flight [95 %%]%n%-24s %5s",
        problems.size(), ways, "", "seeds");
    fields.keySet().forEach(mark -> out.printf("  %23s", "at " + mark + " trials"));
    out.println();
    Map<Integer, List<double[]>> intervals = new LinkedHashMap<>();
    fields.forEach((mark, field) -> intervals.put(mark, ranks.get(mark).intervals(field.size())));
    for (String tuner : tuners) {
      List<Integer> seeds = new ArrayList<>();
      problems.forEach(problem -> seeds.add(runs(problem, ways, tuner, 0).size()));
      out.printf("%-24s %5d", tuner, seeds.stream().mapToInt(Integer::intValue).min().orElse(0));
      fields.forEach(
          (mark, field) -> {
            int place = field.indexOf(tuner);
            if (place < 0) {
              out.printf("  %23s", "-");
              return;
            }
            double mean = ranks.get(mark).mean(place);
            double[] interval = intervals.get(mark).get(place);
            out.printf("  %6.2f [%6.2f, %6.2f]", mean, interval[0], interval[1]);
            figures.put("rank_" + tuner + "_" + mark + "x" + ways, number("%.3f", mean));
          });
      out.println();
    }
    out.println();
  }

  /** All mean ranks, as a line of {@code key=value}. */
  String figures() {
    return figures.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
