package org.fettle.driver.report.mlflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fettle.driver.job.Watching;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.study.StudyFollower;
import org.fettle.driver.study.StudyLog;
import org.fettle.driver.study.StudyView;
import org.fettle.driver.study.Timing;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;
import org.fettle.search.study.TrialState;
import org.jspecify.annotations.Nullable;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * A study on a tracking server: a run for the study and, nested in it, one for each trial, written
 * in a few requests when the trial ends. Parameters are the assignment, metrics the scores and the
 * curves as means over the folds. Talks to the server, so it belongs on a thread of its own, and
 * throws where the server does not answer.
 */
public final class MlflowRuns implements StudyFollower, AutoCloseable {

  /** What a server takes in one request, by its REST API. */
  private static final int METRICS = 1_000;

  private static final int PARAMETERS = 100;
  private static final int LONGEST = 500;

  private final MlflowClient client;
  private final Watching.Mlflow settings;
  private final StudyLog log;
  private @Nullable String experiment;
  private @Nullable String parent;

  /**
   * Runs of a study.
   *
   * @param log hears of events before this does
   */
  public MlflowRuns(Watching.Mlflow settings, StudyLog log) {
    this.client = new MlflowClient(credentials(settings.trackingUri(), System.getenv()));
    this.settings = settings;
    this.log = log;
  }

  /** As MLflow's own clients take them from the environment. */
  static BasicMlflowHostCreds credentials(String uri, Map<String, String> environment) {
    String token = environment.get("MLFLOW_TRACKING_TOKEN");
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    String password = environment.get("MLFLOW_TRACKING_PASSWORD");
    if (token != null) {
      return new BasicMlflowHostCreds(uri, token);
    }
    return user != null && password != null
        ? new BasicMlflowHostCreds(uri, user, password)
        : new BasicMlflowHostCreds(uri);
  }

  @Override
  public void happened(List<JournalEvent> events) {
    String study = parent == null ? begin() : parent;
    for (JournalEvent event : events) {
      if (event instanceof JournalEvent.TrialEnded ended) {
        trial(study, ended);
      } else if (event instanceof JournalEvent.StudyEnded ended) {
        end(study, ended);
      }
    }
  }

  private String begin() {
    StudyView view = log.view();
    String found =
        client
            .getExperimentByName(settings.experiment())
            .map(Service.Experiment::getExperimentId)
            .orElseGet(() -> client.createExperiment(settings.experiment()));
    experiment = found;
    String run =
        client
            .createRun(
                Service.CreateRun.newBuilder()
                    .setExperimentId(found)
                    .setRunName(view.job().study())
                    .setStartTime(view.begun().at().toEpochMilli())
                    .addTags(tag("mlflow.source.name", "fettle"))
                    .addTags(tag("fettle.jobDigest", view.job().digest()))
                    .build())
            .getRunId();
    parent = run;
    return run;
  }

  private void trial(String study, JournalEvent.TrialEnded ended) {
    StudyView view = log.view();
    Trial trial = view.replay().history().trial(ended.trial());
    Timing timing = view.replay().timings().get(ended.trial());
    Service.CreateRun.Builder request =
        Service.CreateRun.newBuilder()
            .setExperimentId(String.valueOf(experiment))
            .setRunName("trial " + trial.number())
            .setStartTime(timing.started().toEpochMilli())
            .addTags(tag("mlflow.parentRunId", study))
            .addTags(tag("fettle.trial", Integer.toString(trial.number())))
            .addTags(tag("fettle.origin", trial.origin()))
            .addTags(tag("fettle.outcome", trial.state().name()));
    trial
        .outcome()
        .flatMap(Outcome::explanation)
        .ifPresent(reason -> request.addTags(tag("fettle.reason", reason)));
    String run = client.createRun(request.build()).getRunId();
    List<Service.Param> parameters = new ArrayList<>();
    trial
        .assignment()
        .values()
        .forEach(
            (name, value) ->
                parameters.add(
                    Service.Param.newBuilder()
                        .setKey(key(name))
                        .setValue(shortened(value.toString()))
                        .build()));
    List<Service.Metric> metrics = metrics(trial, ended.at());
    for (int at = 0; at == 0 || at < parameters.size(); at += PARAMETERS) {
      client.logBatch(
          run,
          at == 0 ? part(metrics, 0, METRICS - PARAMETERS) : List.of(),
          part(parameters, at, PARAMETERS),
          List.of());
    }
    for (int at = METRICS - PARAMETERS; at < metrics.size(); at += METRICS) {
      client.logBatch(run, part(metrics, at, METRICS), List.of(), List.of());
    }
    client.setTerminated(run, status(trial.state()), ended.at().toEpochMilli());
  }

