package org.fettle.driver.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.optimizers.engine.Exchange;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.search.settings.Provider;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.FailureCode;

/** What a job file can say. Every default of the job itself stands here. */
final class JobSettings {

  /** The keys of a job file, in the order in which one is best written. */
  static final List<String> KEYS =
      List.of(
          "study",
          "seed",
          "data",
          "model",
          "training",
          "engine",
          "placement",
          "validation",
          "objective",
          "parameters",
          "goal",
          "constraints",
          "search",
          "pruning",
          "checkpoint",
          "failures",
          "tensorboard",
          "mlflow",
          "listeners",
          "output");

  private static final SettingType NUMBER =
      new SettingType.NumberRange(
          Double.NEGATIVE_INFINITY, End.EXCLUDED, Double.POSITIVE_INFINITY, End.EXCLUDED);

  /** Beyond what any study has; lets an int hold it. */
  private static final long LARGEST = 1_000_000;

  /** How many trials a study takes whose job does not say so. */
  static final int DEFAULT_TRIALS = 20;

  static final Setting STUDY =
      Setting.text("study", "name of the study and of its folder: letters, digits, . _ -");
  static final Setting SEED =
      Setting.integer("seed", Long.MIN_VALUE, "all randomness of the study derives from it")
          .or(42L);
  static final Setting OUTPUT =
      Setting.text("output", "URI or folder of studies, relative to the working directory")
          .or("studies");
  static final Setting OBJECTIVE =
      Setting.text("objective", "your class that scores a trial, instead of training a network")
          .orNone();

  static final Setting TENSORBOARD =
      Setting.flag("tensorboard", "whether to write event files for TensorBoard, one a trial")
          .or(true);
  static final Setting LISTENERS =
      Setting.list(
              "listeners",
              new SettingType.Text(),
              "your classes that implement StudyListener, which hear of the study")
          .or(List.of());

  static final List<Setting> MLFLOW =
      List.of(
          Setting.text("tracking-uri", "URI of a tracking server, such as http://host:5000")
              .orNone(),
          Setting.text("experiment", "experiment of the study's runs; by default the study's name")
              .orNone());

  static final List<Setting> DATA =
      List.of(
          Setting.text("source", "URI, or path relative to the job file"),
          Setting.word("format", DataSpec.Format.class, "by default what the source ends with")
              .orNone(),
          Setting.text("target", "column to be learnt; not for libsvm, whose rows begin with it")
              .orNone(),
          Setting.word("task", DataSpec.LearningTask.class, "what to learn: a class or a number"),
          Setting.text(
                  "positive",
                  "of two classes the one that precision, recall, f1 and the like are about; by"
                      + " default the later in order, as 1 of 0 and 1, yes of no and yes")
              .orNone(),
          Setting.list(
                  "shape",
                  new SettingType.IntegerRange(1, Integer.MAX_VALUE),
                  "[channels, height, width] of images or [steps, features] of sequences, whose"
                      + " numbers are the columns in order; by default features of a table")
              .or(List.of()),
          columns("categorical", "numeric columns to be taken as categories"),
          columns("ignore", "columns to be left out"),
          Setting.word("missing", DataSpec.Missing.class, "what to do about missing values")
              .or("impute"),
          Setting.flag("header", "csv: whether the first line names the columns").or(true),
          Setting.text("delimiter", "csv: one character between values, or tab or space").or(","),
          Setting.text("quote", "csv: one character around values that hold the delimiter")
              .or("\""));

  static final List<Setting> VALIDATION =
      List.of(
          Setting.integer("folds", 2, LARGEST, "parts that take turns as validation rows").or(5L),
          Setting.flag(
                  "stratified",
                  "whether each fold keeps the classes' proportions; by default, if there are classes")
              .orNone(),
          Setting.integer("repeats", 1, LARGEST, "how often the rows are divided, each time anew")
              .or(1L),
          part("holdout", "part of the rows that validates once, instead of folds"),
          Setting.text("group", "column whose rows of one value stay together, such as a patient's")
              .orNone(),
          Setting.text(
                  "time", "column of numbers, dates or times: rows train for those that come later")
              .orNone(),
          Setting.flag("time-series", "the same, where the rows are in order of time as they stand")
              .or(false),
          Setting.integer(
                  "test-size",
                  1,
                  LARGEST,
                  "time: rows of a fold; by default all rows over one more than the folds")
              .orNone(),
          Setting.integer(
                  "max-train-size",
                  1,
                  Integer.MAX_VALUE,
                  "time: rows to train on at most, the latest; by default all that come before")
              .orNone(),
          Setting.integer("gap", 0, LARGEST, "time: rows left out between training and validation")
              .or(0L),
          Setting.text(
                  "fold-column",
                  "column that names each row's fold; rows without a value, or -1, always train")
              .orNone(),
          part("test", "part of the rows that no trial sees; the final model is scored on it"),
          Setting.list(
                  "metrics",
                  new SettingType.Text(),
                  "metrics to be measured besides the goal's and the usual ones")
              .or(List.of()));

  static final List<Setting> CLUSTER =
      List.of(
          Setting.integer(
                  ClusterPlacement.WORKERS, 1, LARGEST, "tasks that train a run, each in a slot")
              .or(2L),
          Setting.word(
                  ClusterPlacement.EXCHANGE,
                  Exchange.class,
                  "what workers tell each other: parameters, to be averaged, which engine dl4j can; or in each step gradients, which engine torch can: all workers run at the same time")
              .or("averaging"),
          Setting.integer(
                  ClusterPlacement.EVERY, 1, LARGEST, "averaging: steps of a worker in between")
              .or(10L));

