package org.fettle.driver.job;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.fettle.executor.data.Splitter;
import org.fettle.optimizers.engine.Exchange;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.Forbidden;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Constraint;
import org.fettle.search.study.Direction;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.StudySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each record as the shortest job and as a job without any default makes it. */
class JobDefaultsTest {

  private static final String FULLEST =
      """
      study: Full_1.2-x
      seed: -7
      data:
        source: hdfs:///letters
        format: csv
        target: lettr
        task: regression
        shape: [2, 3]
        categorical: [a, b]
        ignore: [id]
        missing: refuse
        header: false
        delimiter: tab
        quote: "'"
      model: {template: mlp, hidden: [8, 4]}
      training:
        epochs: 3
        batch-size: 7
        updater: {type: sgd, momentum: 0.5}
        schedule: {type: step, every: 4}
        warm-up: 2.5
        clip: {type: norm, at: 3}
        l1: 0.5
        l2: {float: [0, 1]}
        weight-decay: 0.25
        max-norm: 4
        noise: 0.125
        loss: mse
        early-stopping: {type: holdout, part: 0.2, metric: mse, patience: 3, min-delta: 0.5}
        replicas: 2
        averaging-frequency: 8
      engine: {type: torch, threads: 2}
      placement: {type: cluster, workers: 3, exchange: gradients, every: 4}
      validation:
        folds: 3
        stratified: false
        group: patient
        repeats: 4
        test: 0.25
        metrics: [training-time]
      goal: [{minimize: mse, aggregate: worst}, {maximize: r2}]
      constraints: [{metric: mae, at-most: 3, aggregate: median}, {metric: r2, at-least: 0.5}]
      search:
        suggester: {type: grid, points: 5}
        trials: 9
        parallel: 4
        fuse: 8
        start: [{}]
        forbidden: [{training.l2: 0.25}]
        warm-start: ["hdfs:///studies/earlier"]
        stop: [{type: target, value: 0}, plateau]
      pruning: {pruner: racing}
      tensorboard: false
      mlflow: {tracking-uri: "https://mlflow.acme.com:5000", experiment: tuning}
      listeners: [com.acme.Notify]
      checkpoint: {every-epochs: 7, every-minutes: 0.5, keep: 3}
      failures:
        trial-timeout: 90
        run-timeout: 0.5
        user-error: 1
        engine-error: 2
        diverged: 3
        out-of-memory: 4
        timed-out: 5
        executor-lost: 6
        preempted: 7
        driver-error: 8
      output: hdfs:///studies
      """;

  private static ValidationSpec folds(Splitter splitter) {
    return new ValidationSpec(splitter, Optional.empty(), 1, OptionalDouble.empty(), List.of());
  }

  private static Map<FailureCode, Integer> retries(int... counts) {
    List<FailureCode> codes =
        List.of(
            FailureCode.USER_ERROR,
            FailureCode.ENGINE_ERROR,
            FailureCode.DIVERGED,
            FailureCode.OUT_OF_MEMORY,
            FailureCode.TIMED_OUT,
            FailureCode.EXECUTOR_LOST,
            FailureCode.PREEMPTED,
            FailureCode.DRIVER_ERROR);
    Map<FailureCode, Integer> retries = new EnumMap<>(FailureCode.class);
    codes.forEach(code -> retries.put(code, counts[codes.indexOf(code)]));
    return retries;
  }

  private static Evaluation.Network network(JobSpec job) {
    return (Evaluation.Network) job.evaluation();
  }

  @Test
  void aShortJobHasTheDefaults() {
    JobSpec job = Jobs.job(Jobs.SHORTEST);
    assertThat(job.study()).isEqualTo("iris");
    assertThat(job.seed()).isEqualTo(42);
    assertThat(job.goals()).containsExactly(Goal.maximize("accuracy"));
    assertThat(job.constraints()).isEmpty();
    assertThat(job.watching())
        .isEqualTo(new Watching(Watching.TensorBoard.WRITTEN, Optional.empty(), List.of()));
    assertThat(job.output()).isEqualTo("studies");
    assertThat(job.search())
        .isEqualTo(
            new SearchSpec(
                new Component("auto", Map.of()),
                OptionalInt.of(20),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of()));
    assertThat(job.pruner()).isEmpty();
    assertThat(job.checkpoint()).isEqualTo(new CheckpointSpec(OptionalInt.empty(), 5, 2));
    assertThat(job.failures())
        .isEqualTo(
            new FailureSpec(retries(0, 0, 0, 0, 0, 3, 10, 1), Optional.empty(), Optional.empty()));
    assertThat(job.space().parameters()).isEmpty();
  }

