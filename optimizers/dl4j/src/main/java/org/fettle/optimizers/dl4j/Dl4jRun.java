package org.fettle.optimizers.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.Divergence;
import org.fettle.optimizers.engine.EpochReport;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.training.BestEpoch;
import org.fettle.optimizers.training.LearningRates;
import org.fettle.optimizers.training.RowLoss;
import org.fettle.optimizers.training.Schedule;
import org.fettle.optimizers.training.TrainingSpec;
import org.jspecify.annotations.Nullable;

/**
 * One run in training. Drives the network step by step: {@code fit} would wrap each batch, keep its
 * own counts and write a dump into the working directory when memory ends.
 */
final class Dl4jRun implements AutoCloseable {

  private final TrainingRun run;
  private final TrainingSpec spec;
  private final RowLoss loss;
  private final SplittableRandom orders;
  private final SplittableRandom noises;
  private final int[] order;
  private final Crew crew;
  private final List<Replica> replicas = new ArrayList<>();
  private boolean trained;

  /** Output sums of the validation rows after this epoch, where someone has asked for them. */
  private @Nullable FloatMatrix validationSums;

  private Dl4jRun(TrainingRun run, SplittableRandom random) {
    this.run = run;
    spec = run.spec();
    loss = spec.loss().on(run.training().targets(), run.network().outputs());
    orders = random.split();
    noises = random.split();
    order = IntStream.range(0, run.training().rows()).toArray();
    crew = new Crew(spec.replicas().count());
  }

  /** Trains a run to its end. Where it has no model as a result, its memory is freed. */
  static RunResult train(TrainingRun run, Function<EpochReport, Continuation> listener) {
    SplittableRandom random = new SplittableRandom(run.seed());
    try (Dl4jRun training = new Dl4jRun(run, random)) {
      training.makeReplicas(random.nextLong());
      RunResult result = training.train(listener);
      training.trained = result instanceof RunResult.Trained;
      return result;
    }
  }

  /** Not in the constructor: what there is of them is freed when memory does not hold them all. */
  private void makeReplicas(long seed) {
    int batchSize = spec.batchSize(order.length);
    for (int i = 0; i < crew.size(); i++) {
      replicas.add(new Replica(run, loss, order, batchSize, seed));
    }
  }

  private RunResult train(Function<EpochReport, Continuation> listener) {
    Steps steps = steps();
    long perEpoch = steps.perEpoch();
    LearningRates rates =
        new LearningRates(spec.schedule(), new Schedule.Span(perEpoch, perEpoch * spec.epochs()));
    Divergence divergence = new Divergence();
    Optional<BestEpoch> best =
        spec.earlyStopping().filter(rule -> run.validation().isPresent()).map(BestEpoch::new);
    float[] bestParameters = steps.parameters().clone();
    for (int epoch = 1; ; epoch++) {
      begin();
      double meanLoss = steps.epoch(rates, divergence) / order.length;
      if (divergence.epoch(meanLoss, sum(steps.parameters()))) {
        return new RunResult.Diverged(epoch, divergence.reason().orElseThrow());
      }
      Continuation answer =
          listener.apply(new EpochReport(epoch, meanLoss, this::validationPredictions));
      if (answer == Continuation.STOP) {
        return new RunResult.Stopped(epoch);
      }
      OptionalDouble watched = watched();
      rates.epochEnded(meanLoss, watched);
      if (best.isPresent() && best.get().isBest(watched.orElseThrow())) {
        System.arraycopy(steps.parameters(), 0, bestParameters, 0, bestParameters.length);
      }
      if (epoch == spec.epochs()
          || answer == Continuation.FINISH
          || best.map(BestEpoch::isOver).orElse(false)) {
        best.ifPresent(there -> replicas.get(0).setParameters(bestParameters));
        int bestEpoch = best.map(BestEpoch::number).orElse(epoch);
        return new RunResult.Trained(epoch, bestEpoch, replicas.get(0).model());
      }
    }
  }

  private Steps steps() {
    int rows = order.length;
    return spec.replicas().averageEvery().isPresent()
        ? new OwnSteps(spec, crew, replicas, rows, spec.replicas().averageEvery().getAsInt())
        : new SharedSteps(spec, crew, replicas, rows);
  }

  /** Begins an epoch: a new order of the rows, by Fisher and Yates, and new random numbers. */
  private void begin() {
    validationSums = null;
    for (int i = order.length - 1; i > 0; i--) {
      int j = orders.nextInt(i + 1);
      int row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
    List<SplittableRandom> random = replicas.stream().map(replica -> noises.split()).toList();
    crew.each(replica -> replicas.get(replica).begin(random.get(replica)));
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private FloatMatrix validationPredictions() {
    return replicas.get(0).model().predictions(validationSums());
  }

  private FloatMatrix validationSums() {
    if (validationSums == null) {
      Examples validation =
          run.validation()
              .orElseThrow(() -> new IllegalStateException("Run has no validation rows"));
      validationSums = replicas.get(0).model().sums(validation.features());
    }
    return validationSums;
  }

  /** What early stopping and a plateau watch; empty where neither does or there are no rows. */
  private OptionalDouble watched() {
    if (!spec.watchesValidation() || run.validation().isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        run.monitor()
            .map(monitor -> monitor.value(validationPredictions()))
            .orElseGet(this::validationLoss));
  }

  private double validationLoss() {
    float[] targets = run.validation().orElseThrow().targets();
    int outputs = run.network().outputs();
    float[] sums = validationSums().values().clone();
    double sum = 0;
    for (int row = 0; row < targets.length; row++) {
      sum += loss.gradient(sums, row * outputs, 1, outputs, targets[row], 0);
    }
    return sum / targets.length;
  }

  @Override
  public void close() {
    crew.close();
    replicas.stream().skip(trained ? 1 : 0).forEach(replica -> replica.model().close());
  }
}
