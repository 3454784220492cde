package org.fettle.optimizers.training;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/**
 * How a network is trained.
 *
 * @param batchSize rows per step; the last batch of an epoch takes what is left
 * @param epochs passes over the examples, in a new order each
 */
public record TrainingSpec(
    Updater updater,
    Schedule schedule,
    Clipping clipping,
    Regularisation regularisation,
    Loss loss,
    Optional<EarlyStopping> earlyStopping,
    Replicas replicas,
    int batchSize,
    int epochs) {

  public TrainingSpec {
    requireNonNull(updater, "updater is null");
    requireNonNull(schedule, "schedule is null");
    requireNonNull(clipping, "clipping is null");
    requireNonNull(regularisation, "regularisation is null");
    requireNonNull(loss, "loss is null");
    requireNonNull(replicas, "replicas is null");
    Require.atLeastOne("Batch size", batchSize);
    Require.atLeastOne("Epochs", epochs);
  }

  /** Training with nothing but the least there must be. */
  public static TrainingSpec of(Updater updater, Loss loss, int batchSize, int epochs) {
    return new TrainingSpec(
        updater,
        new Schedule.Fixed(),
        new Clipping.None(),
        Regularisation.none(),
        loss,
        Optional.empty(),
        Replicas.one(),
        batchSize,
        epochs);
  }

  public TrainingSpec with(Schedule other) {
    return new TrainingSpec(
        updater, other, clipping, regularisation, loss, earlyStopping, replicas, batchSize, epochs);
  }

  public TrainingSpec with(Clipping other) {
    return new TrainingSpec(
        updater, schedule, other, regularisation, loss, earlyStopping, replicas, batchSize, epochs);
  }

  public TrainingSpec with(Regularisation other) {
    return new TrainingSpec(
        updater, schedule, clipping, other, loss, earlyStopping, replicas, batchSize, epochs);
  }

  public TrainingSpec with(EarlyStopping other) {
    return new TrainingSpec(
        updater,
        schedule,
        clipping,
        regularisation,
        loss,
        Optional.of(other),
        replicas,
        batchSize,
        epochs);
  }

  public TrainingSpec with(Replicas other) {
    return new TrainingSpec(
        updater, schedule, clipping, regularisation, loss, earlyStopping, other, batchSize, epochs);
  }

  /** Rows of a full step of one replica, given how many there are to train on. */
  public int batchSize(int rows) {
    return updater.takesAllRows() ? rows : Math.min(batchSize, rows);
  }

  /** Whether early stopping or a plateau watches validation rows. */
  public boolean watchesValidation() {
    return earlyStopping.isPresent() || schedule.watchesValidation();
  }

  /** What a job file can say of training. */
  public static List<Setting> settings() {
    return List.of(
        Setting.integer("epochs", 1, Integer.MAX_VALUE, "passes over the training rows").or(20L),
        Setting.integer("batch-size", 1, Integer.MAX_VALUE, "rows per step").or(32L),
        Updater.setting(),
        Schedule.setting(),
        Setting.numberFrom(
                "warm-up",
                0,
                "epochs in which the learning rate rises to the schedule's; 0 for none")
            .or(0.0),
        Clipping.setting(),
        Setting.numberFrom("l1", 0, "weight penalty: adds l1 · Σ|w|, biases excepted, to the loss")
            .or(0.0),
        Setting.numberFrom("l2", 0, "weight penalty: adds l2/2 · Σw², biases excepted, to the loss")
            .or(0.0),
        Setting.numberFrom(
                "weight-decay",
                0,
                "a step of any updater takes learning-rate · this off each weight")
            .or(0.0),
        Setting.numberFrom("max-norm", 0, "largest norm of the weights into a unit; 0 for no bound")
            .or(0.0),
        Setting.numberFrom(
                "noise", 0, "standard deviation of Gaussian noise on scaled features in training")
            .or(0.0),
        Loss.setting(),
        EarlyStopping.setting(),
        Setting.integer("replicas", 1, 1024, "copies of the network that share each batch").or(1L),
        Setting.integer(
                "averaging-frequency",
                1,
                1_000_000,
                "steps after which replicas, each on batches of its own, average their weights;"
                    + " left out, they add up the gradients of one batch in every step")
            .orNone());
  }

  /** One line for each kind of the settings that have kinds. */
  public static Map<String, Map<String, String>> docs() {
    return Map.of(
        "updater", Updater.docs(),
        "schedule", Schedule.docs(),
        "clip", Clipping.docs(),
        "loss", Loss.docs(),
        "early-stopping", EarlyStopping.docs());
  }

  /**
   * The training of checked settings.
   *
   * @throws IllegalArgumentException where the loss, or what early stopping watches, is not one for
   *     the task
   */
  public static TrainingSpec from(Settings settings, Task task) {
    Loss loss = settings.has("loss") ? Loss.from(settings.kind("loss")) : Loss.of(task);
    if (!loss.suits(task)) {
      throw new IllegalArgumentException("Loss must suit " + task + ", but was " + loss);
    }
    Optional<EarlyStopping> earlyStopping = EarlyStopping.from(settings.kind("early-stopping"));
    earlyStopping.ifPresent(rule -> rule.check(task));
    Schedule schedule = Schedule.from(settings.kind("schedule"));
    double warmUp = settings.number("warm-up");
    Optional<Long> averaging = settings.optionalInteger("averaging-frequency");
    return new TrainingSpec(
        Updater.from(settings.kind("updater")),
        warmUp > 0 ? new Schedule.WarmUp(warmUp, schedule) : schedule,
        Clipping.from(settings.kind("clip")),
        new Regularisation(
            settings.number("l1"),
            settings.number("l2"),
            settings.number("weight-decay"),
            settings.number("max-norm"),
            settings.number("noise")),
        loss,
        earlyStopping,
        new Replicas(
            Math.toIntExact(settings.integer("replicas")),
            averaging.map(every -> OptionalInt.of(every.intValue())).orElse(OptionalInt.empty())),
        Math.toIntExact(settings.integer("batch-size")),
        Math.toIntExact(settings.integer("epochs")));
  }
}
