package org.fettle.driver.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of problem: its line, its path and its words. */
class ProblemCasesTest {

  private static final String UPDATERS =
      "gradient-descent, sgd, momentum, nesterov, adam, adamw, amsgrad, nadam, adamax, rmsprop,"
          + " adagrad, adadelta";

  /** A job of five lines, of which a case replaces or adds one. */
  private static final Map<String, String> LINES = new LinkedHashMap<>();

  static {
    LINES.put("study", "iris");
    LINES.put("data", "{source: iris.csv, target: species, task: classification}");
    LINES.put("model", "{template: mlp, hidden: [8]}");
    LINES.put("training", "{}");
    LINES.put("goal", "{maximize: accuracy}");
  }

  private static final String CLASS_METRICS =
      "accuracy, balanced-accuracy, precision, recall, f1, matthews-corrcoef, cohen-kappa,"
          + " log-loss, brier-score, roc-auc, average-precision, precision-macro, recall-macro,"
          + " f1-macro, precision-micro, recall-micro, f1-micro, precision-weighted,"
          + " recall-weighted, f1-weighted, top-5-accuracy, training-time, inference-latency,"
          + " parameter-count";

  private static Arguments bad(String key, String value, String... problems) {
    return Arguments.of(key, value, List.of(problems));
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        bad(
            "mlflow",
            "{tracking-uri: 'databricks'}",
            "line 6  mlflow.tracking-uri  must be the http or https address of a tracking server,"
                + " but was databricks"),
        bad(
            "mlflow",
            "{tracking-uri: 'https://me:secret@host'}",
            "line 6  mlflow.tracking-uri  must not hold a password: set MLFLOW_TRACKING_USERNAME"
                + " and MLFLOW_TRACKING_PASSWORD"),
        bad(
            "mlflow",
            "{experiment: tuning}",
            "line 6  mlflow.tracking-uri  must be given beside experiment"),
        bad(
            "mlflow",
            "{uri: 'http://localhost'}",
            "line 6  mlflow.uri  is not a key of mlflow: known: tracking-uri, experiment"),
        bad("tensorboard", "maybe", "line 6  tensorboard  must be true or false, but was maybe"),
        bad(
            "listeners",
            "com.acme.Notify",
            "line 6  listeners  must be a list of text, but was com.acme.Notify: write [com.acme.Notify]"),
        bad(
            "trainig",
            "{}",
            "line 6  trainig  is not a key of a job: did you mean training? (known: study, seed,"
                + " data, model, training, engine, placement, validation, objective, parameters,"
                + " goal, constraints, search, pruning, checkpoint, failures, tensorboard, mlflow,"
                + " listeners, output)"),
        bad(
            "training",
            "{batchSize: 3}",
            "line 4  training.batchSize  is not a key of training: did you mean batch-size?"
                + " (known: epochs, batch-size, updater, schedule, warm-up, clip, l1, l2,"
                + " weight-decay, max-norm, noise, loss, early-stopping, replicas,"
                + " averaging-frequency)"),
        bad(
            "training",
            "{updater: {type: sgd, zzzz: 1}}",
            "line 4  training.updater.zzzz  is not a key of training.updater: known: type,"
                + " learning-rate, momentum"),
        bad("training", "3", "line 4  training  must be a map, but was 3"),
        bad(
            "training",
            "{updater: {momentum: 1}}",
            "line 4  training.updater.type  must be given, as one of " + UPDATERS),
        bad(
            "training",
            "{updater: [sgd]}",
            "line 4  training.updater  must be one of " + UPDATERS + ", but was [sgd]"),
        bad(
            "training",
            "{updater: {type: {choice: [sgd, adam]}}}",
            "line 4  training.updater.type  must be one of "
                + UPDATERS
                + ", but was {choice: [sgd,"
                + " adam]}: search for it with a choice of maps"),
        bad(
            "training",
            "{updater: adm}",
            "line 4  training.updater  must be one of "
                + UPDATERS
                + ", but was adm: did you mean adam?"),
        bad(
            "data",
            "{source: iris.csv, target: species, task: classification, shape: [64]}",
            "line 2  data.shape  must be [channels, height, width] of images or [steps, features]"
                + " of sequences, but was [64]: leave it out for a table"),
        bad(
            "model",
            "{template: layers, layers: [{type: conv, filters: 3}]}",
            "line 3  model.layers[0].type  must be one of dense, activation, dropout,"
                + " batch-normalisation, layer-normalisation, convolution, pooling, global-pooling,"
                + " flatten, last-step, recurrent, positions, self-attention, residual, but was"
                + " conv"),
        bad("model", "{template: mlp}", "line 3  model.hidden  must be given"),
        bad(
            "model",
            "{template: mpl}",
            "line 3  model.template  must be one of attention, convolutional, dl4j, keras, layers,"
                + " linear, mlp, recurrent, but was mpl: did you mean mlp?"),
        bad(
            "model",
            "{template: mlp, hidden: 8}",
            "line 3  model.hidden  must be a list of integer from 1 to 1048576, but was 8: write"
                + " [8]"),
        bad(
            "model",
            "{template: mlp, hidden: [8, 0.5]}",
            "line 3  model.hidden[1]  must be an integer from 1 to 1048576, but was 0.5"),
        bad(
            "model",
            "{template: mlp, hidden: [8], activation: rellu}",
            "line 3  model.activation  must be one of identity, relu, tanh, sigmoid, leaky-relu,"
                + " elu, selu, gelu, swish, softplus, but was rellu: did you mean relu?"),
        bad(
            "model",
            "",
            "line 3  model  must be one of attention, convolutional, dl4j, keras, layers, linear,"
                + " mlp, recurrent, but was empty"),
        bad(
            "model",
            "{choice: [{template: linear}, {template: keras, file: a.h5}]}",
            "line 3  model.choice[1].template  must take no file where the model is a choice, but"
                + " was keras: give it a study of its own"),
        bad("model", "{template: keras}", "line 3  model.file  must be given"),
        bad(
            "model",
            "{template: keras, file: {choice: [a.h5, b.h5]}}",
            "line 3  model.file  must be one file, but was {choice: [a.h5, b.h5]}"),
        bad(
            "model",
            "{template: keras, file: a.h5, layers: {hidden: {unit: 3}}}",
            "line 3  model.layers.hidden.unit  is not a key of model.layers.hidden: did you mean"
                + " units? (known: units, filters, kernel, activation, dropout)"),
        bad(
            "model",
            "{template: keras, file: a.h5, layers: [hidden]}",
            "line 3  model.layers  must be a map of names, each with units, filters, kernel,"
                + " activation, dropout, but was [hidden]"),
        bad(
            "engine",
            "dl4",
            "line 6  engine  must be one of auto, dl4j, torch, but was dl4: did you mean dl4j?"),
        bad(
            "engine",
            "{type: dl4j, threads: 0}",
            "line 6  engine.threads  must be an integer ≥ 1, but was 0"),
        bad(
            "placement",
            "clustr",
            "line 6  placement  must be one of executor, cluster, but was clustr: did you mean"
                + " cluster?"),
        bad(
            "placement",
            "{type: cluster, workers: 0}",
            "line 6  placement.workers  must be an integer from 1 to 1000000, but was 0"),
        bad(
            "placement",
            "{type: cluster, exchange: gradient}",
            "line 6  placement.exchange  must be one of averaging, gradients, but was gradient:"
                + " did you mean gradients?"),
        bad(
            "placement",
            "{type: cluster, every: never}",
            "line 6  placement.every  must be an integer from 1 to 1000000, but was never"));
  }

  static Stream<Arguments> job() {
    return Stream.of(
        bad(
            "study",
            "a/b",
            "line 1  study  must be a folder name of letters, digits, . _ -, but was a/b"),
        bad(
            "study",
            "..",
            "line 1  study  must be a folder name of letters, digits, . _ -, but was .."),
        bad("study", "", "line 1  study  must be text, but was empty"),
        bad("study", "7", "line 1  study  must be text, but was 7"),
        bad("seed", "x", "line 6  seed  must be an integer, but was x"),
        bad("seed", "'7'", "line 6  seed  must be an integer, but was \"7\""),
        bad("seed", "99999999999999999999", "line 6  seed  must be an integer, but was 1.0E20"),
        bad("output", "[]", "line 6  output  must be text, but was []"),
        bad("parameters", "{}", "line 6  parameters  must come with an objective"),
        bad(
            "objective",
            "a.B",
            "line 2  data  must be left out, since the objective stands in its place",
            "line 3  model  must be left out, since the objective stands in its place",
            "line 4  training  must be left out, since the objective stands in its place"),
        bad(
            "validation",
            "{folds: 1}",
            "line 6  validation.folds  must be an integer from 2 to 1000000, but was 1"),
        bad(
            "validation",
            "{fold-column: part, folds: 3, test: 0.2}",
            "line 6  validation.folds  must be left out beside fold-column",
            "line 6  validation.test  must be left out beside fold-column"),
        bad(
            "validation",
            "{time: when, group: who, stratified: true}",
            "line 6  validation.stratified  must be left out beside time",
            "line 6  validation.group  must be left out beside time"),
        bad(
            "validation",
            "{holdout: 0.2, folds: 5, gap: 1, max-train-size: 9}",
            "line 6  validation.folds  must be left out beside holdout",
            "line 6  validation.gap  must come with time or time-series: true",
            "line 6  validation.max-train-size  must come with time or time-series: true"),
        bad(
            "validation",
            "{holdout: 0.2, group: who, stratified: true}",
            "line 6  validation.stratified  must be false for groups that are held out, but was"
                + " true"),
        bad(
            "validation",
            "{holdout: 1}",
            "line 6  validation.holdout  must be a number > 0.0 and < 1.0, but was 1"),
        bad(
            "validation",
            "{metrics: [mae, top-0-accuracy, top-12-accuracy, latency]}",
            "line 6  validation.metrics[0]  must be a metric of the task, one of "
                + CLASS_METRICS
                + ", but was mae",
            "line 6  validation.metrics[1]  must be one of "
                + CLASS_METRICS
                + ", but was top-0-accuracy: did you mean top-5-accuracy?",
            "line 6  validation.metrics[3]  must be one of " + CLASS_METRICS + ", but was latency"),
        bad(
            "validation",
            "{folds: {int: [2, 5]}}",
            "line 6  validation.folds  must be a value, but was {int: [2, 5]}: only model, training"
                + " and parameters are searched"),
        bad(
            "search",
            "{trials: 0}",
            "line 6  search.trials  must be an integer from 1 to 1000000, but was 0"),
        bad(
            "search",
            "{parallel: all}",
            "line 6  search.parallel  must be an integer from 1 to 1000000, but was all"),
        bad(
            "search",
            "{fuse: 0}",
            "line 6  search.fuse  must be an integer from 1 to 1000000, but was 0"),
        bad(
            "search",
            "{suggester: rndom}",
            "line 6  search.suggester  must be one of auto, cmaes, evolution, gp, gradient, grid,"
                + " pbt, quasirandom, random, tpe, but was rndom: did you mean"
                + " random?"),
        bad(
            "checkpoint",
            "{every-epochs: 0, every-minutes: -1, keep: none, every: 3}",
            "line 6  checkpoint.every  is not a key of checkpoint: known: every-epochs,"
                + " every-minutes, keep",
            "line 6  checkpoint.every-epochs  must be an integer from 1 to 1000000, but was 0",
            "line 6  checkpoint.every-minutes  must be a number ≥ 0.0, but was -1",
            "line 6  checkpoint.keep  must be an integer from 1 to 1000000, but was none"),
        bad(
            "goal",
            "[{maximize: accuracy}, {minimize: training-time}]\nsearch: {suggester: cmaes}",
            "line 6  search.suggester  must take 2 goals, as auto, evolution, gp, grid, quasirandom,"
                + " random, tpe do, but was cmaes"),
        bad(
            "search",
            "{suggester: {type: grid, points: 0}}",
            "line 6  search.suggester.points  must be an integer from 1 to 1000000, but was 0"),
        bad(
            "search",
            "{stop: [{type: target}, {type: plateau, patience: 0}, tarjet]}",
            "line 6  search.stop[0].value  must be given",
            "line 6  search.stop[1].patience  must be an integer from 1 to 2147483647, but was 0",
            "line 6  search.stop[2]  must be one of cost, duration, plateau, target, trials, but"
                + " was tarjet: did you mean target?"),
        bad(
            "search",
            "{start: {}}",
            "line 6  search.start  must be a list of maps from parameters to values, but was {}"),
        bad(
            "search",
            "{start: [3, {a: [1]}], forbidden: [{}]}",
            "line 6  search.forbidden  must not have an empty combination",
            "line 6  search.start[0]  must be a map from parameters to values, but was 3",
            "line 6  search.start[1].a  must be a value, but was [1]"),
        bad(
            "pruning",
            "{pruner: medien}",
            "line 6  pruning.pruner  must be one of halving, hyperband, layered, median,"
                + " percentile, plateau, racing, but was medien: did you mean median?"),
        bad(
            "failures",
            "{trial-timeout: 0, executor-lost: -1, preemptd: 2}",
            "line 6  failures.executor-lost  must be an integer from 0 to 1000000, but was -1",
            "line 6  failures.preemptd  is not a key of failures: did you mean preempted? (known:"
                + " trial-timeout, run-timeout, user-error, engine-error, diverged, out-of-memory,"
                + " timed-out, executor-lost, preempted, driver-error)",
            "line 6  failures.trial-timeout  must be a number > 0.0, but was 0"),
        bad(
            "goal",
            "{maximise: accuracy}",
            "line 5  goal.maximise  is not a key of goal: did you mean maximize? (known: maximize,"
                + " minimize, aggregate)"),
        bad(
            "goal",
            "{}",
            "line 5  goal  must have either maximize or minimize, but was {}: several"
                + " goals are a list of maps"),
        bad("goal", "[]", "line 5  goal  must have at least one goal"),
        bad(
            "goal",
            "{maximize: accuracy, aggregate: worse}",
            "line 5  goal.aggregate  must be one of mean, median, worst, confidence-bound, but was"
                + " worse: did you mean worst?"),
        bad("goal", "accuracy", "line 5  goal  must be a map, but was accuracy"),
        bad(
            "goal",
            "{maximize: acuracy}",
            "line 5  goal.maximize  must be one of "
                + CLASS_METRICS
                + ", but was"
                + " acuracy: did you mean accuracy?"),
        bad(
            "goal",
            "{minimize: mse}",
            "line 5  goal.minimize  must be a metric of the task, one of "
                + CLASS_METRICS
                + ","
                + " but was mse"),
        bad(
            "goal",
            "{maximize: log-loss}",
            "line 5  goal.maximize  must be a metric of which more is better, but was log-loss:"
                + " write minimize: log-loss"),
        bad(
            "goal",
            "[{maximize: accuracy}, {maximize: accuracy}]",
            "line 5  goal[1].maximize  must differ from the other goals' metrics, but was"
                + " accuracy"),
        bad(
            "constraints",
            "{metric: accuracy}",
            "line 6  constraints  must be a list of maps, but was {metric: accuracy}"),
        bad(
            "constraints",
            "[{metric: accuracy, at-least: 0, aggregate: worst}]",
            "line 6  constraints[0].aggregate  must be mean, as what is looked at of accuracy"
                + " elsewhere, but was worst"),
        bad("constraints", "[{at-most: 3}]", "line 6  constraints[0].metric  must be given"),
        bad(
            "constraints",
            "[{metric: accuracy, at-least: high}]",
            "line 6  constraints[0].at-least  must be a number, but was high"),
        bad(
            "constraints",
            "[{metric: accuracy, at-least: 0, at-most: 1}]",
            "line 6  constraints[0]  must have either at-most or at-least, but was {metric:"
                + " accuracy, at-least: 0, at-most: 1}"));
  }

  static Stream<Arguments> data() {
    return Stream.of(
        bad(
            "data",
            "",
            "line 2  data.source  must be given",
            "line 2  data.task  must be given",
            "line 2  data.target  must be given"),
        bad("data", "iris.csv", "line 2  data  must be a map, but was iris.csv"),
        bad(
            "data",
            "{source: iris, target: a, task: classification}",
            "line 2  data.format  must be given, since the source's extension does not tell it"),
        bad(
            "data",
            "{source: iris.svm, target: a, task: classification, ignore: [b]}",
            "line 2  data.target  must be left out for libsvm, which has no column names",
            "line 2  data.ignore  must be left out for libsvm, which has no column names"),
        bad(
            "data",
            "{source: i.parquet, target: a, task: classification, header: true}",
            "line 2  data.header  must be left out, except for csv"),
        bad(
            "data",
            "{source: i.csv, target: a, task: classification, delimiter: ;;}",
            "line 2  data.delimiter  must be one character, or tab or space, but was ;;"),
        bad(
            "data",
            "{source: i.csv, target: a, task: clasification, format: csvv}",
            "line 2  data.format  must be one of csv, parquet, libsvm, but was csvv: did you mean"
                + " csv?",
            "line 2  data.task  must be one of classification, regression, but was clasification:"
                + " did you mean classification?"),
        bad(
            "data",
            "{source: i.csv, target: a, task: regression, positive: 1}",
            "line 2  data.positive  must be left out for regression, which has no classes",
            "line 5  goal.maximize  must be a metric of the task, one of mse, rmse, mae, mape, r2,"
                + " training-time, inference-latency, parameter-count, but was accuracy"),
        bad(
            "data",
            "{source: i.csv, target: a, task: regression, missing: drop}",
            "line 2  data.missing  must be one of impute, refuse, but was drop",
            "line 5  goal.maximize  must be a metric of the task, one of mse, rmse, mae, mape, r2,"
                + " training-time, inference-latency, parameter-count, but was accuracy"),
        bad(
            "training",
            "{schedule: {type: cosin}}",
            "line 4  training.schedule.type  must be one of fixed, exponential, step, polynomial,"
                + " inverse, cosine, one-cycle, plateau, but was cosin: did you mean cosine?"),
        bad(
            "training",
            "{clip: {type: norm, at: 0}}",
            "line 4  training.clip.at  must be a number > 0.0, but was 0"),
        bad(
            "training",
            "{early-stopping: {patience: 3}}",
            "line 4  training.early-stopping.type  must be given, as one of none, holdout,"
                + " validation"),
        bad(
            "training",
            "{early-stopping: {type: holdout, part: 1}}",
            "line 4  training.early-stopping.part  must be a number > 0.0 and < 1.0, but was 1"),
        bad(
            "training",
            "{replicas: 0}",
            "line 4  training.replicas  must be an integer from 1 to 1024, but was 0"),
        bad(
            "training",
            "{loss: mse}",
            "line 4  training.loss  must be a loss for classification, such as cross-entropy,"
                + " hinge, but was mse"),
        bad(
            "training",
            "{loss: {choice: [cross-entropy, {type: mse}]}}",
            "line 4  training.loss.choice[1].type  must be a loss for classification, such as"
                + " cross-entropy, hinge, but was mse"));
  }

  static Stream<Arguments> domains() {
    return Stream.of(
        number("{float: [1, 0]}", ".float  must be [low, high] with low ≤ high, but was [1, 0]"),
        number("{float: []}", ".float  must be [low, high], but was []"),
        number("{float: 3}", ".float  must be [low, high], but was 3"),
        number("{float: [0, x]}", ".float[1]  must be a finite number, but was x"),
        number("{float: [0, .inf]}", ".float[1]  must be a finite number, but was Infinity"),
        number(
            "{float: [0, 1], log: true}", ".float[0]  must be positive on a log scale, but was 0"),
        number("{float: [-1, 1]}", ".float[0]  must be a number ≥ 0.0, but was -1"),
        number("{float: [0, 1], log: yes}", ".log  must be true or false, but was yes"),
        number("{float: [0, 1], step: 0}", ".step  must be positive, but was 0"),
        number(
            "{float: [1, 2], step: 1, log: true}",
            ".step  must be left out on a log scale, but was 1"),
        number("{float: [0, 1], default: 2}", ".default  must be float from 0.0 to 1.0, but was 2"),
        number("{float: [0, 1], default: x}", ".default  must be a finite number, but was x"),
        number(
            "{float: [0, 1], stepp: 1}",
            ".stepp  is not a key of a float domain: did you mean step?"
                + " (known: float, log, step, default)"),
        number("{float: [0, 1], int: [0, 1]}", "  must be one domain, but has float and int"),
        number(
            "{flaot: [0, 1]}",
            "  must be a number ≥ 0.0, but was {flaot: [0, 1]}: did you mean float?"),
        number(
            "{int: [0, 9007199254740992]}",
            "  cannot be searched: Bounds of training.l2 must be within ±2^44, but were 0 and"
                + " 9007199254740992"),
        number("{choice: []}", ".choice  must be a list of at least one option, but was []"),
        number("{choice: 3}", ".choice  must be a list of at least one option, but was 3"),
        number("{choice: [0, 1, 0.0]}", ".choice[2]  must differ from choice[0], but was 0.0"),
        number("{choice: [0, x]}", ".choice[1]  must be a number ≥ 0.0, but was x"),
        number("{choice: [0, .nan]}", ".choice[1]  must be a number ≥ 0.0, but was NaN"),
        number("{choice: [0, 1], default: 2}", ".default  must be one of [0.0, 1.0], but was 2"),
        number(
            "{choice: [0, {float: [1, -1]}]}",
            ".choice[1].float  must be [low, high] with low ≤ high, but was [1, -1]"),
        number("{repeat: 2, of: 1}", "  must be a number ≥ 0.0, but was {repeat: 2, of: 1}"),
        bad(
            "training",
            "{epochs: {float: [1, 3]}}",
            "line 4  training.epochs  must be an integer from 1 to 2147483647, but was {float: [1,"
                + " 3]}: search with int"),
        bad(
            "training",
            "{epochs: {int: [1, 2.5]}}",
            "line 4  training.epochs.int[1]  must be an integer, but was 2.5"),
        bad(
            "training",
            "{updater: {choice: [sgd, {type: sgd}]}}",
            "line 4  training.updater.choice[1]  must differ from choice[0], but was {type: sgd}"),
        bad(
            "model",
            "{template: mlp, hidden: {int: [1, 3]}}",
            "line 3  model.hidden.int[0]  must be a list of integer from 1 to 1048576, but was 1",
            "line 3  model.hidden.int[1]  must be a list of integer from 1 to 1048576, but was 3"),
        hidden("{repeat: 101, of: 1}", ".repeat  must be an integer from 0 to 100, but was 101"),
        hidden("{repeat: {int: [1, 3]}}", ".of  must be given"),
        hidden(
            "{repeat: {int: [1, 3]}, of: {int: [0, 3]}}",
            ".of.int[0]  must be an integer from 1 to 1048576, but was 0"),
        hidden(
            "{repeat: {choice: [1, {int: [2, 3]}]}, of: 1}",
            ".repeat  must be an integer, or an int or a choice of integers, but was {choice: [1,"
                + " {int: [2, 3]}]}"),
        hidden(
            "{repeat: 2, off: 1}",
            ".of  must be given",
            ".off  is not a key of a repeat domain: did you mean of? (known: repeat, of)"));
  }

  private static Arguments number(String domain, String problem) {
    return bad("training", "{l2: " + domain + "}", "line 4  training.l2" + problem);
  }

  private static Arguments hidden(String domain, String... problems) {
    return Arguments.of(
        "model",
        "{template: mlp, hidden: " + domain + "}",
        Stream.of(problems).map("line 3  model.hidden"::concat).toList());
  }

  @ParameterizedTest
  @MethodSource({"keys", "job", "data", "domains"})
  void problem(String key, String value, List<String> problems) {
    Map<String, String> lines = new LinkedHashMap<>(LINES);
    lines.put(key, value);
    StringBuilder yaml = new StringBuilder();
    lines.forEach((each, text) -> yaml.append(each).append(": ").append(text).append('\n'));
    assertThat(Jobs.problems(yaml.toString())).containsExactlyInAnyOrderElementsOf(problems);
  }

  @Test
  void startPointsAndForbiddenCombinationsMustBeInTheSpace() {
    String job =
        """
        study: iris
        data: {source: iris.csv, target: species, task: classification}
        model: {template: mlp, hidden: [8], activation: {choice: [relu, tanh]}}
        training:
          batch-size: {choice: [16, 32]}
          updater:
            choice:
              - {type: adam, learning-rate: {float: [1.0e-4, 1.0e-1], log: true}}
              - {type: sgd, momentum: {float: [0.0, 0.9]}}
        goal: {maximize: accuracy}
        search:
          forbidden:
            - {model.activation: tanh, training.batch-size: 16}
          start:
        """;
    assertThat(Jobs.problems(job + "    - {model.activaton: tanh, training.batch-size: 17}"))
        .containsExactly(
            "line 15  search.start[0]  must be a parameter of the job, but was model.activaton: did"
                + " you mean model.activation? (known: model.activation, training.batch-size,"
                + " training.updater, training.updater.adam.learning-rate,"
                + " training.updater.sgd.momentum)",
            "line 15  search.start[0].training.batch-size  must be one of, in order, [16,"
                + " 32], but was 17");
    assertThat(
            Jobs.problems(
                job
                    + "    - {}\n    - {training.updater: sgd,"
                    + " training.updater.adam.learning-rate: 0.01}\n"
                    + "    - {model.activation: tanh, training.batch-size: 16}"))
        .containsExactly(
            "line 16  search.start[1]  cannot be tried: Parameter"
                + " training.updater.adam.learning-rate must be left out unless training.updater in"
                + " [adam], but was 0.01",
            "line 17  search.start[2]  cannot be tried: Assignment must not have"
                + " {model.activation=tanh, training.batch-size=16} together");
  }
}
