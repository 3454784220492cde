import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.fettle.search.Study;
import org.fettle.search.space.Assignment;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.Suggesters;

/** One who is asked for trials and told their losses. */
interface Tuner {

  /** The setting of a study, in which trials are numbered from 0 by their asks. */
  record Setting(Problem problem, int trials, int ways, long seed) {}

  /** What was asked for, and how long the answer took. */
  record Answer(Assignment assignment, double millis) {}

  Answer ask();

  void tell(int number, double[] losses);

  /**
   * Fettle's suggester of a text as {@code gp} or {@code gp:candidates=256;starts=4}.
   *
   * @throws IllegalArgumentException if there is no such suggester or setting
   */
  static Function<Setting, Tuner> fettle(String text) {
    String[] parts = text.split(":", 2);
    Map<String, Object> settings = new LinkedHashMap<>();
    if (parts.length > 1) {
      for (String each : parts[1].split(";")) {
        String[] pair = each.split("=", 2);
        settings.put(pair[0], pair.length > 1 ? value(pair[1]) : true);
      }
    }
    Suggesters.named(parts[0], settings);
    return setting -> {
      StudySpec spec =
          new StudySpec(
              setting.problem().space(),
              IntStream.range(0, setting.problem().goals())
                  .mapToObj(i -> Goal.minimize("loss" + i))
                  .toList(),
              List.of(),
              setting.seed(),
              OptionalInt.of(setting.trials()),
              setting.ways());
      return new Fettle(Study.of(Suggesters.named(parts[0], settings), History.empty(spec)));
    };
  }

  private static Object value(String word) {
    if (word.equals("true") || word.equals("false")) {
      return Boolean.valueOf(word);
    }
    try {
      return word.matches("-?\\d+") ? (Object) Long.valueOf(word) : Double.valueOf(word);
    } catch (NumberFormatException e) {
      return word;
    }
  }

  /** A study of this library. */
  record Fettle(Study study) implements Tuner {
    @Override
    public Answer ask() {
      long began = System.nanoTime();
      Trial trial = study.ask();
      return new Answer(trial.assignment(), (System.nanoTime() - began) / 1e6);
    }

    @Override
    public void tell(int number, double[] losses) {
      Measurement measurement = Measurement.none();
      for (int i = 0; i < losses.length; i++) {
        measurement = measurement.and("loss" + i, losses[i]);
      }
      study.tell(number, measurement);
    }
  }
}