  static final List<Setting> GOAL =
      List.of(
          Setting.text("maximize", "metric to be made as large as possible").orNone(),
          Setting.text("minimize", "metric to be made as small as possible").orNone(),
          aggregate("what to make of the metric's values on the folds").or("mean"));

  static final List<Setting> CONSTRAINT =
      List.of(
          Setting.text("metric", "metric that a good trial keeps in bounds"),
          number("at-most", "greatest value to keep"),
          number("at-least", "least value to keep"),
          aggregate("what to bound; by default what the goal of the metric looks at, else the mean")
              .orNone());

  static final List<Setting> CHECKPOINT =
      List.of(
          Setting.integer(
                  CheckpointSpec.EVERY_EPOCHS,
                  1,
                  LARGEST,
                  "epochs of a network after which a run leaves one; by default time alone counts")
              .orNone(),
          Setting.numberFrom(
                  CheckpointSpec.EVERY_MINUTES,
                  0,
                  "minutes after which a run leaves one, so that short runs leave none; 0 for never")
              .or(5.0),
          Setting.integer(CheckpointSpec.KEEP, 1, LARGEST, "how many of a run are kept, the latest")
              .or(2L));
  static final String TRIAL_TIMEOUT = "trial-timeout";
  static final String RUN_TIMEOUT = "run-timeout";

  static final List<Setting> FAILURES =
      List.of(
          minutes(TRIAL_TIMEOUT, "a trial may take, from the start of its first run"),
          minutes(RUN_TIMEOUT, "a run, a trial on one fold, may take"),
          retries(FailureCode.USER_ERROR, "your objective threw an exception", 0),
          retries(FailureCode.ENGINE_ERROR, "the engine broke", 0),
          retries(FailureCode.DIVERGED, "the loss became infinite or no number", 0),
          retries(FailureCode.OUT_OF_MEMORY, "memory ran out", 0),
          retries(FailureCode.TIMED_OUT, "time ran out; all the trial's runs are", 0),
          retries(FailureCode.EXECUTOR_LOST, "the executor died", 3),
          retries(FailureCode.PREEMPTED, "the cluster took the executor away", 10),
          retries(FailureCode.DRIVER_ERROR, "something broke on the driver or on the way", 1));

  private JobSettings() {}

  private static Setting minutes(String name, String doc) {
    return Setting.numberAbove(name, 0, "minutes that " + doc + "; by default any").orNone();
  }

  private static Setting retries(FailureCode code, String doc, long standard) {
    String name = FailureSpec.key(code);
    return Setting.integer(name, 0, LARGEST, "how often a run is begun again after " + doc)
        .or(standard);
  }

  private static Setting number(String name, String doc) {
    return new Setting(name, NUMBER, Optional.empty(), true, doc);
  }

  private static Setting aggregate(String doc) {
    return Setting.word(
        "aggregate",
        Aggregation.class,
        doc
            + "; confidence-bound is the mean less 1.645 standard errors, or more of what is"
            + " minimized");
  }

  private static Setting part(String name, String doc) {
    return Setting.number(name, 0, End.EXCLUDED, 1, End.EXCLUDED, doc).orNone();
  }

  private static Setting columns(String name, String doc) {
    return Setting.list(name, new SettingType.Text(), doc).or(List.of());
  }

  static List<Setting> training() {
    return TrainingSpec.settings();
  }

  static Setting model(Catalog catalog) {
    SettingType templates = new SettingType.Kinds("template", settings(catalog.templates()));
    return new Setting("model", templates, Optional.empty(), false, "network to be trained");
  }

  static Setting engine(Catalog catalog) {
    Map<String, List<Setting>> engines = new LinkedHashMap<>();
    engines.put(Evaluation.Network.AUTO, List.of());
    engines.putAll(settings(catalog.engines()));
    return Setting.kinds("engine", engines, "what trains it").or(Evaluation.Network.AUTO);
  }

  /** Where a run is trained. */
  static Setting placement() {
    Map<String, List<Setting>> placements = new LinkedHashMap<>();
    placements.put(ClusterPlacement.EXECUTOR, List.of());
    placements.put(ClusterPlacement.CLUSTER, CLUSTER);
    return Setting.kinds("placement", placements, "where a run is trained")
        .or(ClusterPlacement.EXECUTOR);
  }

  static List<Setting> search(Catalog catalog) {
    return List.of(
        Setting.kinds("suggester", settings(catalog.suggesters()), "proposes the trials")
            .or("auto"),
        Setting.integer(
                "trials",
                1,
                LARGEST,
                "by default " + DEFAULT_TRIALS + "; for grid and pbt, by default all")
            .orNone(),
        Setting.integer(
                "parallel",
                1,
                LARGEST,
                "trials at once; auto, the default: as many as there is room for")
            .orNone(),
        Setting.integer(
                "fuse",
                1,
                LARGEST,
                "runs trained as one network, if the engine can; 1 for each by itself; auto, the"
                    + " default: as many as is worth while")
            .orNone(),
        Setting.list(
                "warm-start",
                new SettingType.Text(),
                "folders or URIs of earlier studies to learn from, of the same goal")
            .or(List.of()),
        Setting.list(
                "stop",
                new SettingType.Kinds("type", settings(catalog.stopRules())),
                "rules that end the study before it has taken all its trials; the first to hold")
            .or(List.of()));
  }

  static List<Setting> pruning(Catalog catalog) {
    return List.of(
        Setting.kinds("pruner", settings(catalog.pruners()), "ends trials that will not do")
            .orNone());
  }

  private static Map<String, List<Setting>> settings(List<? extends Provider> providers) {
    Map<String, List<Setting>> settings = new LinkedHashMap<>();
    providers.forEach(provider -> settings.put(provider.name(), provider.settings()));
    return settings;
  }
}