  @Test
  void aShortNetworkHasTheDefaults() {
    Evaluation.Network network = network(Jobs.job(Jobs.SHORTEST));
    assertThat(network.data())
        .isEqualTo(
            new DataSpec(
                "file:/jobs/iris.csv",
                DataSpec.Format.CSV,
                Optional.of("species"),
                DataSpec.LearningTask.CLASSIFICATION,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                DataSpec.Missing.IMPUTE,
                Optional.of(new DataSpec.Csv(true, ',', '"'))));
    assertThat(network.engine()).isEqualTo(new Component("auto", Map.of()));
    assertThat(network.cluster()).isEmpty();
    assertThat(network.validation()).isEqualTo(folds(new Splitter.KFold(5, true)));
    assertThat(network.model().canonical()).isEqualTo(Map.of("template", "linear"));
    assertThat(network.training().canonical())
        .isEqualTo(
            Map.ofEntries(
                entry("epochs", 20L),
                entry("batch-size", 32L),
                entry(
                    "updater",
                    Map.of(
                        "type", "adam",
                        "learning-rate", 0.001,
                        "beta1", 0.9,
                        "beta2", 0.999,
                        "epsilon", 1e-8)),
                entry("schedule", Map.of("type", "fixed")),
                entry("warm-up", 0.0),
                entry("clip", Map.of("type", "none")),
                entry("l1", 0.0),
                entry("l2", 0.0),
                entry("weight-decay", 0.0),
                entry("max-norm", 0.0),
                entry("noise", 0.0),
                entry("early-stopping", Map.of("type", "none")),
                entry("replicas", 1L)));
  }

  @Test
  void aFullJobHasWhatIsWritten() {
    JobSpec job = Jobs.job(FULLEST);
    assertThat(job.study()).isEqualTo("Full_1.2-x");
    assertThat(job.seed()).isEqualTo(-7);
    assertThat(job.goals())
        .containsExactly(
            new Goal("mse", Direction.MINIMIZE, Aggregation.WORST), Goal.maximize("r2"));
    assertThat(job.constraints())
        .containsExactly(
            new Constraint("mae", Direction.MINIMIZE, 3, Aggregation.MEDIAN),
            Constraint.atLeast("r2", 0.5));
    assertThat(job.watching())
        .isEqualTo(
            new Watching(
                Watching.TensorBoard.LEFT_OUT,
                Optional.of(new Watching.Mlflow("https://mlflow.acme.com:5000", "tuning")),
                List.of("com.acme.Notify")));
    assertThat(job.output()).isEqualTo("hdfs:///studies");
    assertThat(job.search())
        .isEqualTo(
            new SearchSpec(
                new Component("grid", Map.of("points", 5L)),
                OptionalInt.of(9),
                OptionalInt.of(4),
                OptionalInt.of(8),
                List.of(Assignment.of("training.l2", 0.5)),
                List.of(new Forbidden(Map.of("training.l2", 0.25))),
                List.of("hdfs:///studies/earlier"),
                List.of(
                    new Component("target", Map.of("value", 0.0)),
                    new Component("plateau", Map.of("patience", 30L, "improvement", 0.0)))));
    assertThat(job.pruner())
        .hasValue(
            new Component("racing", Map.of("rule", "forgiving", "significance", 0.1, "pairs", 2L)));
    assertThat(job.checkpoint()).isEqualTo(new CheckpointSpec(OptionalInt.of(7), 0.5, 3));
    assertThat(job.failures())
        .isEqualTo(
            new FailureSpec(
                retries(1, 2, 3, 4, 5, 6, 7, 8),
                Optional.of(Duration.ofMinutes(90)),
                Optional.of(Duration.ofSeconds(30))));
  }

