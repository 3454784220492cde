import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Runs studies of several tuners on the same problems and compares them; see its script. */
public final class SearchQuality {

  /** A tuner under the name of its results, which may be capped at fewer trials than others. */
  private record Named(
      String name, int most, String version, Function<Tuner.Setting, Tuner> study) {}

  private SearchQuality() {}

  /** Takes {@code key=value} arguments, all of which must be given. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Map<String, String> options = new LinkedHashMap<>();
    for (String each : args) {
      String[] pair = each.split("=", 2);
      options.put(pair[0], pair[1]);
    }
    try {
      run(options);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void run(Map<String, String> options) throws IOException {
    List<Problem> problems =
        new Problems(Path.of(options.get("data"))).named(options.get("problems"));
    List<Integer> marks = numbers(options.get("trials"));
    List<Integer> ways = numbers(options.get("ways"));
    List<Integer> seeds = numbers(options.get("seeds").replaceAll("-.*", ""));
    int from = options.get("seeds").contains("-") ? seeds.get(0) : 0;
    int to = Integer.parseInt(options.get("seeds").replaceAll(".*-", ""));
    Results results = new Results(Path.of(options.get("results")));
    List<Peer> started = new ArrayList<>();
    List<Named> tuners = tuners(options, started);
    for (long seed = from; seed < to && options.get("only-report").isEmpty(); seed++) {
      for (Problem problem : problems) {
        for (int way : ways) {
          for (Named tuner : tuners) {
            int trials = Math.min(tuner.most(), marks.stream().max(Integer::compare).orElseThrow());
            Tuner.Setting setting = new Tuner.Setting(problem, trials, way, seed);
            if (!results.has(tuner.name(), setting)) {
              Run run = Run.of(tuner.name(), tuner.study().apply(setting), setting);
              results.add(run, tuner.version());
            }
          }
        }
      }
    }
    started.forEach(Peer::close);
    List<String> names = tuners.stream().map(Named::name).toList();
    Report report = new Report(results.runs(), names, problems, System.out);
    ways.forEach(each -> report.print(each, marks));
    System.out.println(String.join(", ", results.versions()));
    System.out.println(report.figures());
  }

  private static List<Named> tuners(Map<String, String> options, List<Peer> started)
      throws IOException {
    List<Named> tuners = new ArrayList<>();
    for (String text : words(options.get("suggesters"))) {
      tuners.add(named(text, options.get("version"), Tuner.fettle(bare(text))));
    }
    for (String text : words(options.get("peers"))) {
      if (options.get("only-report").isEmpty()) {
        Peer peer =
            new Peer(
                options.get("python"), options.get("program"), bare(text).replace("optuna-", ""));
        started.add(peer);
        tuners.add(named(text, peer.version(), peer::study));
      } else {
        tuners.add(named(text, "", setting -> null));
      }
    }
    return tuners;
  }

  /** Text is {@code [name=]tuner[@most]}; without a name the tuner's own. */
  private static Named named(String text, String version, Function<Tuner.Setting, Tuner> study) {
    String name = text.matches("[^:=]+=.*") ? text.replaceFirst("=.*", "") : bare(text);
    int most =
        text.contains("@") ? Integer.parseInt(text.replaceAll(".*@", "")) : Integer.MAX_VALUE;
    return new Named(name, most, version, study);
  }

  private static String bare(String text) {
    return text.replaceFirst("^[^:=]+=", "").replaceFirst("@\\d+$", "");
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(",")).filter(each -> !each.isEmpty()).toList();
  }

  private static List<Integer> numbers(String text) {
    return words(text).stream().map(Integer::valueOf).toList();
  }
}
