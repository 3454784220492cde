import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.fettle.search.numeric.Hypervolume;

/**
 * One study of one tuner.
 *
 * @param steps trial and value wherever the value changes: the noiseless loss of the trial that
 *     looks best, or less the hypervolume of all trials
 * @param millis median time of an answer in the second half
 */
record Run(
    String tuner,
    String problem,
    int ways,
    int trials,
    long seed,
    List<double[]> steps,
    double millis) {

  static Run of(String name, Tuner tuner, Tuner.Setting setting) {
    Problem problem = setting.problem();
    // The same order of ends and the same noise for every tuner.
    Random order = new Random(7 + setting.seed());
    Random noise = new Random(1_000 + setting.seed());
    List<Integer> flying = new ArrayList<>();
    List<Tuner.Answer> answers = new ArrayList<>();
    List<double[]> front = new ArrayList<>();
    List<double[]> steps = new ArrayList<>();
    double lowest = Double.POSITIVE_INFINITY;
    for (int ended = 1; ended <= setting.trials(); ended++) {
      while (flying.size() < setting.ways() && answers.size() < setting.trials()) {
        flying.add(answers.size());
        answers.add(tuner.ask());
      }
      int number = flying.remove(order.nextInt(flying.size()));
      double[] losses = problem.function().apply(answers.get(number).assignment());
      double[] seen = losses.clone();
      Arrays.setAll(seen, i -> losses[i] + problem.noise() * noise.nextGaussian());
      tuner.tell(number, seen);
      double value = losses[0];
      if (problem.goals() > 1) {
        front.add(losses);
        value = -Hypervolume.of(front.toArray(double[][]::new), problem.reference());
      } else if (seen[0] >= lowest) {
        continue;
      }
      lowest = seen[0];
      if (steps.isEmpty() || steps.get(steps.size() - 1)[1] != value) {
        steps.add(new double[] {ended, value});
      }
    }
    double[] late =
        answers.stream()
            .skip(answers.size() / 2)
            .mapToDouble(Tuner.Answer::millis)
            .sorted()
            .toArray();
    return new Run(
        name,
        problem.name(),
        setting.ways(),
        setting.trials(),
        setting.seed(),
        steps,
        late[late.length / 2]);
  }

  /** The value after so many trials. */
  double at(int trials) {
    double value = Double.NaN;
    for (double[] step : steps) {
      value = step[0] <= trials ? step[1] : value;
    }
    return value;
  }
}