  @Test
  void aFullNetworkHasWhatIsWritten() {
    Evaluation.Network network = network(Jobs.job(FULLEST));
    assertThat(network.data())
        .isEqualTo(
            new DataSpec(
                "hdfs:///letters",
                DataSpec.Format.CSV,
                Optional.of("lettr"),
                DataSpec.LearningTask.REGRESSION,
                Optional.empty(),
                List.of(2, 3),
                List.of("a", "b"),
                List.of("id"),
                DataSpec.Missing.REFUSE,
                Optional.of(new DataSpec.Csv(false, '\t', '\''))));
    assertThat(network.engine()).isEqualTo(new Component("torch", Map.of("threads", 2L)));
    assertThat(network.cluster()).contains(new ClusterPlacement(3, Exchange.GRADIENTS, 4));
    assertThat(network.validation())
        .isEqualTo(
            new ValidationSpec(
                new Splitter.GroupKFold(3, false),
                Optional.of(new ValidationSpec.Column(ValidationSpec.Role.GROUP, "patient")),
                4,
                OptionalDouble.of(0.25),
                List.of("training-time")));
    assertThat(network.training().canonical())
        .isEqualTo(
            Map.ofEntries(
                entry("epochs", 3L),
                entry("batch-size", 7L),
                entry("updater", Map.of("type", "sgd", "learning-rate", 0.01, "momentum", 0.5)),
                entry("schedule", Map.of("type", "step", "every", 4L, "factor", 0.1)),
                entry("warm-up", 2.5),
                entry("clip", Map.of("type", "norm", "at", 3.0)),
                entry("l1", 0.5),
                entry("l2", Map.of("float", List.of(0.0, 1.0))),
                entry("weight-decay", 0.25),
                entry("max-norm", 4.0),
                entry("noise", 0.125),
                entry("loss", Map.of("type", "mse")),
                entry(
                    "early-stopping",
                    Map.of(
                        "type",
                        "holdout",
                        "part",
                        0.2,
                        "metric",
                        "mse",
                        "patience",
                        3L,
                        "min-delta",
                        0.5)),
                entry("replicas", 2L),
                entry("averaging-frequency", 8L)));
  }

  /** A property that a job has by default is no proof that its text was read. */
  @Test
  void aFullJobHasNoDefault() {
    Map<String, Object> least = flat("", Jobs.job(Jobs.SHORTEST).canonical());
    Map<String, Object> most = flat("", Jobs.job(FULLEST).canonical());
    least.forEach(
        (path, value) -> {
          if (!path.equals("data.format")) {
            assertThat(most.get(path)).as(path).isNotEqualTo(value);
          }
        });
  }

