package org.fettle.driver.study;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.Table;
import org.fettle.executor.run.TrainingPlan;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Shape;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.suggest.random.RandomSuggester;

/**
 * Which runs of a job its engine trains as one network, and how many. Executors look again: what is
 * said here only brings runs together.
 *
 * @param most runs of one network
 * @param mostOfSeveralTrials the same where most trials find others that go with them; else 1
 * @param names what runs must have in common
 */
public record Fusion(
    int most, int mostOfSeveralTrials, Function<Work.Network, Optional<String>> names) {

  /** Every run by itself. */
  public static final Fusion NONE = new Fusion(1, 1, work -> Optional.empty());

  /** Enough rows to see what a prepared row is; rare categories do not matter. */
  private static final int ROWS = 1000;

  /** Draws from the space, to see how many kinds of runs there are. */
  private static final int DRAWS = 64;

  /** Where the runs are trained. */
  public enum Place {
    /** A step of a small network costs less beside others, up to the size of the caches. */
    CPU(16),
    /** A step of a small network costs a GPU hardly more than one of many. */
    GPU(128);

    private final int most;

    Place(int most) {
      this.most = most;
    }
  }

  public Fusion {
    requireNonNull(names, "names is null");
    if (mostOfSeveralTrials < 1 || most < mostOfSeveralTrials) {
      throw new IllegalArgumentException(
          "Most must be at least %d, and that at least 1, but was %d"
              .formatted(mostOfSeveralTrials, most));
    }
  }

  /** What the job asks for, and its engine can do. */
  public static Fusion of(JobSpec job, Table table, Place place) {
    int most = job.search().fuse().orElse(place.most);
    if (most == 1 || !(job.evaluation() instanceof Evaluation.Network network)) {
      return NONE;
    }
    int[] rows = IntStream.range(0, Math.min(table.rows(), ROWS)).toArray();
    Shape input = Preprocessing.fit(table, rows).shape();
    Function<Work.Network, Optional<String>> names =
        work -> {
          try {
            TrainingPlan plan = TrainingPlan.of(work, input, table.task());
            return isSlower(plan, job, place)
                ? Optional.empty()
                : plan.engine().fusion(plan.network(), plan.training());
          } catch (IllegalArgumentException e) {
            return Optional.empty(); // It fails by itself, as a trial.
          }
        };
    RandomGenerator random = Seeds.generator(job.seed(), 0, "fusion");
    List<String> drawn =
        IntStream.range(0, DRAWS)
            .mapToObj(draw -> RandomSuggester.draw(job.space(), random))
            .flatMap(Optional::stream)
            .map(each -> JobPlan.work(network, job.resolve(each), job.goals()))
            .flatMap(work -> names.apply(work).stream())
            .toList();
    Set<String> kinds = new HashSet<>(drawn);
    if (kinds.isEmpty()) {
      return NONE;
    }
    return new Fusion(most, kinds.size() <= drawn.size() / 2 ? most : 1, names);
  }

  /**
   * Grouped convolutions of LibTorch take longer on a CPU than one after the other: 1.2 times as
   * long of 5 runs, 1.5 times of 16 (deploy/benchmarks/fused-race).
   */
  private static boolean isSlower(TrainingPlan plan, JobSpec job, Place place) {
    return place == Place.CPU
        && job.search().fuse().isEmpty()
        && hasConvolution(plan.network().layers());
  }

  private static boolean hasConvolution(List<Layer> layers) {
    return layers.stream()
        .anyMatch(
            layer ->
                layer instanceof Layer.Convolution
                    || (layer instanceof Layer.Residual residual
                        && hasConvolution(residual.layers())));
  }

  /** What runs must have in common with these; empty where each is trained by itself. */
  Optional<String> name(Work.Network work) {
    return names.apply(work);
  }
}
