package org.fettle.optimizers.loop;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.Divergence;
import org.fettle.optimizers.engine.EpochReport;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.training.BestEpoch;
import org.fettle.optimizers.training.LearningRates;
import org.fettle.optimizers.training.RowLoss;
import org.fettle.optimizers.training.Schedule;
import org.fettle.optimizers.training.TrainingSpec;
import org.jspecify.annotations.Nullable;

/** One run in training. */
final class RunLoop {

  private final TrainingRun run;
  private final TrainingSpec spec;
  private final RowLoss loss;
  private final Trainee trainee;
  private final NetworkModel model;
  private final LearningRates rates;
  private final Divergence divergence = new Divergence();
  private final Optional<BestEpoch> best;
  private final int[] order;
  private float[] bestParameters = new float[0];
  private int epoch;

  /** Output sums of the validation rows after this epoch, where someone has asked for them. */
  private @Nullable FloatMatrix validationSums;

  private RunLoop(TrainingRun run, Trainee trainee) {
    this.run = run;
    this.spec = run.spec();
    this.loss = spec.loss().on(run.training().targets(), run.network().outputs());
    this.trainee = trainee;
    this.model = new NetworkModel(run, trainee.network());
    long perEpoch = trainee.stepsPerEpoch();
    this.rates =
        new LearningRates(spec.schedule(), new Schedule.Span(perEpoch, perEpoch * spec.epochs()));
    this.best =
        spec.earlyStopping().filter(rule -> run.validation().isPresent()).map(BestEpoch::new);
    this.order = new int[run.training().rows()];
  }

  /** A run before its first epoch, or behind the one that it goes on from. */
  static RunLoop of(TrainingRun run, Trainee trainee) {
    RunLoop loop = new RunLoop(run, trainee);
    run.start().ifPresent(loop::restore);
    return loop;
  }

  /** Begins an epoch, which is then to be trained. */
  Epoch begin() {
    shuffle();
    return new Epoch(order, rates, divergence, Streams.ofEpoch(run.seed(), epoch));
  }

  /**
   * Takes the summed loss of an epoch that was trained.
   *
   * @return how the run ended, if it did by this
   */
  Optional<RunResult> epochEnded(double lossSum, Function<EpochReport, Continuation> listener) {
    double meanLoss = lossSum / order.length;
    if (divergence.epoch(meanLoss, trainee.network().sumOfParameters())) {
      return Optional.of(new RunResult.Diverged(epoch, divergence.reason().orElseThrow()));
    }
    OptionalDouble watched = watched();
    rates.epochEnded(meanLoss, watched);
    if (best.isPresent() && best.get().isBest(watched.orElseThrow())) {
      bestParameters = trainee.network().parameters();
    }
    Continuation answer =
        listener.apply(new EpochReport(epoch, meanLoss, this::validationPredictions, this::state));
    return switch (answer) {
      case GO_ON -> Optional.empty();
      case STOP -> Optional.of(new RunResult.Stopped(epoch));
      case FINISH -> Optional.of(trained());
    };
  }

  /** The run as trained, if it has no more epochs. */
  Optional<RunResult> end() {
    boolean over =
        epoch == spec.epochs() || (epoch > 0 && best.map(BestEpoch::isOver).orElse(false));
    return over ? Optional.of(trained()) : Optional.empty();
  }

  private RunResult trained() {
    best.ifPresent(there -> trainee.network().setParameters(bestParameters));
    return new RunResult.Trained(epoch, best.map(BestEpoch::number).orElse(epoch), model);
  }

  /** Counts an epoch, and gives it a new order of the rows, by Fisher and Yates. */
  private void shuffle() {
    validationSums = null;
    epoch++;
    SplittableRandom random = Streams.ofOrder(run.seed(), epoch);
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  private TrainingState state() {
    return new TrainingState(
        epoch,
        trainee.network().parameters(),
        trainee.memory(),
        rates.state(),
        divergence.limit(),
        best.map(each -> new TrainingState.Best(each.number(), each.least(), bestParameters)));
  }

  private void restore(TrainingState state) {
    int count = trainee.network().parameters().length;
    if (state.parameters().length != count) {
      throw new IllegalArgumentException(
          "State must have %d parameters, as the network, but had %d"
              .formatted(count, state.parameters().length));
    }
    if (state.epoch() > spec.epochs() || state.best().isPresent() != best.isPresent()) {
      throw new IllegalArgumentException(
          "State must be of a run of %d epochs %s early stopping, but was after %d %s"
              .formatted(
                  spec.epochs(),
                  with(best.isPresent()),
                  state.epoch(),
                  with(state.best().isPresent())));
    }
    epoch = state.epoch();
    trainee.restore(state.parameters(), state.memory());
    rates.restore(state.rates());
    divergence.restore(state.limit());
    state
        .best()
        .ifPresent(
            found -> {
              best.orElseThrow().restore(found.epoch(), found.value(), epoch);
              bestParameters = found.parameters();
            });
  }

  private static String with(boolean there) {
    return there ? "with" : "without";
  }

  private FloatMatrix validationPredictions() {
    return model.predictions(validationSums());
  }

  private FloatMatrix validationSums() {
    if (validationSums == null) {
      Examples validation =
          run.validation()
              .orElseThrow(() -> new IllegalStateException("Run has no validation rows"));
      validationSums = model.sums(validation.features());
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
}