  private static Map<String, Object> flat(String path, Object value) {
    Map<String, Object> flat = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, each) -> flat.putAll(flat(path.isEmpty() ? "" + key : path + "." + key, each)));
    } else {
      flat.put(path, value);
    }
    return flat;
  }

  @Test
  void formatsComeFromTheSource() {
    String job = Jobs.SHORTEST;
    assertThat(format(job, "data.source=a/b.PARQUET")).isEqualTo(DataSpec.Format.PARQUET);
    assertThat(format(job, "data.source=b.csv.gz")).isEqualTo(DataSpec.Format.CSV);
    assertThat(format(job, "data.source=s3a://b/c.parquet/")).isEqualTo(DataSpec.Format.PARQUET);
    assertThat(format(job, "data={source: x.svm, task: regression}", "goal={minimize: mae}"))
        .isEqualTo(DataSpec.Format.LIBSVM);
  }

  private static DataSpec.Format format(String yaml, String... overrides) {
    return network(Jobs.job(yaml, overrides)).data().format();
  }

  @Test
  void aGridEndsByItself() {
    assertThat(Jobs.job(Jobs.SHORTEST, "search.suggester=grid").search().trials()).isEmpty();
    assertThat(Jobs.job(Jobs.SHORTEST, "search={suggester: grid, trials: 3}").search().trials())
        .hasValue(3);
  }

  @ParameterizedTest
  @MethodSource("validations")
  void validationsAreReadAndWritten(String yaml, Splitter splitter, String column) {
    JobSpec job = Jobs.job(Jobs.SHORTEST, "validation=" + yaml);
    ValidationSpec validation = network(job).validation();
    assertThat(validation.splitter()).isEqualTo(splitter);
    assertThat(validation.column().map(each -> each.key() + " " + each.name()).orElse(""))
        .isEqualTo(column);
    assertThat(Jobs.job(Digest.json(job.canonical()))).isEqualTo(job);
  }

  static Stream<Arguments> validations() {
    OptionalInt none = OptionalInt.empty();
    return Stream.of(
        Arguments.of("{folds: 4, stratified: false}", new Splitter.KFold(4, false), ""),
        Arguments.of("{group: who}", new Splitter.GroupKFold(5, true), "group who"),
        Arguments.of("{holdout: 0.2}", new Splitter.ShuffleSplit(0.2, true), ""),
        Arguments.of(
            "{holdout: 0.2, stratified: false, repeats: 3}",
            new Splitter.ShuffleSplit(0.2, false),
            ""),
        Arguments.of(
            "{holdout: 0.2, group: who}", new Splitter.GroupShuffleSplit(0.2), "group who"),
        Arguments.of("{fold-column: part}", new Splitter.PredefinedSplit(), "fold-column part"),
        Arguments.of("{time: when}", new Splitter.TimeSeriesSplit(5, none, none, 0), "time when"),
        Arguments.of(
            "{time-series: true, folds: 3, test-size: 7, max-train-size: 30, gap: 2}",
            new Splitter.TimeSeriesSplit(3, OptionalInt.of(7), OptionalInt.of(30), 2),
            ""),
        Arguments.of(
            "{time: when, holdout: 0.1, max-train-size: 30, gap: 2}",
            new Splitter.TimeHoldOut(0.1, OptionalInt.of(30), 2),
            "time when"));
  }

  @Test
  void aConstraintLooksAtItsMetricAsTheGoalDoes() {
    JobSpec job =
        Jobs.job(
            Jobs.SHORTEST,
            "goal={maximize: accuracy, aggregate: worst}",
            "constraints=[{metric: accuracy, at-least: 0.5}, {metric: f1, at-least: 0.5}]");
    assertThat(job.constraints())
        .containsExactly(
            new Constraint("accuracy", Direction.MAXIMIZE, 0.5, Aggregation.WORST),
            Constraint.atLeast("f1", 0.5));
    assertThat(Jobs.job(Digest.json(job.canonical()))).isEqualTo(job);
  }

  @Test
  void aRegressionIsNotStratified() {
    JobSpec job = Jobs.job(Jobs.SHORTEST, "data.task=regression", "goal={minimize: mse}");
    assertThat(network(job).validation()).isEqualTo(folds(new Splitter.KFold(5, false)));
  }

  @Test
  void anObjectiveOfTheUsersHasAnyParametersAndMetrics() {
    JobSpec job =
        Jobs.job(
            """
            study: custom
            objective: com.acme.Rastrigin
            parameters:
              rounds: 3
              label: a
              points: [{x: {float: [-5, 5]}}, {x: 2.5}]
            goal: {minimize: height}
            constraints: [{metric: steepness, at-most: 1}]
            """);
    assertThat(((Evaluation.Custom) job.evaluation()).objective()).isEqualTo("com.acme.Rastrigin");
    assertThat(job.resolve(Assignment.of("parameters.points[0].x", 0.5)))
        .isEqualTo(
            Map.of(
                "parameters",
                Map.of(
                    "rounds",
                    3L,
                    "label",
                    "a",
                    "points",
                    List.of(Map.of("x", 0.5), Map.of("x", 2.5)))));
    assertThat(Jobs.job(Digest.json(job.canonical()))).isEqualTo(job);
  }

  @Test
  void aJobIsAStudy() {
    JobSpec job = Jobs.job(FULLEST);
    assertThat(job.studySpec(3))
        .isEqualTo(
            new StudySpec(
                job.space(),
                job.goals(),
                job.constraints(),
                -7,
                OptionalInt.of(9),
                3,
                List.of(Assignment.of("training.l2", 0.5))));
  }

  @Test
  void canonicalFormGivesTheSameJob() {
    for (String yaml : List.of(Jobs.SHORTEST, Jobs.LETTERS, FULLEST)) {
      JobSpec job = Jobs.job(yaml);
      assertThat(Jobs.job(Digest.json(job.canonical()))).isEqualTo(job);
      ParsedJob again =
          new JobParser(Jobs.catalog())
              .parse(job.canonical(), "study.json", Jobs.FOLDER, List.of());
      assertThat(again.job()).contains(job);
    }
  }

  @Test
  void digestLeavesOutWhatMayChange() {
    String digest = Jobs.job(FULLEST).digest();
    assertThat(
            Jobs.job(
                    FULLEST,
                    "output=x",
                    "listeners=[]",
                    "mlflow={}",
                    "search.trials=3",
                    "search.parallel=auto",
                    "search.fuse=auto")
                .digest())
        .isEqualTo(digest);
    assertThat(Jobs.job(FULLEST, "search.suggester.points=4").digest()).isNotEqualTo(digest);
    assertThat(Jobs.job(FULLEST, "training.epochs=4").digest()).isNotEqualTo(digest);
  }

  /** Resuming compares digests, so that they must stay what they were. */
  @Test
  void digestIsPinned() {
    assertThat(Digest.json(Map.of("a", List.of(1L, 1e-4, true, "\"\n\\é"))))
        .isEqualTo("{\"a\":[1,1.0E-4,true,\"\\\"\\u000a\\\\é\"]}");
    assertThat(Digest.of(Map.of()))
        .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  }
}