  private static <T> List<T> part(List<T> list, int from, int size) {
    return list.subList(Math.min(from, list.size()), Math.min(from + size, list.size()));
  }

  private static List<Service.Metric> metrics(Trial trial, Instant at) {
    List<Service.Metric> metrics = new ArrayList<>();
    Measurement measured = Measurement.none();
    if (trial.outcome().orElse(null) instanceof Outcome.Completed completed) {
      measured = completed.measurement();
    } else if (trial.outcome().orElse(null) instanceof Outcome.Pruned pruned) {
      measured = pruned.measurement();
    }
    Map<String, Map<Integer, double[]>> curves = new TreeMap<>();
    for (Report report : trial.reports()) {
      report
          .measurement()
          .values()
          .forEach(
              (metric, value) -> {
                double[] sum =
                    curves
                        .computeIfAbsent(metric, each -> new TreeMap<>())
                        .computeIfAbsent(report.step(), each -> new double[2]);
                sum[0] += value;
                sum[1]++;
              });
    }
    curves.forEach(
        (metric, steps) ->
            steps.forEach(
                (step, sum) -> metrics.add(metric("curve/" + metric, sum[0] / sum[1], at, step))));
    measured.values().forEach((metric, value) -> metrics.add(metric(metric, value, at, 0)));
    return metrics;
  }

  private static Service.Metric metric(String name, double value, Instant at, int step) {
    return Service.Metric.newBuilder()
        .setKey(key(name))
        .setValue(value)
        .setTimestamp(at.toEpochMilli())
        .setStep(step)
        .build();
  }

  private static Service.RunTag tag(String key, String value) {
    return Service.RunTag.newBuilder().setKey(key).setValue(shortened(value)).build();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  /** Names that a server takes: letters, digits, _ - . / and spaces. */
  private static String key(String name) {
    return name.replaceAll("\\[(\\d+)\\]", ".$1").replaceAll("[^A-Za-z0-9_./ -]", "_");
  }

  private static Service.RunStatus status(TrialState state) {
    return switch (state) {
      case COMPLETED, PRUNED -> Service.RunStatus.FINISHED;
      case FAILED, INFEASIBLE -> Service.RunStatus.FAILED;
      case RUNNING -> Service.RunStatus.KILLED;
    };
  }

  private void end(String study, JournalEvent.StudyEnded ended) {
    log.view()
        .replay()
        .history()
        .incumbent()
        .flatMap(Trial::completed)
        .ifPresent(
            best ->
                client.logBatch(
                    study,
                    best.values().entrySet().stream()
                        .map(each -> metric(each.getKey(), each.getValue(), ended.at(), 0))
                        .toList(),
                    List.of(),
                    List.of()));
    client.setTerminated(
        study,
        switch (ended.status()) {
          case DONE -> Service.RunStatus.FINISHED;
          case FAILED -> Service.RunStatus.FAILED;
          case INTERRUPTED, OPEN -> Service.RunStatus.KILLED;
        },
        ended.at().toEpochMilli());
  }

  @Override
  public void close() {
    client.close();
  }
}
